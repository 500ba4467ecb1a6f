package dev.parley.services.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.Secret;
import dev.parley.services.push.ResumeTokens.Resume;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResumeTokensTest {
  private static final Resume PLACE =
      new Resume(new UUID(1, 2), new Cursor(77, 3), Instant.ofEpochSecond(1_800_000_000));

  private final ResumeTokens tokens = new ResumeTokens(Secret.of(new byte[32]));

  @Test
  void userReadsItsOwnPlaceBack() {
    String token = tokens.sign(PLACE, "ann");
    assertThat(tokens.read(token, "ann")).contains(PLACE);
    assertThat(token).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void placeOfAnotherUserIsNoPlace() {
    assertThat(tokens.read(tokens.sign(PLACE, "ann"), "bob")).isEmpty();
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    String token = tokens.sign(PLACE, "ann");
    for (int at = 0; at < token.length() - 1; at++) {
      char other = token.charAt(at) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, at) + other + token.substring(at + 1);
      assertThat(tokens.read(changed, "ann")).as("character %s", at).isEmpty();
    }
  }

  @Test
  void otherKeyAndNonsenseAreNoPlace() {
    ResumeTokens others = new ResumeTokens(Secret.of(new byte[] {1, 2, 3, 4}));
    assertThat(others.read(tokens.sign(PLACE, "ann"), "ann")).isEmpty();
    assertThat(tokens.read("", "ann")).isEmpty();
    assertThat(tokens.read("%%%", "ann")).isEmpty();
  }
}
