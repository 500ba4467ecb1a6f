package dev.parley.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.test.FakeClock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which resources are remembered; {@link LimitsTest} has what the limit does. */
class RateLimitsTest {
  private static final ResourceId GONE = new ResourceId(new UUID(1, 1));
  private static final ResourceId STAYS = new ResourceId(new UUID(1, 2));
  private static final Operation OPERATION =
      Operation.plain("test", "GET", "/test", Access.key(), exchange -> Answer.empty(204));

  @Test
  void resourceThatIsGoneIsForgottenAndTheOthersKeepTheirCount() {
    RateLimits limits = new RateLimits(new FakeClock(), 1, 1);
    for (ResourceId resource : List.of(GONE, STAYS)) {
      limits.take(new Caller.KeyHolder(resource), OPERATION);
    }
    assertThat(limits.remembers(GONE)).isTrue();
    limits.forgetUnless(STAYS::equals);
    assertThat(limits.remembers(GONE)).isFalse();
    assertThatThrownBy(() -> limits.take(new Caller.KeyHolder(STAYS), OPERATION))
        .isInstanceOf(ProblemException.class);
    limits.take(new Caller.KeyHolder(GONE), OPERATION);
  }
}
