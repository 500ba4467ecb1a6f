package dev.parley.conformance.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parley.conformance.ledger.Evidence;
import dev.parley.conformance.ledger.Language;
import dev.parley.conformance.server.Connection;
import dev.parley.conformance.server.ParleyExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * One language's tests in a process of their own. Each of them becomes a JUnit test while the
 * process runs; a declared proof that the SDK did not see is a failure here, under the same rule as
 * for Java.
 */
final class ForeignSuite {

  private static final Duration RUN_LIMIT = Duration.ofMinutes(5);

  private final Language language;
  private final Path conformanceFolder;
  private final Toolchain toolchain;

  ForeignSuite(Language language, Toolchain toolchain) {
    this.language = language;
    this.toolchain = toolchain;
    this.conformanceFolder = conformanceFolder();
  }

  /** The folder of this module. */
  static Path conformanceFolder() {
    return Path.of(System.getProperty("conformance.folder", "")).toAbsolutePath();
  }

  /** The suite's tests as they end, and after them one that the process ended well. */
  Stream<DynamicTest> run(Connection connection) throws IOException, InterruptedException {
    Optional<String> missing = toolchain.missing();
    if (missing.isPresent()) {
      return Stream.of(dynamicTest(language.key(), () -> skipOrFail(missing.get())));
    }
    toolchain.install();
    Path results = emptyResultsFile();
    BoundedProcess process =
        BoundedProcess.start(
            toolchain.testCommand(),
            conformanceFolder.resolve(language.key()),
            environment(connection, results),
            log(),
            RUN_LIMIT);
    ForeignResults lines = new ForeignResults(process, results, language.key());
    Stream<DynamicTest> tests =
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED), false)
            .map(this::test);
    return Stream.concat(tests, Stream.of(end(process, lines)));
  }

  private DynamicTest test(ForeignResult result) {
    return dynamicTest(
        result.test(),
        () -> {
          Assumptions.assumeFalse(result.outcome().equals("skipped"), result.reason());
          if (!result.outcome().equals("passed")) {
            throw new AssertionError(result.reason());
          }
          result.keepProofs(conformanceFolder, language);
        });
  }

  private DynamicTest end(BoundedProcess process, ForeignResults lines) {
    return dynamicTest(
        language.key() + " ended well",
        () -> {
          process.requireSuccess();
          assertThat(lines.count()).as("tests that ran").isPositive();
        });
  }

  /** As a test of its own, so that the build counts and names the skip. */
  private void skipOrFail(String reason) {
    Evidence.ofThisRun().addSkipped(language, reason);
    Requirement.missing(language.title() + " conformance is skipped: " + reason);
  }

  private Map<String, String> environment(Connection connection, Path results) {
    String authority = connection.certificateAuthority().toString();
    Map<String, String> environment = new HashMap<>();
    environment.put("PARLEY_ENDPOINT", connection.endpoint().toString());
    environment.put("PARLEY_CONNECTION_STRING", connection.connectionString());
    environment.put("PARLEY_RESOURCE_ID", connection.resourceId());
    environment.put("PARLEY_RELAY_URL", ParleyExtension.RELAY_URL);
    environment.put("PARLEY_RELAY_SECRET", ParleyExtension.RELAY_SECRET);
    environment.put("PARLEY_RESULTS", results.toString());
    environment.put("NODE_EXTRA_CA_CERTS", authority);
    environment.put("REQUESTS_CA_BUNDLE", authority);
    environment.put("SSL_CERT_FILE", authority);
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    return environment;
  }

  private Path emptyResultsFile() throws IOException {
    Path results = log().resolveSibling(language.key() + "-results.jsonl");
    Files.createDirectories(results.getParent());
    Files.writeString(results, "");
    return results;
  }

  private Path log() {
    return conformanceFolder.resolve("target/foreign/" + language.key() + ".log");
  }

  /** How the tests of one language are made ready and started. */
  interface Toolchain {
    /** Why the tests cannot run on this machine, if they cannot. */
    Optional<String> missing();

    /** Installs the pinned packages; quick when they are installed already. */
    void install() throws IOException, InterruptedException;

    /** The command that runs all tests in the language's folder. */
    List<String> testCommand() throws IOException;
  }
}
