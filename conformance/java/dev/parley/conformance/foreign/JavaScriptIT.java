package dev.parley.conformance.foreign;

import dev.parley.conformance.ledger.Language;
import dev.parley.conformance.server.Connection;
import dev.parley.conformance.server.ParleyExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every test in {@code conformance/javascript/test}, run by Node's own test runner. */
@ExtendWith(ParleyExtension.class)
class JavaScriptIT {

  @TestFactory
  Stream<DynamicTest> javascript(Connection connection) throws Exception {
    return new ForeignSuite(Language.JAVASCRIPT, new Node()).run(connection);
  }

  /** Node with the packages of {@code package-lock.json}. */
  private static final class Node implements ForeignSuite.Toolchain {

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

    private final Path folder = ForeignSuite.conformanceFolder().resolve("javascript");

    @Override
    public Optional<String> missing() {
      return Stream.of("node", "npm")
          .filter(name -> new Tool(name).find().isEmpty())
          .map(name -> name + " is not on the PATH")
          .findFirst();
    }

    @Override
    public void install() throws IOException, InterruptedException {
      Path stamp = folder.resolve("node_modules/.parley-installed");
      InstalledStamp installed = new InstalledStamp(stamp, folder.resolve("package-lock.json"));
      if (installed.isFresh()) {
        return;
      }
      System.out.println("javascript: npm ci, once for this package-lock.json");
      BoundedProcess.run(
          List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
          folder,
          Map.of(),
          folder.resolveSibling("target/foreign/npm.log"),
          INSTALL_LIMIT);
      installed.write();
    }

    @Override
    public List<String> testCommand() throws IOException {
      try (var files = Files.list(folder.resolve("test"))) {
        Stream<String> tests =
            files.map(Path::toString).filter(name -> name.endsWith(".test.mjs")).sorted();
        return Stream.concat(Stream.of("node", "--test"), tests).toList();
      }
    }
  }
}
