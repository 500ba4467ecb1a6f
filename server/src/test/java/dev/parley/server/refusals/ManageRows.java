package dev.parley.server.refusals;

import static dev.parley.server.refusals.Row.Cell.none;
import static dev.parley.server.refusals.Row.Cell.of;
import static dev.parley.server.refusals.Row.text;

import dev.parley.server.refusals.Row.Cell;
import dev.parley.server.refusals.Row.Id;
import java.util.List;

/** The installation itself, and resources in the management API. */
final class ManageRows {
  private static final String NOTHING = "it takes no body";
  private static final Cell ALL = none("the operator administers all resources");

  static final Id RESOURCE =
      new Id(
          World::newResource,
          world -> "nowhere",
          of(404, "ResourceNotFound"),
          "no name!",
          of(404, "ResourceNotFound"),
          world -> "other",
          ALL);

  /** Where the users of the world are. */
  static final Id DEFAULT_RESOURCE =
      new Id(
          world -> "default",
          RESOURCE.unknownId(),
          RESOURCE.unknown(),
          RESOURCE.malformedId(),
          RESOURCE.malformed(),
          RESOURCE.foreignId(),
          RESOURCE.foreign());

  private static final Id NEW_RESOURCE =
      new Id(
          World::newResourceName,
          world -> "unused",
          none("it makes the resource"),
          "no name!",
          of(400, "InvalidResourceName"),
          world -> "other",
          of(409, "NameAlreadyExists"));

  private static final Id SLOT =
      new Id(
          world -> "secondary",
          world -> "tertiary",
          of(400, "BadRequest"),
          "!",
          of(400, "BadRequest"),
          world -> "secondary",
          none("every resource has the same two"));

  private ManageRows() {}

  static List<Row> rows() {
    return Row.list(
        Row.of("system.live").noBody(NOTHING),
        Row.of("system.ready").noBody(NOTHING),
        Row.of("system.metrics").noBody(NOTHING),
        Row.of("system.ca").noBody(NOTHING),
        Row.of("manage.backup").body(World::newBackup).required("file", text(5_000)),
        Row.of("test.advance").body(world -> "{\"by\":\"PT0S\"}").required("by", "\"P3661D\""),
        Row.of("manage.listResources").noBody(NOTHING),
        Row.of("manage.createResource").id("name", NEW_RESOURCE).noBody(NOTHING),
        Row.of("manage.getResource").id("name", RESOURCE).noBody(NOTHING),
        Row.of("manage.deleteResource").id("name", RESOURCE).noBody(NOTHING),
        Row.of("manage.rotateKey").id("name", RESOURCE).id("slot", SLOT).noBody(NOTHING),
        Row.of("manage.listAudit").id("name", RESOURCE).noBody(NOTHING),
        Row.of("manage.listAllAudit").noBody(NOTHING));
  }
}
