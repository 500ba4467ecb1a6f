package dev.parley.kit.test;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes the {@link PostgresServer} of this test run as a constructor or method
 * parameter. Without PostgreSQL on the machine the class is skipped by name, or fails when {@code
 * PARLEY_TESTS_REQUIRED} is 1.
 */
public final class PostgresExtension implements BeforeAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(PostgresExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    if (server(context).isPresent()) {
      return;
    }
    String missing = "PostgreSQL (initdb, pg_ctl) is not installed";
    if ("1".equals(System.getenv("PARLEY_TESTS_REQUIRED"))) {
      throw new AssertionError(missing + ", and PARLEY_TESTS_REQUIRED is 1");
    }
    Assumptions.abort(context.getDisplayName() + " skipped: " + missing);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PostgresServer.class;
  }

  @Override
  public PostgresServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return server(context).orElseThrow();
  }

  /** One server for the whole run; JUnit closes it at the end. */
  private static Optional<PostgresServer> server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            "server", key -> new Running(PostgresServer.startIfInstalled()), Running.class)
        .server();
  }

  private record Running(Optional<PostgresServer> server) implements AutoCloseable {
    @Override
    public void close() {
      server.ifPresent(PostgresServer::close);
    }
  }
}
