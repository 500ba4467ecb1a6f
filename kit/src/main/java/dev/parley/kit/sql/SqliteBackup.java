package dev.parley.kit.sql;

import dev.parley.kit.base.Clock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Copies of a store: made while it runs, put back while it does not. */
public final class SqliteBackup {
  private static final List<String> COMPANIONS = List.of("", "-wal", "-shm");

  private final SqliteDialect dialect;

  SqliteBackup(SqliteDialect dialect) {
    this.dialect = dialect;
  }

  /** Writes a consistent copy; writers go on meanwhile. */
  void write(Path target) {
    if (Files.exists(target)) {
      throw new BackupRefused(target + " exists already; a backup never overwrites a file");
    }
    Path part = sibling(target, ".part");
    onPlatformThread(() -> {
      Files.deleteIfExists(part);
      try (Connection connection = dialect.openPlain();
          PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
        copy.setString(1, part.toAbsolutePath().toString());
        copy.execute();
      }
      sync(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      syncFolderOf(target);
    });
  }

  /**
   * Replaces the store in {@code database}, which no process may have open, by {@code backup}, and
   * gives the path where the old store was put aside (its {@code -wal} file beside it, under the
   * same new name). Nothing is touched before the backup has proved sound and not newer than the
   * program.
   *
   * @param migrations all that this program knows
   * @throws StoreDamaged when the backup is not a sound database
   * @throws SchemaTooNew when a newer program made it
   * @throws BackupRefused when files cannot be read or written
   */
  public static Path restore(Path backup, Path database, List<Migrations> migrations, Clock clock) {
    if (!Files.isRegularFile(backup)) {
      throw new BackupRefused("there is no backup file " + backup);
    }
    Path fresh = sibling(database, ".restoring");
    Path aside = sibling(database, ".before-restore-" + clock.now().toEpochMilli());
    onPlatformThread(() -> {
      Files.copy(backup, fresh, StandardCopyOption.REPLACE_EXISTING);
      try {
        requireRestorable(fresh, migrations, clock);
        sync(fresh);
        putAside(database, aside);
        Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
        syncFolderOf(database);
      } finally {
        for (String companion : COMPANIONS) {
          Files.deleteIfExists(sibling(fresh, companion));
        }
      }
    });
    return aside;
  }

  private static void requireRestorable(Path file, List<Migrations> migrations, Clock clock) {
    SqliteFile.requireHeader(file);
    var dialect = new SqliteDialect(file, Duration.ofSeconds(1));
    try (var session = new Session(dialect.openPlain())) {
      SqliteFile.requireSound(file, session.connection(), "integrity_check");
      var applied = SchemaUpgrade.applied(session);
      if (applied.isEmpty()) {
        throw new BackupRefused("the file is a database, but not a backup of Parley");
      }
      var unused = new SchemaUpgrade(migrations, clock).missing(applied);
    } catch (SQLException failure) {
      throw SqliteFile.whyNotOpened(file, failure);
    }
  }

  private static void putAside(Path database, Path aside) throws IOException {
    for (String companion : COMPANIONS) {
      Path file = sibling(database, companion);
      if (Files.exists(file)) {
        Files.move(file, sibling(aside, companion), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static Path sibling(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** A rename is durable only when its folder is; Windows cannot open folders and need not. */
  private static void syncFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && java.io.File.separatorChar == '/') {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** SQLite never runs on a virtual thread. */
  private static void onPlatformThread(Step step) {
    var failure = new java.util.concurrent.atomic.AtomicReference<Exception>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("parley-store-backup")
            .start(() -> {
              try {
                step.run();
              } catch (IOException | SQLException | RuntimeException problem) {
                failure.set(problem);
              }
            });
    try {
      thread.join();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new BackupRefused("interrupted");
    }
    switch (failure.get()) {
      case null -> {}
      case RuntimeException unchecked -> throw unchecked;
      case Exception problem -> throw new BackupRefused(String.valueOf(problem), problem);
    }
  }

  private interface Step {
    void run() throws IOException, SQLException;
  }
}
