package dev.parley.services.calling.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a client sends ends in a message, a refusal that says why, or the end of its socket. */
class CallingFuzzTest {
  @FuzzTest
  void messages(byte[] input) {
    try {
      ClientMessage message = RequestParser.parse(new String(input, StandardCharsets.UTF_8));
      if (message instanceof ClientMessage.Unusable unusable
          && (unusable.error().code().isEmpty() || unusable.error().message().isEmpty())) {
        throw new AssertionError("a refusal without a reason");
      }
    } catch (RequestParser.Malformed refused) {
      if (refused.getMessage() == null) {
        throw new AssertionError("a refusal without a reason", refused);
      }
    }
  }
}
