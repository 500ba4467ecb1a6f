package dev.parley.conformance.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Node with the packages of {@code package-lock.json}. */
final class NodeToolchain implements ForeignSuite.Toolchain {

  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

  private final Path folder = ForeignSuite.conformanceFolder().resolve("javascript");

  /** The folder with the installed packages. */
  Path packages() {
    return folder.resolve("node_modules");
  }

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
