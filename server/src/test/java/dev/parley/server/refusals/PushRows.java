package dev.parley.server.refusals;

import static dev.parley.server.refusals.Row.Cell.none;
import static dev.parley.server.refusals.Row.Cell.of;

import dev.parley.server.refusals.Row.Id;
import java.util.List;
import java.util.UUID;

/** Push: the way of a chat client to its socket. */
final class PushRows {
  private static final String NOTHING = "it takes no body";

  private static final Id SESSION =
      new Id(
          world -> new UUID(8, 8).toString(),
          world -> new UUID(8, 8).toString(),
          of(401, "Unauthorized"),
          "no-session",
          of(401, "Unauthorized"),
          world -> new UUID(8, 9).toString(),
          none("a session is claimed once, by the id that only its owner was told"));

  private static final Id REGISTRATION =
      new Id(
          world -> "mine",
          world -> "nobodys",
          none("forgetting what is not there is no mistake"),
          "!",
          none("clients choose any text"),
          world -> "foreign",
          none("a registration is looked for among the caller's own only"));

  private PushRows() {}

  static List<Row> rows() {
    return Row.list(
        Row.of("push.configuration").noBody(NOTHING),
        Row.of("push.allocate").noBody(NOTHING),
        Row.of("push.handshake").noBody(NOTHING),
        Row.of("push.handshakeSlash").noBody(NOTHING),
        Row.of("push.socket").id("sid", SESSION).noBody(NOTHING),
        Row.of("push.register")
            .body(world -> "{\"registrationId\":\"r\",\"transports\":{}}")
            .optionalOfAnyLength("registrationId", "it is not kept; the body's limit bounds it")
            .requiredOfAnyLength("transports", "the body's limit bounds it"),
        Row.of("push.unregister").id("registrationId", REGISTRATION).noBody(NOTHING),
        Row.of("push.root").noBody(NOTHING));
  }
}
