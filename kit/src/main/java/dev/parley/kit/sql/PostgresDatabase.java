package dev.parley.kit.sql;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The store in PostgreSQL (or a database that speaks its protocol and SQL), for several processes.
 * Writers of one process commit in groups over one connection; a row lock at the start of each
 * group orders the processes.
 */
public final class PostgresDatabase implements Database {
  private final PostgresSettings settings;
  private final GroupCommitWriter writer;
  private final PooledReaders readers;

  private PostgresDatabase(
      PostgresSettings settings, PostgresDialect dialect, StoreOptions options) {
    this.settings = settings;
    this.writer = new GroupCommitWriter(dialect, options);
    this.readers = new PooledReaders(dialect, settings, options);
  }

  /**
   * Connects and brings the schema up to date; the database itself must exist.
   *
   * @throws SchemaTooNew when a newer program wrote it
   * @throws StoreUnwritable when it cannot be reached or written
   */
  public static PostgresDatabase open(PostgresSettings settings, StoreOptions options) {
    var dialect = new PostgresDialect(settings, options.limits());
    try (var session = new Session(dialect.openWriter())) {
      new SchemaUpgrade(options.migrations(), options.clock()).run(session, dialect);
    } catch (SQLException failure) {
      throw new StoreUnwritable(
          "the database " + settings.url() + " cannot be used: " + failure.getMessage(), failure);
    }
    var database = new PostgresDatabase(settings, dialect, options);
    database.writer.start();
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

  /** Always refuses: PostgreSQL's own tools do this better than a program in front of it. */
  @Override
  public void backup(Path target) {
    throw new BackupRefused(
        "this store is in PostgreSQL: back it up with pg_dump (or pg_basebackup), and put it back"
            + " with pg_restore");
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
  }

  @Override
  public String toString() {
    return "PostgreSQL store " + settings.url();
  }
}
