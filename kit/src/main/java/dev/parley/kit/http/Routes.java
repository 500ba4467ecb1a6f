package dev.parley.kit.http;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** All operations of all features, found by method and raw path. */
public final class Routes {
  private final Router router = new Router();
  private final Map<Operation, OperationTable> tables = new IdentityHashMap<>();
  private final Function<Incoming, Problem> unknown;

  /**
   * @param unknown the answer for a path that no feature has: 404, or 501 for an operation of ACS
   */
  public Routes(List<? extends OperationTable> features, Function<Incoming, Problem> unknown) {
    this.unknown = unknown;
    for (OperationTable table : features) {
      for (Operation operation : table.operations()) {
        router.add(operation);
        tables.put(operation, table);
      }
    }
  }

  /** Where a request goes. */
  public record Target(Operation operation, OperationTable table, Map<String, String> parameters) {}

  /** Every operation there is, for documents and metrics. */
  public Set<Operation> operations() {
    return tables.keySet();
  }

  /** Finds the operation; throws {@link ProblemException} 404, 405 or 501. */
  public Target find(Incoming incoming) {
    String method = incoming.method().equals("HEAD") ? "GET" : incoming.method();
    return switch (router.find(method, incoming.rawPath())) {
      case Router.Match.Found found -> {
        OperationTable table = tables.get(found.operation());
        yield new Target(
            found.operation(), java.util.Objects.requireNonNull(table), found.parameters());
      }
      case Router.Match.WrongMethod wrong -> throw wrongMethod(incoming, wrong);
      case Router.Match.NoPath none -> throw unknown.apply(incoming).exception();
    };
  }

  private ProblemException wrongMethod(Incoming incoming, Router.Match.WrongMethod wrong) {
    Problem other = unknown.apply(incoming);
    if (other.status() == 501) {
      return other.exception();
    }
    Set<String> allowed = new TreeSet<>(wrong.allowed());
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    allowed.add("OPTIONS");
    String methods = String.join(", ", allowed);
    return new Problem(405, "MethodNotAllowed", "This path takes " + methods + ".")
        .withHeader("Allow", methods)
        .exception();
  }
}
