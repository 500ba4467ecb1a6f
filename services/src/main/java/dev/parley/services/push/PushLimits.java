package dev.parley.services.push;

import java.time.Duration;

/** The numbers of push. */
public final class PushLimits {
  /** Frames sent to a device and not answered; it answers each at once (compat §4.5). */
  static final int WINDOW_FRAMES_MAX = 256;

  /** Bytes sent to a device and not answered; one frame may be larger. */
  static final long WINDOW_BYTES_MAX = 1 << 20;

  /** Bytes sent to all devices together and not answered; bounds the heap. */
  static final long BUDGET_BYTES = 64L << 20;

  /** A device that leaves a frame unanswered for so long is dropped; it resumes when it comes. */
  public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** How often unanswered frames, expired registrations and handshakes are looked for. */
  static final Duration SWEEP = Duration.ofSeconds(5);

  /** From the handshake to its socket. */
  static final Duration HANDSHAKE_LIFE = Duration.ofSeconds(60);

  static final int HANDSHAKES_MAX = 50_000;

  /** Devices of one user that are connected at once. */
  static final int SESSIONS_PER_USER_MAX = 100;

  /** How long a client may stay away and resume: the life that ACS gives (compat §4.2). */
  public static final Duration RESUME_LIFE = Duration.ofSeconds(586_524);

  /** How many journal entries are read at most for one that resumes; else it starts anew. */
  static final long RESUME_ENTRIES_MAX = 1_000_000;

  /** Entries that a client's remembered place may lie behind before it is told a newer one. */
  static final long CURSOR_LAG_MAX = 1_000;

  /** Messages that a device gets together, in bytes; one that is larger goes alone. */
  static final long TOGETHER_BYTES = 64 << 10;

  /** Entries that the catch-up reader takes at once. */
  static final int PAGE = 256;

  /** Clients that unregistered and are remembered for it; the oldest are forgotten first. */
  static final int FAREWELLS_MAX = 100_000;

  /** What a client asks for at most (compat §4.6), with its margin for renewing. */
  static final Duration REGISTRATION_LIFE_MAX = Duration.ofHours(3);

  private PushLimits() {}
}
