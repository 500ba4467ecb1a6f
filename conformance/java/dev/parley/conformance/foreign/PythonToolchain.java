package dev.parley.conformance.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A virtual environment in the build folder with the packages of {@code requirements.txt}. */
final class PythonToolchain implements ForeignSuite.Toolchain {

  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

  private final Path folder = ForeignSuite.conformanceFolder().resolve("python");
  private final Path target = folder.resolveSibling("target");
  private final Path environment = target.resolve("python");

  @Override
  public Optional<String> missing() {
    return new Tool("python3").find().isPresent()
        ? Optional.empty()
        : Optional.of("python3 is not on the PATH");
  }

  @Override
  public void install() throws IOException, InterruptedException {
    Path lock = folder.resolve("requirements.txt");
    InstalledStamp installed = new InstalledStamp(environment.resolve(".parley-installed"), lock);
    if (installed.isFresh()) {
      return;
    }
    System.out.println("python: pip install, once for this requirements.txt");
    run("python3", "-m", "venv", "--clear", environment.toString());
    run(
        program("pip"),
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--requirement",
        lock.toString());
    installed.write();
  }

  @Override
  public List<String> testCommand() {
    return List.of(program("python"), "-m", "pytest", "--quiet");
  }

  /** A program of the environment. */
  String program(String name) {
    Path unix = environment.resolve("bin/" + name);
    return (Files.exists(unix) ? unix : environment.resolve("Scripts/" + name + ".exe")).toString();
  }

  private void run(String... command) throws IOException, InterruptedException {
    Path log = target.resolve("foreign/pip.log");
    BoundedProcess.run(List.of(command), folder, Map.of(), log, INSTALL_LIMIT);
  }
}
