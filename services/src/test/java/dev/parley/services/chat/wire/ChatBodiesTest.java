package dev.parley.services.chat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.http.Json;
import dev.parley.services.chat.Message;
import dev.parley.services.chat.wire.ChatBodies.MessageBody;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatBodiesTest {

  /** Without it, Microsoft's Java client throws on the message and on any list that has it. */
  @Test
  void deletedMessageHasAnEmptyContent() {
    Instant at = Instant.ofEpochMilli(1_000);
    Message deleted =
        new Message(
            1_000, 3, 1_001, Message.Type.TEXT, "8:acs:a_b", null, at, null, at, null, Map.of());

    assertThat(Json.text(MessageBody.of(deleted))).contains("\"content\":{}");
  }
}
