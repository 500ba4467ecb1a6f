package dev.parley.services.identity;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** Ids of users come in paths, bodies and tokens: what is read as one is one. */
class IdentityFuzzTest {
  @FuzzTest
  void userIds(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    String almost = "8:acs:" + new UUID(1, 2) + "_" + text;
    for (String raw : new String[] {text, almost}) {
      UserId.parse(raw)
          .filter(id -> !id.toString().equals(raw.toLowerCase(Locale.ROOT)))
          .ifPresent(id -> {
            throw new AssertionError(raw + " was read as " + id);
          });
      TokenScope.ofWord(raw);
    }
  }
}
