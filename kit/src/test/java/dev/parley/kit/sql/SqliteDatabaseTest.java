package dev.parley.kit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest extends DatabaseContract {
  private static final String BIG = "x".repeat(1_000_000);

  @TempDir private Path folder;

  @Override
  Database openStore(StoreOptions options) {
    return SqliteDatabase.open(file(), options);
  }

  private Path file() {
    return folder.resolve("parley.db");
  }

  @Test
  void fullDiskFailsWithoutLossAndHealsByItself() {
    Database database = open();
    insert(database, 1);
    pageLimit(database, 0);
    assertThatThrownBy(() ->
            database.write("t", tx -> tx.update("insert into note(id, big) values (2, ?)", BIG)))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(database.health().writable()).isFalse();
    assertThat(notes(database)).containsExactly(1L);
    pageLimit(database, 1_000_000);
    clock.advance(StoreLimits.DEFAULTS.probeEvery());
    observer.awaitWritable(true);
    insert(database, 3);
    assertThat(notes(database)).containsExactly(1L, 3L);
  }

  @Test
  void fullDiskFailsOnlyTheCallerThatNeedsRoom() throws Exception {
    Database database = open();
    pageLimit(database, 0);
    var blocked = new Blocked(database);
    var big = writeLater(database, tx -> tx.update("insert into note(id, big) values (2, ?)", BIG));
    observer.awaitQueued(3);
    var after = insertLater(database, 3);
    observer.awaitQueued(4);
    blocked.release();
    assertThatThrownBy(big::get).hasCauseInstanceOf(StoreUnavailable.class);
    assertThat(blocked.get()).isEqualTo(1);
    assertThat(after.get()).isEqualTo(1);
    assertThat(notes(database)).containsExactly(0L, 3L);
  }

  @Test
  void storeThatBecameReadOnlyAnswersAndHeals() {
    Database database = open();
    assertThatThrownBy(() ->
            database.write(
                "t",
                tx -> {
                  tx.update("pragma query_only = 1");
                  return tx.update("insert into note(id) values (1)");
                }))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(database.health().writable()).isFalse();
    assertThatThrownBy(() -> insert(database, 1)).isInstanceOf(StoreUnavailable.class);
    clock.advance(StoreLimits.DEFAULTS.probeEvery());
    observer.awaitWritable(true);
    insert(database, 2);
    assertThat(notes(database)).containsExactly(2L);
  }

  @Test
  void placeThatCannotBeWrittenIsNamed() throws IOException {
    Path notAFolder = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> SqliteDatabase.open(notAFolder.resolve("parley.db"), options()))
        .isInstanceOf(StoreUnwritable.class)
        .hasMessageContaining("parley.db");
    assertThatThrownBy(() -> SqliteDatabase.open(folder.resolve("no/parley.db"), options()))
        .isInstanceOf(StoreUnwritable.class);
  }

  @Test
  void fileThatIsNoDatabaseIsDamaged() throws IOException {
    Files.writeString(file(), "this is certainly not a database");
    assertThatThrownBy(this::open).isInstanceOf(StoreDamaged.class);
  }

  @Test
  void damagedPagesAreNoticed() throws IOException {
    Database database = open();
    int rows =
        database.write(
            "t",
            tx ->
                tx.update(
                    "insert into note(id) with recursive c(n) as"
                        + " (select 1 union all select n + 1 from c where n < 2000)"
                        + " select n from c"));
    assertThat(rows).isEqualTo(2000);
    database.close();
    byte[] bytes = Files.readAllBytes(file());
    byte[] noise = "noise".repeat(4000).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(noise, 0, bytes, bytes.length / 2, noise.length);
    Files.write(file(), bytes);
    assertThatThrownBy(this::open).isInstanceOf(StoreDamaged.class);
  }

  @Test
  void truncatedFileIsNoticed() throws IOException {
    open().close();
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(this::open).isInstanceOf(StoreDamaged.class);
  }

  /** The file cannot grow over {@code pages} (or its size, if larger): a disk that is full. */
  private static void pageLimit(Database database, int pages) {
    long limit =
        database.write(
            "test.pageLimit",
            tx ->
                tx.first("pragma max_page_count = " + Math.max(1, pages), row -> row.number(1))
                    .orElseThrow());
    assertThat(limit).isPositive();
  }
}
