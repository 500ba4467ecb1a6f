package dev.parley.kit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.Secret;
import dev.parley.kit.test.PostgresExtension;
import dev.parley.kit.test.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresDatabaseTest extends DatabaseContract {
  private final PostgresServer server;
  private final PostgresSettings settings;

  PostgresDatabaseTest(PostgresServer server) {
    this.server = server;
    this.settings = server.newDatabase();
  }

  @Override
  Database openStore(StoreOptions options) {
    return PostgresDatabase.open(settings, options);
  }

  @Test
  void idleConnectionThatDiedIsReplacedWithoutAFailure() {
    Database database = open();
    Database other = open(StoreOptions.with(clock, CONTRACT));
    insert(database, 1);
    terminate(other, writerOf(database));
    insert(database, 2);
    assertThat(notes(database)).containsExactly(1L, 2L);
  }

  @Test
  void connectionLostInsideATransactionHurtsOnlyTheCallerThatHadIt() throws Exception {
    Database database = open();
    Database other = open(StoreOptions.with(clock, CONTRACT));
    var blocked = new Blocked(database);
    var dying =
        writeLater(
            database,
            tx -> {
              terminate(
                  other, tx.first("select pg_backend_pid()", row -> row.number(1)).orElseThrow());
              return tx.update("insert into note(id) values (1)");
            });
    observer.awaitQueued(2);
    var after = insertLater(database, 2);
    observer.awaitQueued(3);
    blocked.release();
    assertThatThrownBy(dying::get).hasCauseInstanceOf(StoreUnavailable.class);
    assertThat(blocked.get()).isEqualTo(1);
    assertThat(after.get()).isEqualTo(1);
    assertThat(notes(database)).containsExactly(0L, 2L);
  }

  @Test
  void connectionLostBeforeCommitFailsTheBatchHonestly() {
    Database database = open();
    Database other = open(StoreOptions.with(clock, CONTRACT));
    assertThatThrownBy(() ->
            database.write(
                "t",
                tx -> {
                  tx.update("insert into note(id) values (1)");
                  terminate(
                      other,
                      tx.first("select pg_backend_pid()", row -> row.number(1)).orElseThrow());
                  return 1;
                }))
        .isInstanceOf(StoreUnavailable.class);
    insert(database, 2);
    assertThat(notes(database)).containsExactly(2L);
  }

  @Test
  void outcomeOfACommitWithoutAnAnswerCanBeAskedForLater() throws SQLException {
    open().close();
    var dialect = new PostgresDialect(settings, StoreLimits.DEFAULTS);
    for (String end : List.of("commit", "rollback")) {
      String token;
      try (var session = new Session(dialect.openWriter())) {
        token = dialect.begin(session);
        session.execute("insert into note(id) values (1)");
        session.execute(end);
      }
      try (var fresh = new Session(dialect.openWriter())) {
        assertThat(dialect.committed(fresh, token)).contains(end.equals("commit"));
        fresh.execute("delete from note");
      }
    }
  }

  @Test
  void serverThatIsAwayTurnsTheStoreRedUntilItIsBack() {
    Database database = open();
    insert(database, 1);
    server.stop();
    try {
      assertThatThrownBy(() -> insert(database, 2)).isInstanceOf(StoreUnavailable.class);
      assertThat(database.health().writable()).isFalse();
    } finally {
      server.start();
    }
    clock.advance(StoreLimits.DEFAULTS.probeEvery());
    observer.awaitWritable(true);
    insert(database, 3);
    assertThat(notes(database)).containsExactly(1L, 3L);
  }

  @Test
  void backupNamesTheToolOfPostgres() {
    assertThatThrownBy(() -> open().backup(Path.of("backup")))
        .isInstanceOf(BackupRefused.class)
        .hasMessageContaining("pg_dump");
  }

  @Test
  void databaseThatCannotBeReachedIsNamed() {
    var nowhere = new PostgresSettings(settings.url() + "-none", "postgres", Secret.of("hush"));
    assertThatThrownBy(() -> PostgresDatabase.open(nowhere, options()))
        .isInstanceOf(StoreUnwritable.class)
        .hasMessageContaining(nowhere.url())
        .hasMessageNotContaining("hush");
  }

  private static long writerOf(Database database) {
    return database.write(
        "test.pid", tx -> tx.first("select pg_backend_pid()", row -> row.number(1)).orElseThrow());
  }

  /** Returns when the server has ended that connection's process. */
  private static void terminate(Database other, long pid) {
    boolean ended =
        other.read(
            "test.terminate",
            reading ->
                reading
                    .first(
                        "select case when pg_terminate_backend(?::int, 5000) then 1 else 0 end",
                        row -> row.flag(1),
                        pid)
                    .orElseThrow());
    assertThat(ended).isTrue();
  }
}
