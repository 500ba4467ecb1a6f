package dev.parley.services.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.base.Secret;
import dev.parley.kit.test.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayServiceTest {
  private static final ResourceId RESOURCE = new ResourceId(new UUID(1, 1));
  private static final String ANN = "8:acs:" + RESOURCE + "_" + new UUID(7, 1);
  private static final List<String> URLS = List.of("turn:turn.example.com:3478");

  /** Half a second past, so that rounding shows. */
  private final FakeClock clock = new FakeClock(Instant.ofEpochMilli(1_800_000_000_500L));

  private RelayService relay(Optional<RelaySettings> settings) {
    return new RelayService(
        settings, (resource, ids) -> resource.equals(RESOURCE) ? Set.of(ANN) : Set.of(), clock);
  }

  private RelayConfiguration issue(@Nullable String user, Duration life) {
    RelaySettings settings = new RelaySettings(URLS, Secret.of("north"));
    return relay(Optional.of(settings)).issue(RESOURCE, user, life);
  }

  private static void refused(ThrowingCallable call, RelayRefusal refusal) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }

  @Test
  void credentialNamesItsEndAndItsUserAndIsSigned() {
    RelayConfiguration relay = issue(ANN, Duration.ofMinutes(1));
    assertThat(relay.expiresOn()).isEqualTo(Instant.ofEpochSecond(1_800_000_060));
    assertThat(relay.urls()).isEqualTo(URLS);
    assertThat(relay.credential().username()).isEqualTo("1800000060:" + ANN);
    assertThat(relay.toString()).doesNotContain(relay.credential().password().reveal());
  }

  /** printf '1800000060:ann' | openssl dgst -sha1 -hmac north -binary | base64 */
  @Test
  void passwordIsWhatOpensslSays() {
    TurnCredential credential =
        TurnCredential.of(Secret.of("north"), Instant.ofEpochSecond(1_800_000_060), "ann");
    assertThat(credential.password().reveal()).isEqualTo("/8RIv0LSJYB9u8V3/hMo8l4Oe38=");
  }

  @Test
  void credentialForNobodyInParticularNamesTheResource() {
    assertThat(issue(null, RelayLimits.LIFE_MAX).credential().username())
        .isEqualTo("1800172800:" + RESOURCE);
  }

  @ParameterizedTest
  @ValueSource(longs = {Integer.MIN_VALUE, -1, 0})
  void lifeBelowASecondIsRefused(long seconds) {
    refused(() -> issue(ANN, Duration.ofSeconds(seconds)), new RelayRefusal.LifeTooShort());
  }

  @ParameterizedTest
  @ValueSource(longs = {172_800, 172_801, Integer.MAX_VALUE})
  void longerLifeIsShortened(long seconds) {
    assertThat(issue(ANN, Duration.ofSeconds(seconds)).expiresOn())
        .isEqualTo(Instant.ofEpochSecond(1_800_172_800));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8:acs:nobody", "4:+15550100"})
  void onlyUsersOfTheResourceAreNamed(String user) {
    refused(() -> issue(user, Duration.ofMinutes(1)), new RelayRefusal.UnknownUser());
  }

  @Test
  void installationWithoutRelaySaysSo() {
    RelayService none = relay(Optional.empty());
    assertThat(none.isConfigured()).isFalse();
    refused(
        () -> none.issue(RESOURCE, null, Duration.ofMinutes(1)), new RelayRefusal.NotConfigured());
  }
}
