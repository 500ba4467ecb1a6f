package dev.parley.server;

import dev.parley.kit.http.Access;
import dev.parley.kit.http.Incoming;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.PathTemplate;
import dev.parley.kit.http.Problem;
import dev.parley.kit.http.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers paths that no feature has: 501 for an operation of ACS that Parley does not have yet, 404
 * for all else. The list of ACS operations is the conformance ledger's, read at the first such
 * request. The {@code {scope}} of ARM is a resource's id of many segments; it ends at the last
 * {@code /providers/}.
 */
final class UnknownPaths implements Function<Incoming, Problem> {
  private static final String LEDGER = "/dev/parley/server/operations.tsv";
  private static final String PROVIDERS = "/providers/";
  private @Nullable Router known;

  @Override
  public Problem apply(Incoming incoming) {
    return find(incoming) instanceof Router.Match.Found found
        ? new Problem(
            501,
            "NotImplemented",
            "Parley does not have the operation " + found.operation().name() + " yet.")
        : new Problem(404, "NotFound", "There is nothing at this path.");
  }

  private Router.Match find(Incoming incoming) {
    String path = incoming.rawPath();
    Router.Match match = known().find(incoming.method(), path);
    int scopeEnd = path.lastIndexOf(PROVIDERS);
    return match instanceof Router.Match.Found || scopeEnd <= 0
        ? match
        : known().find(incoming.method(), "/scope" + path.substring(scopeEnd));
  }

  private synchronized Router known() {
    if (known == null) {
      known = read();
    }
    return known;
  }

  private static Router read() {
    Router router = new Router();
    Set<String> seen = new HashSet<>();
    try (InputStream in = UnknownPaths.class.getResourceAsStream(LEDGER)) {
      if (in == null) {
        throw new IllegalStateException(LEDGER + " is missing from the program");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t", -1);
        if (fields.length > 3
            && fields[3].startsWith("/")
            && seen.add(fields[2] + shape(fields[3]))) {
          router.add(unanswered(fields[0], fields[2], fields[3]));
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return router;
  }

  private static String shape(String path) {
    return path.replaceAll("\\{[^}]*}", "{}");
  }

  private static Operation unanswered(String name, String method, String path) {
    return new Operation(
        name,
        method,
        PathTemplate.parse(path),
        Access.anyone(),
        false,
        0,
        exchange -> {
          throw new IllegalStateException(name + " is never run");
        });
  }
}
