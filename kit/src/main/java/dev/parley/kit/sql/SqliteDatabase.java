package dev.parley.kit.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The store in one SQLite file (WAL, synchronous FULL): what {@code ./parley up} uses unless told
 * otherwise. The file's folder must exist, and only one server may use it: the command line holds
 * the folder's lock.
 */
public final class SqliteDatabase implements Database {
  /** Up to this size every page is looked at when the store is opened. */
  private static final long CHECKED_BYTES = 64L * 1024 * 1024;

  private final Path file;
  private final SqliteDialect dialect;
  private final GroupCommitWriter writer;
  private final ThreadedReaders readers;

  private SqliteDatabase(Path file, SqliteDialect dialect, StoreOptions options) {
    this.file = file;
    this.dialect = dialect;
    this.writer = new GroupCommitWriter(dialect, options);
    this.readers = new ThreadedReaders(dialect, options);
  }

  /**
   * Opens the store in {@code file}, making it when there is none, and brings its schema up to
   * date.
   *
   * @throws StoreDamaged when the file is not a sound database
   * @throws SchemaTooNew when a newer program wrote it
   * @throws StoreUnwritable when it cannot be made or written
   */
  public static SqliteDatabase open(Path file, StoreOptions options) {
    SqliteFile.requireHeader(file);
    var dialect = new SqliteDialect(file, options.limits().lockWait());
    try (var session = new Session(dialect.openWriter())) {
      if (Files.size(file) <= CHECKED_BYTES) {
        SqliteFile.requireSound(file, session.connection(), "quick_check");
      }
      new SchemaUpgrade(options.migrations(), options.clock()).run(session, dialect);
      proveWritable(session);
    } catch (SQLException failure) {
      throw SqliteFile.whyNotOpened(file, failure);
    } catch (IOException failure) {
      throw new StoreUnwritable(file + " cannot be read: " + failure, failure);
    }
    var database = new SqliteDatabase(file, dialect, options);
    database.writer.start();
    database.readers.start();
    return database;
  }

  @Override
  public <T extends @Nullable Object> T write(String name, TxWork<T> work) {
    return writer.write(name, work);
  }

  @Override
  public <T extends @Nullable Object> T read(String name, ReadWork<T> work) {
    writer.refuseNested(name);
    return readers.read(name, work);
  }

  @Override
  public Health health() {
    return writer.health();
  }

  @Override
  public void backup(Path target) {
    new SqliteBackup(dialect).write(target);
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
  }

  @Override
  public String toString() {
    return "SQLite store " + file;
  }

  private static void proveWritable(Session session) throws SQLException {
    session.execute("begin immediate");
    session.execute("delete from store_probe");
    session.execute("insert into store_probe(id, filling) values (1, x'00')");
    session.execute("commit");
  }
}
