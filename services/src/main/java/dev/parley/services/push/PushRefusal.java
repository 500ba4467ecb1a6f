package dev.parley.services.push;

import dev.parley.kit.base.Refusal;

/** Reasons of push to say no. */
public sealed interface PushRefusal extends Refusal {
  /** The path in a registration is not that of a connection of this user. */
  record UnknownConnection() implements PushRefusal {}

  /** The handshake is unknown, used, or older than its life. */
  record UnknownHandshake() implements PushRefusal {}

  /** The user has as many devices connected as one may have. */
  record TooManyDevices(int max) implements PushRefusal {}

  /** More handshakes are open than the server bears. */
  record Busy() implements PushRefusal {}
}
