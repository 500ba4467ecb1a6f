package dev.parley.media.transport;

/** What went through one link. Owned by its loop. */
public final class LinkCounters {
  /** Authentic packets received. */
  public long packetsIn;

  /** Bytes of them, with their tags. */
  public long bytesIn;

  /** Packets sent. */
  public long packetsOut;

  /** Bytes of them, with their tags. */
  public long bytesOut;

  /** Packets that were forged, replayed or malformed. */
  public long refused;
}
