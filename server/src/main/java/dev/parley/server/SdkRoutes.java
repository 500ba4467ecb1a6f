package dev.parley.server;

import static dev.parley.kit.http.Access.anyone;
import static dev.parley.kit.http.Operation.plain;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import java.util.List;
import java.util.Map;

/**
 * The web SDK as it was built with this server: for {@code npm install
 * https://…/sdk/parley-calling.tgz}, and for pages that need no build of their own.
 */
final class SdkRoutes implements OperationTable {
  private static final String FOLDER = "/dev/parley/server/sdk/";

  @Override
  public List<Operation> operations() {
    return List.of(
        file("sdk.package", "parley-calling.tgz", "application/gzip"),
        file("sdk.effects", "parley-calling-effects.tgz", "application/gzip"),
        file("sdk.bundle", "parley-calling.js", "text/javascript; charset=utf-8"));
  }

  private static Operation file(String operation, String name, String type) {
    return plain(operation, "GET", "/sdk/" + name, anyone(), exchange -> answer(name, type))
        .withBodyBytesMax(0);
  }

  private static Answer answer(String name, String type) {
    byte[] bytes =
        Resources.find(FOLDER + name)
            .orElseThrow(() ->
                new Problem(
                        404,
                        "SdkNotBuilt",
                        "This server was built without the web SDK. In its source: npm --prefix"
                            + " clients/web ci, npm --prefix clients/web run build, and start"
                            + " the server again.")
                    .exception());
    return new Answer(200, Map.of("Cache-Control", "no-cache"), type, bytes);
  }

  @Override
  public Problem problem(Refusal refusal) {
    throw new IllegalStateException("nothing is refused here: " + refusal);
  }
}
