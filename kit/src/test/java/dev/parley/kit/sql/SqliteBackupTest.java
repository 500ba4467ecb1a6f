package dev.parley.kit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.bus.InMemoryBus;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.SqlJournal;
import dev.parley.kit.test.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupTest {
  private static final List<Migrations> KNOWN = List.of(Migrations.KIT);

  private final FakeClock clock = new FakeClock();
  private final StoreOptions options = StoreOptions.with(clock);
  @TempDir private Path folder;

  @Test
  void backupMadeWhileOpenIsRestoredAndTheOldStoreIsPutAside() throws IOException {
    Path file = folder.resolve("parley.db");
    Path backup = folder.resolve("backup.db");
    try (var database = SqliteDatabase.open(file, options)) {
      append(database);
      database.backup(backup);
      append(database);
    }
    Path aside = SqliteBackup.restore(backup, file, KNOWN, clock);
    assertThat(headOf(file)).isEqualTo(1);
    assertThat(headOf(aside)).isEqualTo(2);
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.contains("restoring") || name.endsWith(".part"));
    }
  }

  @Test
  void backupNeverOverwrites() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "mine");
    try (var database = SqliteDatabase.open(folder.resolve("parley.db"), options)) {
      assertThatThrownBy(() -> database.backup(taken)).isInstanceOf(BackupRefused.class);
      assertThatThrownBy(() -> database.backup(folder.resolve("no/such/folder/file")))
          .isInstanceOf(BackupRefused.class);
    }
    assertThat(taken).hasContent("mine");
  }

  @Test
  void whatIsNoBackupIsRefusedAndTheStoreStays() throws IOException {
    Path file = folder.resolve("parley.db");
    try (var database = SqliteDatabase.open(file, options)) {
      append(database);
    }
    Path text = Files.writeString(folder.resolve("text"), "this is not a database at all");
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThatThrownBy(() -> SqliteBackup.restore(text, file, KNOWN, clock))
        .isInstanceOf(StoreDamaged.class);
    assertThatThrownBy(() -> SqliteBackup.restore(empty, file, KNOWN, clock))
        .isInstanceOf(BackupRefused.class);
    assertThatThrownBy(() -> SqliteBackup.restore(folder.resolve("none"), file, KNOWN, clock))
        .isInstanceOf(BackupRefused.class);
    assertThat(headOf(file)).isEqualTo(1);
  }

  @Test
  void damagedBackupIsRefused() throws IOException {
    Path file = folder.resolve("parley.db");
    Path backup = folder.resolve("backup.db");
    try (var database = SqliteDatabase.open(file, options)) {
      append(database);
      database.backup(backup);
    }
    byte[] bytes = Files.readAllBytes(backup);
    byte[] noise = "noise".repeat(2000).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(noise, 0, bytes, 5000, noise.length);
    Files.write(backup, bytes);
    assertThatThrownBy(() -> SqliteBackup.restore(backup, file, KNOWN, clock))
        .isInstanceOf(StoreDamaged.class);
    assertThat(headOf(file)).isEqualTo(1);
  }

  @Test
  void backupOfANewerProgramIsRefused() {
    Path file = folder.resolve("parley.db");
    Path backup = folder.resolve("backup.db");
    try (var database = SqliteDatabase.open(file, options)) {
      database.backup(backup);
    }
    assertThatThrownBy(() -> SqliteBackup.restore(backup, file, List.of(), clock))
        .isInstanceOf(SchemaTooNew.class);
  }

  private void append(Database database) {
    var journal = new SqlJournal(database, new InMemoryBus());
    var resource = new ResourceId(new UUID(1, 2));
    long unused =
        database.write(
            "test.append",
            tx -> journal.append(tx, new Fact(resource, "test.fact", "s", clock.now(), "{}")));
  }

  private long headOf(Path file) {
    try (var database = SqliteDatabase.open(file, options)) {
      return new SqlJournal(database, new InMemoryBus()).head();
    }
  }
}
