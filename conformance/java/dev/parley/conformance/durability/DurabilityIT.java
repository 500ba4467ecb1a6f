package dev.parley.conformance.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.foreign.Requirement;
import dev.parley.conformance.server.ParleyProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Eight clients write to a real server that is killed by SIGKILL at seeded moments. After every
 * restart each acknowledged message, edit, receipt and membership change is there exactly once and
 * in order, and a device that is connected across the kills is told each message exactly once and
 * in order. {@code -Ddurability.seed=N} repeats the choices of a run.
 */
class DurabilityIT {

  private static final int KILLS = 20;
  private static final int KILLS_LONG = 500;
  private static final int KILLS_POSTGRES = 5;
  private static final int ACKNOWLEDGED_PER_KILL_MIN = 100;
  private static final long SEED = Long.getLong("durability.seed", System.nanoTime());

  @Test
  void nothingAcknowledgedIsLostOnSqlite() throws Exception {
    killAndCheck("SQLite", KILLS, List.of());
  }

  @Test
  @Tag("long")
  void nothingAcknowledgedIsLostOnSqliteOverManyKills() throws Exception {
    killAndCheck("SQLite", KILLS_LONG, List.of());
  }

  /** With {@code fsync=on}, as an operator runs it. */
  @Test
  void nothingAcknowledgedIsLostOnPostgres() throws Exception {
    Optional<PostgresCluster> started = PostgresCluster.startIfInstalled();
    if (started.isEmpty()) {
      Requirement.missing("Durability on PostgreSQL is skipped: PostgreSQL is not installed");
      return;
    }
    try (PostgresCluster cluster = started.get()) {
      List<String> database =
          List.of("--database", cluster.url(), "--set", "database.user=" + cluster.user());
      killAndCheck("PostgreSQL", KILLS_POSTGRES, database);
    }
  }

  private static void killAndCheck(String store, int kills, List<String> options) throws Exception {
    Path folder = Path.of(System.getProperty("conformance.folder", "")).toAbsolutePath();
    try (ParleyProcess parley = ParleyProcess.start(folder, options)) {
      KillRun run = new KillRun(parley, SEED);
      run.kill(kills);
      System.out.printf(
          "durability on %s: %d kills, %d acknowledged, %d told after a kill, %d lost (seed %d)%n",
          store, kills, run.acknowledged(), run.toldLater(), run.losses().size(), SEED);
      assertThat(run.losses()).as("seed %d", SEED).isEmpty();
      assertThat(run.acknowledged() / kills)
          .as("acknowledged operations per kill")
          .isGreaterThanOrEqualTo(ACKNOWLEDGED_PER_KILL_MIN);
    }
  }
}
