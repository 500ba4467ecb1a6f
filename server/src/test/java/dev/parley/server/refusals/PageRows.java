package dev.parley.server.refusals;

import static dev.parley.server.refusals.Row.Cell.of;
import static dev.parley.server.refusals.Row.text;

import java.util.List;

/** Pages and files for browsers: the web SDK, and the page on which a call is tried. */
final class PageRows {
  private static final String NOTHING = "it takes no body";

  private PageRows() {}

  static List<Row> rows() {
    return Row.list(
        Row.of("sdk.package").noBody(NOTHING),
        Row.of("sdk.effects").noBody(NOTHING),
        Row.of("sdk.bundle").noBody(NOTHING),
        Row.of("try.page").noBody(NOTHING),
        Row.of("try.script").noBody(NOTHING),
        Row.of("try.style").noBody(NOTHING),
        Row.of("try.token")
            .body(world -> "{\"key\":\"x\"}")
            .field("key", true, text(900), of(401, "Unauthorized"))
            .unrepeatable("nobody but the page has the key"),
        Row.of("try.deleteUser").noBody(NOTHING).unrepeatable("it deletes only users of the page"));
  }
}
