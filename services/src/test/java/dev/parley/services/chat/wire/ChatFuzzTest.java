package dev.parley.services.chat.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.kit.http.Json;
import dev.parley.kit.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Whatever a client sends as a chat body is read or refused with 400; nothing else comes out. */
class ChatFuzzTest {
  private static final List<Class<?>> BODIES =
      List.of(
          ChatBodies.CreateThread.class,
          ChatBodies.AddParticipants.class,
          ChatBodies.SendMessage.class,
          ChatBodies.SendReceipt.class,
          ChatBodies.Typing.class);

  @FuzzTest
  void bodies(byte[] input) {
    for (Class<?> body : BODIES) {
      try {
        if (Json.read(input, body) instanceof ChatBodies.AddParticipants added) {
          added.participants().stream()
              .filter(Objects::nonNull)
              .map(participant -> Objects.requireNonNull(participant).wanted())
              .forEach(wanted -> JsEscape.escape(String.valueOf(wanted)));
        }
      } catch (ProblemException refused) {
        requireBadRequest(refused);
      }
    }
  }

  @FuzzTest
  void patches(byte[] input) {
    try {
      MergePatch patch = MergePatch.parse(input);
      for (String field : List.of("topic", "content", "metadata", "retentionPolicy")) {
        patch.node(field);
        patch.texts(field);
        patch.text(field);
      }
    } catch (ProblemException refused) {
      requireBadRequest(refused);
    }
  }

  @FuzzTest
  void escaped(byte[] input) {
    String escaped = JsEscape.escape(new String(input, StandardCharsets.UTF_8));
    if (!escaped.matches("[A-Za-z0-9@*_+./%-]*")) {
      throw new AssertionError("a character that a client would read otherwise: " + escaped);
    }
  }

  private static void requireBadRequest(ProblemException refused) {
    if (refused.problem().status() != 400) {
      throw new AssertionError("refused with " + refused.problem());
    }
  }
}
