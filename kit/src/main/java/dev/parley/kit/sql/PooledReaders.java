package dev.parley.kit.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.kit.base.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Readers on the callers' own (virtual) threads over a pool of connections. Each read is one
 * read-only transaction on one snapshot; the server ends statements over the limit.
 */
final class PooledReaders implements Readers {
  private final PostgresDialect dialect;
  private final StoreLimits limits;
  private final StoreListener listener;
  private final Clock clock;
  private final HikariDataSource pool;

  PooledReaders(PostgresDialect dialect, PostgresSettings settings, StoreOptions options) {
    this.dialect = dialect;
    this.limits = options.limits();
    this.listener = options.listener();
    this.clock = options.clock();
    this.pool = new HikariDataSource(configuration(dialect, settings, limits));
  }

  @Override
  public <T extends @Nullable Object> T read(String name, Database.ReadWork<T> work) {
    try (Connection connection = pool.getConnection()) {
      return readOn(connection, name, work);
    } catch (SQLException failure) {
      throw new StoreUnavailable(name + ": reading failed: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T extends @Nullable Object> T readOn(
      Connection connection, String name, Database.ReadWork<T> work) throws SQLException {
    var watch = new WorkWatch(clock, limits.workLimit(), () -> {});
    var reading = new SqlTx(name, new Session(connection), dialect, watch);
    long since = clock.nanoTime();
    boolean kept = false;
    try {
      T result = work.run(reading);
      kept = true;
      return result;
    } finally {
      reading.end();
      connection.rollback();
      listener.workEnded(StoreListener.Lane.READERS, name, clock.nanoTime() - since, kept);
    }
  }

  private static HikariConfig configuration(
      PostgresDialect dialect, PostgresSettings settings, StoreLimits limits) {
    var config = new HikariConfig();
    config.setPoolName("parley-store-readers");
    config.setJdbcUrl(settings.url());
    config.setDataSourceProperties(
        dialect.properties("-c statement_timeout=" + limits.workLimit().toMillis()));
    config.setMaximumPoolSize(limits.readers());
    config.setMinimumIdle(1);
    config.setAutoCommit(false);
    config.setReadOnly(true);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    config.setConnectionTimeout(Math.max(250, limits.waitLimit().toMillis()));
    config.setInitializationFailTimeout(-1);
    return config;
  }
}
