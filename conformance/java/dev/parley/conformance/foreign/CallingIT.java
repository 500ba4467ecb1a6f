package dev.parley.conformance.foreign;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

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

/**
 * Calls between Chromium browsers, on the web SDK that the server serves: each file of {@code
 * conformance/calling/test} is one test here. They start servers of their own, which they kill.
 */
@ExtendWith(ParleyExtension.class)
class CallingIT {
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);
  private static final Duration FILE_LIMIT = Duration.ofMinutes(4);
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Path folder = ForeignSuite.conformanceFolder().resolve("calling");
  private final Path target = folder.resolveSibling("target").resolve("calling");
  private final Path sdk =
      ForeignSuite.conformanceFolder().resolveSibling("clients/web/dist/parley-calling.js");

  /**
   * @param connection of the common server; that it runs means that the launcher has built it
   */
  @TestFactory
  Stream<DynamicTest> calls(Connection connection) throws Exception {
    Optional<Path> chromium =
        BROWSERS.stream().flatMap(name -> new Tool(name).find().stream()).findFirst();
    Optional<String> missing =
        Stream.of("node", "npm")
            .filter(name -> new Tool(name).find().isEmpty())
            .findFirst()
            .or(() -> chromium.isEmpty() ? Optional.of("chromium") : Optional.empty())
            .or(() ->
                Files.exists(sdk)
                    ? Optional.empty()
                    : Optional.of("the built web SDK (" + sdk + ")"));
    if (missing.isPresent()) {
      String message = "calls of browsers are skipped: there is no " + missing.get();
      return Stream.of(dynamicTest("calling", () -> Requirement.missing(message)));
    }
    Files.createDirectories(target);
    install();
    Map<String, String> environment = Map.of("PARLEY_CHROMIUM", chromium.orElseThrow().toString());
    return tests().stream().map(file -> dynamicTest(file, () -> runFile(file, environment)));
  }

  private List<String> tests() throws IOException {
    try (var files = Files.list(folder.resolve("test"))) {
      return files.map(file -> "test/" + file.getFileName()).sorted().toList();
    }
  }

  private void runFile(String file, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path log = target.resolve(Path.of(file).getFileName() + ".log");
    BoundedProcess.run(List.of("node", "--test", file), folder, environment, log, FILE_LIMIT);
  }

  private void install() throws IOException, InterruptedException {
    InstalledStamp installed =
        new InstalledStamp(
            folder.resolve("node_modules/.parley-installed"), folder.resolve("package-lock.json"));
    if (installed.isFresh()) {
      return;
    }
    System.out.println("calling: npm ci, once for this package-lock.json");
    List<String> command = List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    BoundedProcess.run(command, folder, Map.of(), target.resolve("npm.log"), INSTALL_LIMIT);
    installed.write();
  }
}
