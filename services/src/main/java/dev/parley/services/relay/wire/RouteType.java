package dev.parley.services.relay.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a client is led to a server of the relay. An installation has one list of servers, so both
 * types name the same; whoever asks for none gets each as an ICE server of its own, as the
 * documentation of the SDKs says.
 */
enum RouteType {
  ANY,
  NEAREST;

  /** The wire's word. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of this word; empty when there is none. */
  static Optional<RouteType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
  }
}
