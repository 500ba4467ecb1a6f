package dev.parley.services.push.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.kit.http.Json;
import dev.parley.kit.http.ProblemException;
import dev.parley.services.push.wire.Packet.MalformedPacket;
import java.nio.charset.StandardCharsets;

/** Whatever a client sends ends in packets, a registration, or a refusal. */
class PushFuzzTest {
  @FuzzTest
  void frames(byte[] input) {
    try {
      Packet.parseAll(new String(input, StandardCharsets.UTF_8)).forEach(Packet::encoded);
    } catch (MalformedPacket refused) {
      requireReason(refused);
    }
  }

  @FuzzTest
  void registrations(byte[] input) {
    try {
      Json.read(input, PushBodies.Registration.class).sockets().forEach(PushRoutes::sessionOf);
    } catch (ProblemException refused) {
      requireReason(refused);
    }
  }

  private static void requireReason(Exception refused) {
    if (refused.getMessage() == null) {
      throw new AssertionError("a refusal without a reason", refused);
    }
  }
}
