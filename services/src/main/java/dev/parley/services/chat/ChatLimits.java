package dev.parley.services.chat;

import java.time.Duration;

/** Numbers of chat. Where ACS has a limit, ours is larger, but for what the SDKs page by. */
public final class ChatLimits {
  /** Issue A2; ACS has 250. */
  public static final int MEMBERS_MAX = 10_000;

  /** Issue A2; ACS has 28 KB. In bytes of UTF-8. */
  public static final int MESSAGE_BYTES_MAX = 280 * 1024;

  /** Ours; ACS has 250. */
  public static final int TOPIC_CHARACTERS_MAX = 2_500;

  /** Ours; ACS has 256. */
  public static final int DISPLAY_NAME_CHARACTERS_MAX = 2_560;

  /** All keys and values together, in characters; ours. */
  public static final int METADATA_CHARACTERS_MAX = 40_960;

  /** Page of messages when none is asked for [guess, compat §3.1]. */
  public static final int MESSAGES_PAGE_DEFAULT = 100;

  /** Largest page of messages [guess, compat §3.1]. */
  public static final int MESSAGES_PAGE_MAX = 200;

  /** Page of participants, threads and receipts when none is asked for; ours. */
  public static final int PAGE_DEFAULT = 100;

  /** Largest such page; ours. */
  public static final int PAGE_MAX = 1_000;

  /** Public documentation: 30 to 90; ours is wider. */
  public static final int RETENTION_DAYS_MIN = 1;

  public static final int RETENTION_DAYS_MAX = 3_650;

  /** How often threads that came of age are looked for. */
  public static final Duration RETENTION_SWEEP = Duration.ofMinutes(1);

  /** Threads deleted in one transaction of a sweep. */
  public static final int RETENTION_BATCH = 20;

  private ChatLimits() {}
}
