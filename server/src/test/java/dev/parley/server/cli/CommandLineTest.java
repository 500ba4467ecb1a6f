package dev.parley.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.config.Configuration;
import dev.parley.server.folder.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FakeServers servers = new FakeServers();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "upp                        | there is no command 'upp'       | Did you mean up?",
        "--halp                     | there is no option '--halp'     | ",
        "up --prot 1                | 'up' has no option --prot       | Did you mean --port?",
        "up --scopes chat           | 'up' has no option --scopes     | ",
        "up --port                  | option --port needs a value     | ",
        "up --port 1 --port 2       | 'port' is given twice           | ",
        "up --test-clock=no         | option --test-clock takes no value | ",
        "up now                     | 'up' takes no 'now'             | ",
        "up --set port              | --set takes KEY=VALUE           | ",
        "up --port x                | must be a whole number          | ",
        "up --set prot=1            | unknown configuration key 'prot' | Did you mean 'port'?",
        "keys turn                  | 'keys' takes show or rotate     | ",
        "keys rotate                | needs primary or secondary      | ",
        "keys rotate third          | has a primary and a secondary   | ",
        "resource                   | needs list, create or delete    | ",
        "resource create            | needs a NAME                    | ",
        "resource rename a          | 'resource' takes list           | ",
        "token --minutes soon       | --minutes takes a whole number  | ",
        "backup                     | needs a FILE                    | ",
        "restore                    | needs a backup FILE             | ",
        "help upp                   | there is no command 'upp'       | Did you mean up?",
      })
  void wrongUsageIsNamedAndEndsWith2(String line, String message, String hint) {
    assertThat(run(line.strip().split(" +"))).isEqualTo(2);
    assertThat(err()).contains(message.strip()).contains(hint == null ? "" : hint.strip());
    assertThat(err().lines()).hasSize(2);
    assertThat(out()).isEmpty();
  }

  @Test
  void helpShowsEveryCommandAndFitsATerminal() {
    assertThat(run("--help")).isZero();
    assertThat(CommandTable.COMMANDS)
        .allSatisfy(command -> assertThat(out()).contains("\n  " + command.name() + " "));
    assertThat(out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void helpOfACommandShowsEveryOption() {
    assertThat(run("help", "up")).isZero();
    assertThat(CommandTable.find("up").orElseThrow().options())
        .allSatisfy(option -> assertThat(out()).contains(option.synopsis()));
    String byWord = out();
    out.reset();
    assertThat(run("up", "--port", "1", "--help")).isZero();
    assertThat(out()).isEqualTo(byWord);
  }

  @Test
  void helpShowsEveryConfigurationKey() {
    assertThat(run("help", "configuration")).isZero();
    assertThat(out()).isEqualTo(Configuration.reference());
  }

  @Test
  void versionIsPrinted() {
    assertThat(run("--version")).isZero();
    assertThat(out()).isEqualTo("parley 1.2.3" + System.lineSeparator());
  }

  @Test
  void everyOptionThatSetsAKeySetsOneThatExists() {
    assertThat(CommandTable.COMMANDS.stream().flatMap(command -> command.options().stream()))
        .filteredOn(option -> !option.key().isEmpty())
        .allSatisfy(
            option -> assertThat(Configuration.reference()).contains("\n" + option.key() + " ="));
  }

  @Test
  void takenPortNamesThePortAndTheWayOut() {
    servers.failure = new IllegalStateException("no", new BindException("Address already in use"));
    assertThat(run("up", "--port", "8500")).isEqualTo(9);
    assertThat(err()).contains("port 8500 on 127.0.0.1 is taken", "--port 0");
  }

  @Test
  void foreignAddressIsNamed() {
    servers.failure =
        new IllegalStateException("no", new BindException("Cannot assign requested address"));
    assertThat(run("up")).isEqualTo(9);
    assertThat(err()).contains("this machine has no address 127.0.0.1");
  }

  @Test
  void failedStartGivesTheFolderFree() {
    servers.failure = new IllegalStateException("no", new BindException("Address already in use"));
    run("up");
    DataFolder.open(folder.resolve(".parley")).close();
  }

  @Test
  void commandsWorkOnTheFolderWhenNoServerRuns() {
    DataFolder.open(folder.resolve(".parley")).close();
    assertThat(run("token", "--scopes", "chat, voip", "--minutes", "90")).isZero();
    assertThat(servers.asked)
        .containsExactly(
            new Administration.TokenRequest("", Optional.empty(), List.of("chat", "voip"), 90));
    assertThat(out()).contains("8:acs:user", "a.b.c", "2026-11-24T00:00:00Z");
  }

  @Test
  void commandsWithoutFolderSaySo() {
    assertThat(run("keys")).isEqualTo(2);
    assertThat(err()).contains("there is no Parley data in " + folder.resolve(".parley"));
  }

  @Test
  void restoreNeverOverwrites() throws IOException {
    Path backup = Files.writeString(folder.resolve("backup"), "");
    DataFolder.open(folder.resolve(".parley")).close();
    assertThat(run("restore", "backup")).isEqualTo(2);
    assertThat(err()).contains("'restore' fills a new data folder");
    assertThat(run("restore", "backup", "--data", "new")).isZero();
    assertThat(servers.restored).containsExactly(backup);
  }

  @Test
  void restoreFromNothingIsNamed() {
    assertThat(run("restore", "none")).isEqualTo(2);
    assertThat(err()).contains("cannot read " + folder.resolve("none"));
    assertThat(folder.resolve(".parley")).doesNotExist();
  }

  private int run(String... words) {
    Console console = new Console(print(out), print(err), Map.of(), folder, "1.2.3");
    return new CommandLine(console, servers).run(List.of(words));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Services that remember what they were asked. */
  private static final class FakeServers implements Servers {
    private RuntimeException failure = new IllegalStateException("this fake starts nothing");
    private final List<Administration.TokenRequest> asked = new ArrayList<>();
    private final List<Path> restored = new ArrayList<>();

    @Override
    public Started start(Configuration configuration, DataFolder held) {
      throw failure;
    }

    @Override
    public Administration open(Configuration configuration, DataFolder held) {
      return new FakeAdministration(asked);
    }

    @Override
    public void restore(Path backup, Configuration configuration, DataFolder held) {
      restored.add(backup);
    }
  }

  private record FakeAdministration(List<Administration.TokenRequest> asked)
      implements Administration {
    @Override
    public IssuedToken issueToken(TokenRequest request) {
      asked.add(request);
      return new IssuedToken("8:acs:user", "a.b.c", "2026-11-24T00:00:00Z");
    }

    @Override
    public List<ResourceView> resources() {
      return List.of();
    }

    @Override
    public ResourceView createResource(String name) {
      return new ResourceView(name, "id", "https://localhost/", false);
    }

    @Override
    public void deleteResource(String name) {}

    @Override
    public List<KeyView> keys(String resource) {
      return List.of();
    }

    @Override
    public KeyView rotateKey(String resource, String key) {
      return new KeyView(key, "endpoint=", "2026-11-24T00:00:00Z", Optional.empty());
    }

    @Override
    public void backup(Path file) {}

    @Override
    public void close() {}
  }
}
