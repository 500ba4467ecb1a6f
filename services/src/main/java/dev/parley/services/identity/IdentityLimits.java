package dev.parley.services.identity;

import java.time.Duration;

/** Numbers of users and tokens. */
public final class IdentityLimits {
  /** Shortest life of a token, in minutes (compat §3). */
  public static final int TOKEN_MINUTES_MIN = 60;

  /** Longest and usual life of a token, in minutes (compat §3). */
  public static final int TOKEN_MINUTES_MAX = 1440;

  /** Public documentation of ACS custom ids. */
  public static final int CUSTOM_ID_CHARACTERS_MAX = 256;

  /** A signing key signs for this long; then it only verifies, until no token of it can live. */
  public static final Duration SIGNING_KEY_LIFE = Duration.ofDays(30);

  /** Users whose standing is kept in memory. */
  public static final int STANDINGS_MAX = 200_000;

  private IdentityLimits() {}
}
