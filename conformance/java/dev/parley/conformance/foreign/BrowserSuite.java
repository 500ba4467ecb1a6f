package dev.parley.conformance.foreign;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parley.conformance.ledger.Evidence;
import dev.parley.conformance.ledger.Language;
import dev.parley.conformance.server.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Files of {@code conformance/browser} that Node runs with Chromium; each file is one test. They
 * prove what browsers do, and leave evidence of the operations that a test declares.
 */
final class BrowserSuite {
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);
  private static final Duration FILE_LIMIT = Duration.ofMinutes(5);
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final String tests;
  private final Path folder = ForeignSuite.conformanceFolder().resolve("browser");
  private final Path target = folder.resolveSibling("target").resolve("browser");

  /**
   * @param tests the folder of the files, below {@code conformance/browser}; not searched deeper
   */
  BrowserSuite(String tests) {
    this.tests = tests;
  }

  /** One test for each file, or one that says what the machine lacks. */
  Stream<DynamicTest> run(Connection connection) throws IOException, InterruptedException {
    Optional<Path> chromium =
        BROWSERS.stream().flatMap(name -> new Tool(name).find().stream()).findFirst();
    Optional<String> missing =
        Stream.of("node", "npm", "openssl")
            .filter(name -> new Tool(name).find().isEmpty())
            .findFirst()
            .or(() -> chromium.isEmpty() ? Optional.of("chromium") : Optional.empty());
    if (missing.isPresent()) {
      String message = tests + " in a browser is skipped: " + missing.get() + " is not on the PATH";
      Evidence.ofThisRun().addSkipped(Language.JAVASCRIPT, message);
      return Stream.of(dynamicTest(tests, () -> Requirement.missing(message)));
    }
    Files.createDirectories(target);
    install();
    Map<String, String> environment = environment(connection, chromium.orElseThrow());
    return files().stream().map(file -> dynamicTest(file, () -> runFile(file, environment)));
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder.resolve(tests))) {
      return files
          .map(file -> tests + "/" + file.getFileName())
          .filter(file -> file.endsWith(".test.mjs"))
          .sorted()
          .toList();
    }
  }

  private void runFile(String file, Map<String, String> environment)
      throws IOException, InterruptedException {
    String name = Path.of(file).getFileName().toString();
    Path log = target.resolve(name + ".log");
    Path results = Files.writeString(target.resolve(name + "-results.jsonl"), "");
    Map<String, String> withResults = new HashMap<>(environment);
    withResults.put("PARLEY_RESULTS", results.toString());
    BoundedProcess.run(List.of("node", "--test", file), folder, withResults, log, FILE_LIMIT);
    for (String line : Files.readAllLines(results)) {
      ForeignResult.parse(line).keepProofs(ForeignSuite.conformanceFolder(), Language.JAVASCRIPT);
    }
  }

  private void install() throws IOException, InterruptedException {
    InstalledStamp installed =
        new InstalledStamp(
            folder.resolve("node_modules/.parley-installed"), folder.resolve("package-lock.json"));
    if (installed.isFresh()) {
      return;
    }
    System.out.println("browser: npm ci, once for this package-lock.json");
    List<String> command = List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    BoundedProcess.run(command, folder, Map.of(), target.resolve("npm.log"), INSTALL_LIMIT);
    installed.write();
  }

  /**
   * The shim stands before the server with a certificate of this run; Chromium is told not to ask.
   */
  private Map<String, String> environment(Connection connection, Path chromium)
      throws IOException, InterruptedException {
    Path key = target.resolve("shim.key");
    Path certificate = target.resolve("shim.pem");
    List<String> command =
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-keyout",
            key.toString(),
            "-out",
            certificate.toString());
    BoundedProcess.run(command, folder, Map.of(), target.resolve("openssl.log"), INSTALL_LIMIT);
    return Map.of(
        "PARLEY_ENDPOINT", connection.endpoint().toString(),
        "PARLEY_CONNECTION_STRING", connection.connectionString(),
        "NODE_EXTRA_CA_CERTS", connection.certificateAuthority().toString(),
        "PARLEY_CHROMIUM", chromium.toString(),
        "PARLEY_SHIM_KEY", key.toString(),
        "PARLEY_SHIM_CERT", certificate.toString());
  }
}
