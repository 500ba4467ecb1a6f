package dev.parley.services.push.wire;

import dev.parley.kit.http.Problem;
import dev.parley.services.push.PushRefusal;

/** How refusals of push look on the wire. */
final class PushErrors {
  private PushErrors() {}

  static Problem of(PushRefusal refusal) {
    return switch (refusal) {
      case PushRefusal.UnknownConnection unknown ->
          new Problem(404, "NotFound", "The path is not that of a connection of this user.");
      case PushRefusal.UnknownHandshake unknown ->
          new Problem(401, "Unauthorized", "The handshake is unknown, used or expired.");
      case PushRefusal.TooManyDevices many ->
          new Problem(
                  429,
                  "TooManyRequests",
                  "The user has " + many.max() + " devices connected; more are refused.")
              .withRetryAfter(60);
      case PushRefusal.Busy busy ->
          new Problem(503, "ServiceUnavailable", "Too many handshakes are open.").withRetryAfter(5);
    };
  }
}
