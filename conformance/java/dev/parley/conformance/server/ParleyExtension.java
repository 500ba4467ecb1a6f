package dev.parley.conformance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the {@link Connection} to the one server that all conformance tests of a run share,
 * or the {@link ParleyProcess} itself. The first test that asks starts it; the end of the run stops
 * it.
 */
public final class ParleyExtension implements ParameterResolver {

  /** No such server runs: it stands for the TURN server of an installation. */
  public static final String RELAY_URL = "turn:turn.example.com:3478?transport=udp";

  /** What that TURN server would share with Parley. */
  public static final String RELAY_SECRET = "known to the conformance tests";

  private static final Namespace NAMESPACE = Namespace.create(ParleyExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return List.of(Connection.class, ParleyProcess.class)
        .contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ParleyProcess parley =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .computeIfAbsent("parley", key -> start(), ParleyProcess.class);
    return parameter.getParameter().getType() == Connection.class ? parley.connection() : parley;
  }

  private static ParleyProcess start() {
    try {
      Path folder = Path.of(System.getProperty("conformance.folder", "")).toAbsolutePath();
      List<String> relay =
          List.of("--set", "relay.urls=" + RELAY_URL, "--set", "relay.secret=" + RELAY_SECRET);
      ParleyProcess parley = ParleyProcess.start(folder, relay);
      trustForEverySdk(parley.connection());
      return parley;
    } catch (IOException failure) {
      throw new UncheckedIOException("./parley cannot be started", failure);
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
