import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs the SDK's npm steps from Maven, in the folder of the pom: {@code java NodeSteps.java build}
 * or {@code test}. With {@code build-if-possible} a build that fails, for example without a network,
 * is told and passed over. Without Node the step is skipped by name; with {@code PARLEY_TESTS_REQUIRED=1}
 * that is a failure. Packages are installed once for each lock file.
 */
public final class NodeSteps {
  private static final Path FOLDER = Path.of("").toAbsolutePath();
  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

  private static boolean mayFail;

  private NodeSteps() {}

  public static void main(String[] steps) throws Exception {
    Optional<String> missing = Stream.of("node", "npm").filter(NodeSteps::isMissing).findFirst();
    if (missing.isPresent()) {
      System.out.println("the web SDK is skipped: " + missing.get() + " is not on the PATH");
      System.exit("1".equals(System.getenv("PARLEY_TESTS_REQUIRED")) ? 1 : 0);
    }
    switch (steps[0]) {
      case "build" -> build();
      case "build-if-possible" -> {
        mayFail = true;
        build();
      }
      case "test" -> test();
      default -> throw new IllegalArgumentException("no such step: " + steps[0]);
    }
  }

  private static void build() throws Exception {
    install(FOLDER);
    if (isBuilt()) {
      return;
    }
    npm(FOLDER, "run", "build", "--silent");
  }

  private static void test() throws Exception {
    npm(FOLDER, "run", "check", "--silent");
    npm(FOLDER, "test", "--silent");
    Path types = FOLDER.resolve("typecheck");
    install(types);
    npm(types, "test", "--silent");
    for (Path recipe : recipes()) {
      install(recipe);
      npm(recipe, "test", "--silent");
    }
  }

  private static List<Path> recipes() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER.resolve("recipes"))) {
      return folders.filter(each -> Files.exists(each.resolve("package.json"))).sorted().toList();
    }
  }

  /** Whether the last build is newer than every source, so that a start of the server is quick. */
  private static boolean isBuilt() throws IOException {
    Path built = FOLDER.resolve("dist/parley-calling-effects.tgz");
    if (!Files.exists(built)) {
      return false;
    }
    Stream<String> sources = Stream.of("package.json", "build.mjs", "README.md", "tsconfig.json");
    try (Stream<Path> own = Files.walk(FOLDER.resolve("src"));
        Stream<Path> effects = Files.walk(FOLDER.resolve("effects/src"))) {
      return Stream.of(sources.map(FOLDER::resolve), own, effects)
          .flatMap(each -> each)
          .allMatch(source -> modified(source) <= modified(built));
    }
  }

  private static void install(Path folder) throws Exception {
    Path stamp = folder.resolve("node_modules/.parley-installed");
    Path lock = folder.resolve("package-lock.json");
    if (Files.exists(stamp) && Files.readString(stamp).equals(Files.readString(lock))) {
      return;
    }
    System.out.println("npm ci, once for this lock file: " + folder);
    npm(folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent");
    Files.writeString(stamp, Files.readString(lock));
  }

  private static void npm(Path folder, String... words) throws Exception {
    String npm = WINDOWS ? "npm.cmd" : "npm";
    List<String> command = Stream.concat(Stream.of(npm), Stream.of(words)).toList();
    int code = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
    if (code != 0) {
      System.err.println(folder + ": " + String.join(" ", command) + " ended with " + code);
      System.exit(mayFail ? 0 : 1);
    }
  }

  private static boolean isMissing(String name) {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
        .flatMap(each -> Stream.of(name, name + ".exe", name + ".cmd").map(Path.of(each)::resolve))
        .noneMatch(Files::isExecutable);
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
