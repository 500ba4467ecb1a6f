package dev.parley.services.relay;

import java.time.Duration;

/** Numbers of the relay. */
public final class RelayLimits {
  /** The default, and what a longer wish is shortened to, as the documentation of the SDKs says. */
  public static final Duration LIFE_MAX = Duration.ofSeconds(172_800);

  /** Shortest life; ours: shorter ones would end while a client connects. */
  public static final Duration LIFE_MIN = Duration.ofSeconds(1);

  private RelayLimits() {}
}
