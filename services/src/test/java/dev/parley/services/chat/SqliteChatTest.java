package dev.parley.services.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.SqliteDatabase;
import dev.parley.kit.sql.StoreOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteChatTest extends ChatContract {
  private static final String KEPT = "the kept word";
  private static final String SECRET = "the secret word";

  @TempDir private Path folder;

  @Override
  Database openStore(StoreOptions options) {
    return SqliteDatabase.open(folder.resolve("parley.db"), options);
  }

  /** Small content lies between other rows of a page, large content on pages of its own. */
  @Test
  void contentThatIsGoneLeavesTheFileToo() throws IOException {
    String large = (SECRET + " ").repeat(1000);
    ThreadId stays = create(null, BOB).thread().id();
    ThreadId ends = create(30, BOB).thread().id();
    for (String content : new String[] {SECRET, large}) {
      send(stays, ANN, KEPT);
      messages().delete(stays, ANN, send(stays, ANN, content).id());
      Message edited = send(stays, ANN, content);
      Map<String, java.util.Optional<String>> same = Map.of();
      messages().update(stays, ANN, edited.id(), new MessageService.Change("edited", same));
      Message left = send(ends, ANN, content);
      receipts().send(ends, BOB, left.id());
    }
    clock.advance(Duration.ofDays(31));
    threads().deleteEnded();
    close();

    try (Stream<Path> files = Files.walk(folder)) {
      String bytes =
          files.filter(Files::isRegularFile).map(SqliteChatTest::bytes).reduce("", String::concat);
      assertThat(bytes.contains(KEPT)).as("what is kept is found").isTrue();
      assertThat(bytes.contains(SECRET)).as("what is gone is found").isFalse();
    }
  }

  private static String bytes(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
