package dev.parley.media.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium of its own profile, with fake camera and microphone. */
final class Chromium implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private final Process process;
  private final Path profile;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Page> pages = new ArrayList<>();

  private Chromium(Process process, Path profile, int port) {
    this.process = process;
    this.profile = profile;
    this.port = port;
  }

  /**
   * Starts a browser. Without one the test is skipped by name, or fails when tests are required.
   */
  static Chromium start() {
    Optional<Path> binary = find();
    if (binary.isEmpty()) {
      String missing = "no Chromium: set PARLEY_CHROMIUM or install one";
      if ("1".equals(System.getenv("PARLEY_TESTS_REQUIRED"))) {
        throw new AssertionError(missing);
      }
      Assumptions.abort(missing);
    }
    try {
      return launch(binary.get());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Optional<Path> find() {
    String named = System.getenv("PARLEY_CHROMIUM");
    return Stream.concat(Stream.ofNullable(named), PLACES.stream())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Chromium launch(Path binary) throws IOException {
    Path profile = Files.createTempDirectory("parley-chromium");
    List<String> command =
        List.of(
            binary.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--autoplay-policy=no-user-gesture-required",
            "--allow-loopback-in-peer-connection",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--disable-background-timer-throttling",
            "--disable-renderer-backgrounding",
            "--disable-backgrounding-occluded-windows",
            "--user-data-dir=" + profile,
            "--remote-debugging-port=0",
            "about:blank");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    return new Chromium(process, profile, awaitPort(process, profile));
  }

  private static int awaitPort(Process process, Path profile) throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > 1) {
          return Integer.parseInt(lines.getFirst().trim());
        }
      }
      pause();
    }
    process.destroyForcibly();
    throw new IOException("Chromium did not start");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Opens a page in a tab of its own. */
  Page open(URI url) {
    try {
      URI create = URI.create("http://127.0.0.1:" + port + "/json/new?" + url);
      HttpRequest request =
          HttpRequest.newBuilder(create).PUT(HttpRequest.BodyPublishers.noBody()).build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode target = JsonMapper.shared().readTree(response.body());
      Page page = new Page(http, URI.create(target.path("webSocketDebuggerUrl").asString()));
      pages.add(page);
      return page;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    pages.forEach(Page::close);
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      deleteProfile();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deleteProfile() {
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException | UncheckedIOException stillWritten) {
      // A helper process may outlive the browser by a moment; the folder is in the temporary one.
      profile.toFile().deleteOnExit();
    }
  }
}
