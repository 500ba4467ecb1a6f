package dev.parley.services.relay;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Use cases of the relay: give out credentials. */
public final class RelayService {
  private final Optional<RelaySettings> settings;
  private final Directory directory;
  private final Clock clock;

  /**
   * @param settings the servers, or nothing when the installation has none
   */
  public RelayService(Optional<RelaySettings> settings, Directory directory, Clock clock) {
    this.settings = settings;
    this.directory = directory;
    this.clock = clock;
  }

  /** Whom a resource knows; identity is behind it. */
  @FunctionalInterface
  public interface Directory {
    /** Those of {@code rawIds} that are users of the resource. */
    Set<String> known(ResourceId resource, Collection<String> rawIds);
  }

  /** Whether there is a relay to give out credentials for. */
  public boolean isConfigured() {
    return settings.isPresent();
  }

  /**
   * Gives out a credential for the relay. The TURN server knows nothing of users: it is believed
   * until it ends, also when the user's tokens were revoked meanwhile, so a caller who fears that
   * asks for a short life.
   *
   * @param userId raw id of the user who will bear it, or null for whomever it is handed to; it is
   *     part of the name, so that the TURN server can count and bound by user
   * @param life from {@link RelayLimits#LIFE_MIN} on; more than {@link RelayLimits#LIFE_MAX} is
   *     shortened to it
   */
  public RelayConfiguration issue(ResourceId resource, @Nullable String userId, Duration life) {
    RelaySettings relay = settings.orElseThrow(() -> new Refused(new RelayRefusal.NotConfigured()));
    if (life.compareTo(RelayLimits.LIFE_MIN) < 0) {
      throw new Refused(new RelayRefusal.LifeTooShort());
    }
    if (userId != null && !directory.known(resource, List.of(userId)).contains(userId)) {
      throw new Refused(new RelayRefusal.UnknownUser());
    }
    Duration given = life.compareTo(RelayLimits.LIFE_MAX) > 0 ? RelayLimits.LIFE_MAX : life;
    Instant expiresOn = clock.now().plus(given).truncatedTo(ChronoUnit.SECONDS);
    String who = userId == null ? resource.toString() : userId;
    return new RelayConfiguration(
        expiresOn, relay.urls(), TurnCredential.of(relay.secret(), expiresOn, who));
  }
}
