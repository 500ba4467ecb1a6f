package dev.parley.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  @TempDir Path folder;

  @Test
  void everyKeyOfTheReferenceFileIsReadAndTheReverse() {
    Settings settings = new Layers(Layers.reference(), Map.of()).settings();
    Configuration.of(settings, folder);
    assertThat(settings.unread()).as("keys nobody reads").isEmpty();
  }

  @Test
  void everyKeyOfTheReferenceFileIsExplained() {
    List<String> lines = Layers.reference();
    for (int line = 1; line < lines.size(); line++) {
      if (lines.get(line).contains(" =") && !lines.get(line).startsWith("#")) {
        assertThat(lines.get(line - 1)).as("above " + lines.get(line)).isNotBlank();
      }
    }
  }

  @Test
  void developmentOnLoopbackIsTheDefault() {
    Configuration configuration = load(Map.of(), Map.of());
    assertThat(configuration.mode()).isEqualTo(Configuration.Mode.DEVELOPMENT);
    assertThat(configuration.network().bind().isLoopbackAddress()).isTrue();
    assertThat(configuration.network().port()).isEqualTo(8443);
    assertThat(configuration.data()).isEqualTo(folder.resolve(".parley"));
    assertThat(configuration.testClock()).isFalse();
    assertThat(configuration.database()).isEmpty();
  }

  @Test
  void mediaComeToTheAddressOfTheServerUnlessToldOtherwise() {
    Configuration.Media media = load(Map.of(), Map.of("bind", "127.0.0.2")).media();
    assertThat(media.bind().getHostAddress()).isEqualTo("127.0.0.2");
    assertThat(media.port()).isZero();
    assertThat(media.announced()).isEmpty();
    assertThat(media.tcp() && media.udp()).isTrue();
    Configuration.Media other = load(Map.of(), Map.of("media.bind", "127.0.0.3")).media();
    assertThat(other.bind().getHostAddress()).isEqualTo("127.0.0.3");
  }

  @Test
  void announcedAddressesAreNumbersWithOrWithoutAPort() {
    List<Configuration.Announced> announced =
        load(Map.of(), Map.of("media.announce", "203.0.113.7, [2001:db8::7]:10000"))
            .media()
            .announced();
    assertThat(announced)
        .extracting(each -> each.address().getHostAddress() + " " + each.port())
        .containsExactly("203.0.113.7 0", "2001:db8:0:0:0:0:0:7 10000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"media.example", "203.0.113.7:99999", "203.0.113.7,", "1.2.3.4.5", "2001:db8::7"})
  void announcedAddressThatIsNoneStopsTheStart(String text) {
    assertThat(problem(() -> load(Map.of(), Map.of("media.announce", text))))
        .isInstanceOf(Problem.WrongValue.class);
  }

  @Test
  void mediaNeedAWay() {
    assertThat(problem(() -> load(Map.of(), Map.of("media.udp", "false", "media.tcp", "false"))))
        .isInstanceOf(Problem.WrongValue.class);
  }

  @Test
  void optionsWinOverEnvironmentOverFileOverDefaults() throws IOException {
    Path file = write("port = 1\nlog.level = warn\ndata = from-file\n");
    Configuration configuration =
        Configuration.load(
            folder,
            Optional.of(file),
            Map.of("PARLEY_PORT", "2", "PARLEY_LOG_LEVEL", "debug"),
            Map.of("port", "3"));
    assertThat(configuration.network().port()).isEqualTo(3);
    assertThat(configuration.log().level()).isEqualTo(Configuration.Log.Level.DEBUG);
    assertThat(configuration.data()).isEqualTo(folder.resolve("from-file"));
  }

  @Test
  void unknownKeyOfAFileNamesLineAndNearest() throws IOException {
    Path file = write("# comment\npubilc-url = https://a\n");
    assertThat(problem(() -> load(file)))
        .isEqualTo(
            new Problem.UnknownKey(
                "pubilc-url", "parley.properties line 2", Optional.of("public-url")));
  }

  @Test
  void unknownVariableStopsTheStart() {
    assertThat(problem(() -> load(Map.of("PARLEY_PROT", "1"), Map.of())))
        .isEqualTo(
            new Problem.UnknownKey("PARLEY_PROT", "environment", Optional.of("PARLEY_PORT")));
  }

  @Test
  void variablesOfKubernetesAndOfOurScriptsAreNoConfiguration() {
    load(
        Map.of(
            "PARLEY_PORT", "tcp://10.0.0.1:8443",
            "PARLEY_PORT_8443_TCP_ADDR", "10.0.0.1",
            "PARLEY_SERVICE_HOST", "10.0.0.1",
            "PARLEY_ENDPOINT", "https://localhost:8443/",
            "PARLEY_TESTS_REQUIRED", "1"),
        Map.of());
  }

  @Test
  void unknownOptionKeyStopsTheStart() {
    assertThat(problem(() -> load(Map.of(), Map.of("log.levle", "info"))))
        .isEqualTo(new Problem.UnknownKey("log.levle", "--log.levle", Optional.of("log.level")));
  }

  @Test
  void removedKeyNamesItsReplacement() {
    Layers layers = new Layers(List.of("new.key = 1"), Map.of("old.key", "new.key"));
    assertThat(problem(() -> layers.environment(Map.of("PARLEY_OLD_KEY", "1"))))
        .isEqualTo(new Problem.RemovedKey("old.key", "PARLEY_OLD_KEY", "new.key"));
  }

  @ParameterizedTest
  @CsvSource({
    "port,70000",
    "port,many",
    "port,-1",
    "test-clock,yes",
    "log.level,loud",
    "mode,prod",
    "public-url,http://a.example",
    "public-url,https://a.example/path",
    "public-url,https://u:p@a.example",
    "public-url,not a url",
    "database,postgres://a/b",
    "bind,no such host at all",
    "certificate,only-one.pem",
    "key,only-one.pem",
    "relay.urls,turn:without.secret.example",
    "relay.secret,without urls",
  })
  void valueThatDoesNotFitIsRefused(String key, String value) {
    assertThat(problem(() -> load(Map.of(), Map.of(key, value))))
        .isInstanceOf(Problem.WrongValue.class);
  }

  @Test
  void relayIsReadAndItsSecretDoesNotShow() {
    String urls = "turn:a.example:3478?transport=udp, turns:[::1]:5349 ,stun:b.example";
    Configuration configuration =
        load(Map.of("PARLEY_RELAY_SECRET", "hidden"), Map.of("relay.urls", urls));
    assertThat(configuration.relay())
        .hasValueSatisfying(relay -> {
          assertThat(relay.urls())
              .containsExactly(
                  "turn:a.example:3478?transport=udp", "turns:[::1]:5349", "stun:b.example");
          assertThat(relay.secret().reveal()).isEqualTo("hidden");
        });
    assertThat(configuration.toString()).doesNotContain("hidden");
    assertThat(load(Map.of(), Map.of()).relay()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "turn.example.com:3478",
        "https://turn.example.com",
        "turn://turn.example.com",
        "turn:a.example,,turn:b.example",
        "turn:a.example?transport=sctp",
        "stun:only.example"
      })
  void relayUrlThatDoesNotFitIsRefused(String urls) {
    assertThat(problem(() -> load(Map.of("PARLEY_RELAY_SECRET", "s"), Map.of("relay.urls", urls))))
        .isInstanceOf(Problem.WrongValue.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"port", "= 1", "port = 1\nport = 2"})
  void malformedFileIsRefused(String text) throws IOException {
    Path file = write(text);
    assertThat(problem(() -> load(file))).isInstanceOf(Problem.WrongValue.class);
  }

  @Test
  void missingFileIsNamed() {
    assertThat(problem(() -> load(folder.resolve("none"))))
        .isEqualTo(new Problem.UnreadableFile(folder.resolve("none"), "there is no such file"));
  }

  @Test
  void openAddressNeedsPublicUrlAndCertificate() {
    assertThat(problem(() -> load(Map.of(), Map.of("bind", "0.0.0.0"))))
        .isInstanceOfSatisfying(
            Problem.UnsafeConfiguration.class,
            refusal ->
                assertThat(refusal.message()).contains("--public-url", "--certificate and --key"));
  }

  @Test
  void openAddressWithBothIsProduction() {
    Configuration configuration = load(Map.of(), production());
    assertThat(configuration.mode()).isEqualTo(Configuration.Mode.PRODUCTION);
    assertThat(configuration.network().publicUrl()).contains(URI.create("https://p.example/"));
  }

  @Test
  void productionRefusesTheTestClock() {
    Map<String, String> options = new java.util.HashMap<>(production());
    options.put("test-clock", "true");
    assertThat(problem(() -> load(Map.of(), options)))
        .isInstanceOf(Problem.UnsafeConfiguration.class);
  }

  @Test
  void developmentModeStaysOnLoopback() {
    Map<String, String> options = new java.util.HashMap<>(production());
    options.put("mode", "development");
    assertThat(problem(() -> load(Map.of(), options)))
        .isInstanceOf(Problem.UnsafeConfiguration.class);
  }

  @Test
  void passwordNeverPrints() {
    Configuration configuration =
        load(
            Map.of("PARLEY_DATABASE_PASSWORD", "hunter2"),
            Map.of("database", "jdbc:postgresql://db/parley"));
    assertThat(configuration.toString()).doesNotContain("hunter2").contains("[redacted]");
  }

  @ParameterizedTest
  @CsvSource({"250ms,PT0.25S", "30s,PT30S", "15m,PT15M", "12h,PT12H", "7d,PT168H"})
  void readsDurations(String text, Duration expected) {
    assertThat(setting(text).duration("a")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"512B,512", "64KiB,65536", "8MiB,8388608", "2GiB,2147483648"})
  void readsSizes(String text, long expected) {
    assertThat(setting(text).bytes("a")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "-1s", "1 s", "s", "99999999999s"})
  void refusesWhatIsNoDurationOrSize(String text) {
    assertThat(problem(() -> setting(text).duration("a"))).isInstanceOf(Problem.WrongValue.class);
    assertThat(problem(() -> setting(text).bytes("a"))).isInstanceOf(Problem.WrongValue.class);
  }

  @Test
  void keyThatTheReferenceFileLacksIsOurBug() {
    assertThatThrownBy(() -> setting("1").text("b")).isInstanceOf(IllegalStateException.class);
  }

  private static Settings setting(String text) {
    return new Settings(Map.of("a", new Settings.Sourced(text, "test")));
  }

  private static Map<String, String> production() {
    return Map.of(
        "bind", "0.0.0.0",
        "public-url", "https://p.example",
        "certificate", "chain.pem",
        "key", "key.pem");
  }

  private Configuration load(Map<String, String> environment, Map<String, String> options) {
    return Configuration.load(folder, Optional.empty(), environment, options);
  }

  private Configuration load(Path file) {
    return Configuration.load(folder, Optional.of(file), Map.of(), Map.of());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("parley.properties"), text);
  }

  static Problem problem(ThrowingCallable call) {
    try {
      call.call();
    } catch (Stopped stopped) {
      return stopped.problem();
    } catch (Throwable other) {
      throw new AssertionError(other);
    }
    throw new AssertionError("nothing was refused");
  }
}
