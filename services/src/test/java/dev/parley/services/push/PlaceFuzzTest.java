package dev.parley.services.push;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.kit.base.Secret;
import java.nio.charset.StandardCharsets;

/** The word that a client gives back when it reconnects: none that we did not sign is a place. */
class PlaceFuzzTest {
  private static final ResumeTokens TOKENS =
      new ResumeTokens(Secret.of(new byte[ResumeTokens.KEY_BYTES]));

  @FuzzTest
  void places(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    if (TOKENS.read(text, "8:acs:a_b").isPresent()) {
      throw new AssertionError("a place that nobody gave: " + text);
    }
  }
}
