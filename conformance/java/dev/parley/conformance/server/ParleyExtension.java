package dev.parley.conformance.server;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the {@link Connection} of the one server that all conformance tests of a run share.
 * The first test that asks starts it; the end of the run stops it.
 */
public final class ParleyExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(ParleyExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Connection.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return sharedConnection(context);
  }

  /** The connection of the shared server, for other extensions. */
  public static Connection sharedConnection(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent("parley", key -> start(), ParleyProcess.class)
        .connection();
  }

  private static ParleyProcess start() {
    try {
      Path folder = Path.of(System.getProperty("conformance.folder", "")).toAbsolutePath();
      ParleyProcess parley = ParleyProcess.start(folder, List.of());
      trustForEverySdk(parley.connection());
      return parley;
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException("./parley cannot be started", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Parley started", interrupted);
    }
  }

  /**
   * What a user of the Java SDK does on the command line: the SDK's client reads the properties.
   */
  private static void trustForEverySdk(Connection connection) {
    System.setProperty("javax.net.ssl.trustStore", connection.trustStore().toString());
    System.setProperty("javax.net.ssl.trustStorePassword", connection.trustStorePassword());
  }
}
