package dev.parley.services.calling;

import java.time.Duration;

/** The numbers of calling. Where ACS has a limit, ours is at least ten times as large. */
public final class CallLimits {
  /** In a call at once, also those who ring or wait; ACS: 350 in group calls and rooms. */
  public static final int PARTICIPANTS_MAX = 3_500;

  /** Called by one request (docs/protocols/calling-signalling.md §4). */
  public static final int INVITED_MAX = 100;

  /** Calls that one client is in at once; ours. */
  public static final int CALLS_PER_CLIENT_MAX = 20;

  /** Calls that one user is in, or is called to, at once; ours. */
  public static final int CALLS_PER_USER_MAX = 100;

  /** Protocol §3; ACS has 256. */
  public static final int DISPLAY_NAME_CHARACTERS_MAX = 256;

  /** Hands raised at once: each has a number, and all numbers move up when the first is lowered. */
  public static final int HANDS_MAX = 100;

  /** In the spotlight at once; ACS has 7. */
  public static final int SPOTLIGHT_MAX = 70;

  /** Users named by one action. */
  public static final int NAMED_MAX = 1_000;

  /** Protocol §6. */
  public static final int TONES_MAX = 32;

  /** Protocol §6. */
  public static final int REAL_TIME_TEXT_CHARACTERS_MAX = 1_000;

  /** Protocol §6, in characters. */
  public static final int SURVEY_CHARACTERS_MAX = 8 * 1024;

  /** Opinions of one user about one call; a later one counts no more. */
  public static final int SURVEYS_PER_USER_MAX = 10;

  /** Characters that are kept of a leg's statistics; longer ones are not kept. */
  public static final int STATISTICS_CHARACTERS_MAX = 64 * 1024;

  /** How long it rings; ACS: 60 s. */
  public static final Duration RING = Duration.ofSeconds(60);

  /** How long a call waits for any device of a called user to appear. */
  public static final Duration REACH = Duration.ofSeconds(1);

  /** How long the place of a client without connection is kept (protocol §7). */
  public static final Duration RETURN = Duration.ofSeconds(60);

  /** How long a leg may be without media that it had, or that it offered first. */
  public static final Duration MEDIA_RETURN = Duration.ofSeconds(60);

  /** How long one who was asked to come over to a call may come; ours. */
  public static final Duration COMING = Duration.ofSeconds(60);

  /** Users that are expected to come over to one call at once; ours. */
  public static final int EXPECTED_MAX = 100;

  /** What the echo call waits before it plays back. */
  public static final Duration ECHO_DELAY = Duration.ofSeconds(2);

  /** After a call an opinion of it is taken for so long (protocol §6). */
  public static final Duration SURVEY_AFTER = Duration.ofHours(1);

  /** Ended calls, with opinions and statistics, are kept for so long. */
  public static final Duration KEPT = Duration.ofDays(30);

  /** Calls deleted in one transaction of the housekeeping. */
  public static final int DELETED_PER_TRANSACTION = 20;

  /** Calls read at once when the server starts. */
  static final int RECOVERED_PER_READ = 100;

  /** Events that wait for one call; one more is refused. */
  static final int INBOX_MAX = 8_192;

  /** Events that one transaction makes durable. */
  static final int BATCH_MAX = 128;

  /** After the store failed, what nobody waits for is tried again. */
  static final Duration RETRY = Duration.ofSeconds(1);

  /** A client that left is remembered so long, for requests of it that are still under way. */
  static final Duration GONE_REMEMBERED = Duration.ofMinutes(2);

  private CallLimits() {}
}
