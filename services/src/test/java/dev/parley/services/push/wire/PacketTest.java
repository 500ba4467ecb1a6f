package dev.parley.services.push.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.services.push.wire.Packet.MalformedPacket;
import dev.parley.services.push.wire.Packet.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketTest {
  /** As recorded with the unmodified client (compat §4.5). */
  @Test
  void recordedPacketsAreRead() throws MalformedPacket {
    assertThat(Packet.parseAll("5:1+::{\"name\":\"user.activity\"}"))
        .containsExactly(new Packet(Type.EVENT, 1, true, "", "{\"name\":\"user.activity\"}"));
    assertThat(Packet.parseAll("3:::{\"id\":1}"))
        .containsExactly(new Packet(Type.MESSAGE, 0, false, "", "{\"id\":1}"));
    assertThat(Packet.parseAll("0::")).containsExactly(Packet.of(Type.DISCONNECT, ""));
    assertThat(Packet.parseAll("2::")).containsExactly(Packet.of(Type.HEARTBEAT, ""));
    assertThat(Packet.parseAll("5:7:/a:x"))
        .containsExactly(new Packet(Type.EVENT, 7, false, "/a", "x"));
  }

  @Test
  void packetsAreWrittenAsTheClientReadsThem() {
    assertThat(Packet.of(Type.CONNECT, "").encoded()).isEqualTo("1::");
    assertThat(Packet.of(Type.DISCONNECT, "dup").encoded()).isEqualTo("0:::dup");
    Packet event = new Packet(Type.EVENT, 2, true, "", "{}");
    assertThat(Packet.ack(event, "[\"pong\"]").encoded()).isEqualTo("6:::2+[\"pong\"]");
    Packet plain = new Packet(Type.EVENT, 2, false, "", "{}");
    assertThat(Packet.ack(plain, "[]").encoded()).isEqualTo("6:::2");
  }

  @Test
  void payloadCountsUtf16UnitsAndComesBackWhole() throws MalformedPacket {
    Packet first = Packet.of(Type.EVENT, "{\"a\":\"\u00e9\ud83d\ude00\"}");
    Packet second = Packet.of(Type.MESSAGE, "\ufffd:3\ufffd::");
    List<Packet> both = List.of(first, second);
    String payload = new String(Packet.payload(both), StandardCharsets.UTF_8);
    assertThat(Packet.parseAll(payload)).isEqualTo(both);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "5",
        "5:",
        "9::",
        "x::",
        "55::",
        "5:a::",
        "5:1234567890123456::",
        "\ufffd",
        "\ufffd5\ufffd5::",
        "\ufffdx\ufffd5::",
        "\ufffd-1\ufffd",
        "\ufffd3\ufffd2::x"
      })
  void malformedPacketsAreRefused(String text) {
    assertThatThrownBy(() -> Packet.parseAll(text)).isInstanceOf(MalformedPacket.class);
  }
}
