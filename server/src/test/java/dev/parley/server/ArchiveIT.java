package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The self-contained archive, unpacked elsewhere and started by someone who has no Java. */
@Timeout(120)
class ArchiveIT {
  @TempDir Path folder;

  @Test
  void startsWithoutJavaAndUsesItsCache() throws Exception {
    Optional<Path> archive = archive();
    assertThat(archive).as("an archive in target: ./mvnw -Pdist package makes it").isPresent();
    Path home = unpacked(archive.orElseThrow());
    Process server = bare(home, "up", "--port", "0", "--data", folder.resolve("data").toString());
    try (var output = server.inputReader()) {
      StringBuilder said = new StringBuilder();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.append(line).append('\n');
        if (line.contains("Ctrl-C stops it")) {
          break;
        }
      }
      assertThat(said.toString()).contains("Parley is ready");
      assertThat(Files.readString(Path.of("/proc/" + server.pid() + "/maps")))
          .as("the AOT cache is mapped")
          .contains("parley.aot");
      server.toHandle().destroy();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isZero();
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void bothLaunchersOfTheArchiveReadTheSameOptions() throws IOException {
    Path bin = Path.of("src/launch/bin");
    for (String name : new String[] {"parley", "parley.cmd"}) {
      assertThat(Files.readString(bin.resolve(name)))
          .contains("java.options", "parley-server.jar", "parley.aot", "PARLEY_JAVA_OPTIONS");
    }
  }

  private static Process bare(Path home, String... words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/parley").toString());
    builder.command().addAll(java.util.List.of(words));
    builder.environment().clear();
    builder.environment().put("PATH", "/nonexistent");
    return builder.redirectErrorStream(true).start();
  }

  private Path unpacked(Path archive) throws Exception {
    Path there = Files.createDirectory(folder.resolve("a place with spaces"));
    Process tar =
        new ProcessBuilder("tar", "xzf", archive.toString(), "-C", there.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tar.waitFor()).as(said).isZero();
    try (Stream<Path> entries = Files.list(there)) {
      return entries.findFirst().orElseThrow();
    }
  }

  private static Optional<Path> archive() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("parley-.*\\.tar\\.gz"))
          .map(Path::toAbsolutePath)
          .findFirst();
    }
  }
}
