package dev.parley.conformance.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.server.Connection;
import dev.parley.conformance.server.ParleyExtension;
import dev.parley.conformance.server.ParleyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code blocks of the README run as printed: the shell block sets the environment, then the
 * language runs its block with the pinned packages.
 */
@ExtendWith(ParleyExtension.class)
class ReadmeIT {

  private static final Duration RUN_LIMIT = Duration.ofMinutes(3);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder = Path.of("");

  @Test
  void javaScriptBlock(ParleyProcess parley, Connection connection) throws Exception {
    NodeToolchain node = new NodeToolchain();
    ready(node);
    Files.createSymbolicLink(folder.resolve("node_modules"), node.packages());

    String printed = run(parley, "js", "hello.mjs", "node hello.mjs");

    assertSent(printed, connection);
  }

  @Test
  void pythonBlock(ParleyProcess parley, Connection connection) throws Exception {
    PythonToolchain python = new PythonToolchain();
    ready(python);

    String printed =
        run(parley, "python", "hello.py", "'" + python.program("python") + "' hello.py");

    assertSent(printed, connection);
  }

  @Test
  void javaBlock(ParleyProcess parley, Connection connection) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    String packages =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    String printed =
        run(parley, "java", "Hello.java", "'" + java + "' -cp '" + packages + "' Hello.java");

    assertSent(printed, connection);
  }

  private static void ready(ForeignSuite.Toolchain toolchain)
      throws IOException, InterruptedException {
    Optional<String> missing = toolchain.missing();
    missing.ifPresent(reason -> Requirement.missing("A block of the README is skipped: " + reason));
    toolchain.install();
  }

  /** Runs a block in a folder whose {@code .parley} is the server's, and gives the last line. */
  private String run(ParleyProcess parley, String language, String file, String command)
      throws IOException, InterruptedException {
    Files.createSymbolicLink(folder.resolve(".parley"), parley.dataFolder());
    Files.writeString(folder.resolve(file), block(language));
    String script = "set -eu\n" + block("sh") + "exec " + command + " > printed\n";
    BoundedProcess.run(
        List.of("sh", "-c", script),
        folder,
        Map.of("PYTHONDONTWRITEBYTECODE", "1"),
        ForeignSuite.conformanceFolder().resolve("target/foreign/readme-" + language + ".log"),
        RUN_LIMIT);
    return Files.readString(folder.resolve("printed")).strip();
  }

  private static void assertSent(String printed, Connection connection) {
    assertThat(printed)
        .matches("8:acs:" + connection.resourceId() + "_[0-9a-f-]{36} sent message \\d+");
  }

  /** The only code block of a language. */
  private static String block(String language) throws IOException {
    String readme = Files.readString(ForeignSuite.conformanceFolder().resolveSibling("README.md"));
    Pattern fenced =
        Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    Matcher matcher = fenced.matcher(readme);
    assertThat(matcher.find()).as("README.md has a block of %s", language).isTrue();
    String block = matcher.group(1);
    assertThat(matcher.find()).as("README.md has one block of %s", language).isFalse();
    return block;
  }
}
