package dev.parley.bench;

import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.SqliteDatabase;
import dev.parley.kit.sql.StoreOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** What the store alone can make durable: one small row of the journal's size per transaction. */
final class RawStore {
  private RawStore() {}

  static Load.Figures run(Path folder, int callers, double seconds) {
    SystemClock clock = new SystemClock();
    String run = new SecureIds().uuid().toString();
    try (Database database =
        SqliteDatabase.open(folder.resolve("raw-" + run + ".db"), StoreOptions.with(clock))) {
      AtomicLong next = new AtomicLong();
      String answer = "x".repeat(200);
      return Load.run(
          callers,
          seconds,
          RawStore::cpuSeconds,
          caller ->
              () -> {
                String id = Long.toString(next.incrementAndGet());
                database.write(
                    "bench.write",
                    tx ->
                        tx.update(
                            "insert into repeatability"
                                + " (scope, request_id, request_hash, answer, expires_at)"
                                + " values (?, ?, ?, ?, ?)",
                            "bench",
                            id,
                            run,
                            answer,
                            clock.now()));
              });
    }
  }

  private static double cpuSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        * 1e-9;
  }
}
