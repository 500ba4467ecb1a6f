package dev.parley.media.transport;

/** What one media loop saw and could not use, and how much it carries. Owned by the loop. */
public final class LoopCounters {
  /** Datagrams from an address that never passed a connectivity check. */
  public long unknownSource;

  /** Datagrams that are neither STUN, DTLS, RTP nor RTCP (RFC 7983). */
  public long unknownProtocol;

  /** STUN that is malformed, for nobody here, or not authentic. */
  public long refusedStun;

  /** SRTP and SRTCP packets with a wrong tag. */
  public long forged;

  /** SRTP and SRTCP packets seen before. */
  public long replayed;

  /** Packets too short or not of the right form. */
  public long malformed;

  /** Commands that did not fit into the mailbox. */
  public long commandsRefused;

  /** Packets for a link that is not secured yet. */
  public long early;

  /** Faults of our own that ended a link or a turn. */
  public long faults;

  /** A copy of the values now. */
  public Snapshot snapshot() {
    return new Snapshot(
        unknownSource,
        unknownProtocol,
        refusedStun,
        forged,
        replayed,
        malformed,
        commandsRefused,
        early,
        faults);
  }

  /** The counters at one moment. */
  public record Snapshot(
      long unknownSource,
      long unknownProtocol,
      long refusedStun,
      long forged,
      long replayed,
      long malformed,
      long commandsRefused,
      long early,
      long faults) {}
}
