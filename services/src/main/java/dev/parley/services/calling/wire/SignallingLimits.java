package dev.parley.services.calling.wire;

import java.time.Duration;

/** The numbers of signalling; those that clients see stand in the protocol document. */
public final class SignallingLimits {
  static final int VERSION = 1;

  /** From the open socket to its {@code hello}. */
  public static final Duration HELLO_TIMEOUT = Duration.ofSeconds(10);

  /** How long a session is kept without a socket. */
  public static final Duration RETURN = Duration.ofSeconds(60);

  /** How often a client says {@code ping}. */
  static final int HEARTBEAT_SECONDS = 20;

  /** A socket on which nothing was heard for so long is cut: two heartbeats and a half. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(50);

  /** How often silent sockets are looked for. */
  static final Duration SWEEP = Duration.ofSeconds(5);

  static final int SESSIONS_PER_USER_MAX = 20;
  static final int REQUESTS_PER_SECOND = 50;

  /** Requests at once: a client that comes back may send again what was not answered. */
  static final int REQUEST_BURST = 100;

  /** Refused requests, beyond which a client is sent away: it does not hear the refusals. */
  static final int REFUSALS_MAX = 200;

  /** Answers that a session remembers. */
  static final int ANSWERS_MAX = 256;

  /** Requests of a session that wait for the one before. */
  static final int WAITING_MAX = 256;

  /** Notices that wait for an answer that must come first. */
  static final int HELD_MAX = 10_000;

  /** Notices that a client without a socket gets when it is back. */
  static final int KEPT_MAX = 256;

  /** Bytes that a client has not read; then it is cut, and comes back for whole states. */
  static final long QUEUE_BYTES_MAX = 4L << 20;

  static final int TOKEN_CHARACTERS_MAX = 16 << 10;
  static final int NAME_CHARACTERS_MAX = 256;
  static final int ID_CHARACTERS_MAX = 256;
  static final int PARTICIPANTS_MAX = 100;
  static final int TRACKS_MAX = 32;
  static final int SDP_CHARACTERS_MAX = 200_000;
  static final int TEXT_CHARACTERS_MAX = 1_000;
  static final int SURVEY_CHARACTERS_MAX = 8 << 10;
  static final int HEIGHT_MAX = 8_640;
  static final int SECRET_BYTES = 32;

  /** Of what a client says why a transfer failed. */
  static final int REASON_CHARACTERS_MAX = 256;

  private SignallingLimits() {}
}
