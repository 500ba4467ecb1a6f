package dev.parley.server;

import static dev.parley.kit.http.Access.anyone;
import static dev.parley.kit.http.Operation.plain;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import java.util.List;

/**
 * The web SDK as it was built with this server: for {@code npm install
 * https://…/sdk/parley-calling.tgz}, and for pages that need no build of their own.
 */
final class SdkRoutes implements OperationTable {
  private static final String FOLDER = "/dev/parley/server/sdk/";

  private static final Problem NOT_BUILT =
      new Problem(
          404,
          "SdkNotBuilt",
          "This Parley was built without the web SDK, which needs Node.js: install Node.js 20 or"
              + " newer with npm, run ./mvnw package -DskipTests, and start Parley again.");

  @Override
  public List<Operation> operations() {
    return List.of(
        file("sdk.package", "parley-calling.tgz", "application/gzip"),
        file("sdk.effects", "parley-calling-effects.tgz", "application/gzip"),
        file("sdk.bundle", "parley-calling.js", "text/javascript; charset=utf-8"));
  }

  private static Operation file(String operation, String name, String type) {
    StaticFile file = new StaticFile(FOLDER + name, type);
    return plain(
            operation,
            "GET",
            "/sdk/" + name,
            anyone(),
            exchange -> file.answer(exchange).orElseThrow(NOT_BUILT::exception))
        .withBodyBytesMax(0);
  }

  @Override
  public Problem problem(Refusal refusal) {
    throw new IllegalStateException("nothing is refused here: " + refusal);
  }
}
