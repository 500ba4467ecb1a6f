package dev.parley.server.observe;

import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.StoreListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the store does. Called on the store's own threads; safe for all of them. */
final class StoreMetrics implements StoreListener {
  private final MeterRegistry registry;
  private final DistributionSummary batchWorks;
  private final Timer commits;
  private final Counter commitFailures;
  private final AtomicInteger writable = new AtomicInteger(1);
  private final AtomicInteger[] depths = {new AtomicInteger(), new AtomicInteger()};
  private final ConcurrentMap<Key, Timer> works = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, Counter> refusals = new ConcurrentHashMap<>();

  StoreMetrics(MeterRegistry registry) {
    this.registry = registry;
    batchWorks =
        DistributionSummary.builder("parley_store_batch_works")
            .description("Works that one COMMIT made durable.")
            .register(registry);
    commits =
        Timer.builder("parley_store_commit_seconds")
            .description("Time of one COMMIT.")
            .register(registry);
    commitFailures =
        Counter.builder("parley_store_commit_failures")
            .description("COMMITs that failed, with all their works.")
            .register(registry);
    registry.gauge("parley_store_writable", writable);
    for (Lane lane : Lane.values()) {
      io.micrometer.core.instrument.Gauge.builder(
              "parley_store_queue_depth", depths[lane.ordinal()], AtomicInteger::get)
          .description("Works that waited when the last one joined the queue.")
          .tag("lane", word(lane))
          .register(registry);
    }
  }

  private record Key(Lane lane, String name, boolean kept) {}

  private static String word(Lane lane) {
    return lane.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void batchCommitted(int count, long commitNanos) {
    batchWorks.record(count);
    commits.record(commitNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void batchFailed(int count) {
    commitFailures.increment();
  }

  @Override
  public void workEnded(Lane lane, String name, long nanos, boolean kept) {
    works
        .computeIfAbsent(new Key(lane, name, kept), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Key key) {
    return Timer.builder("parley_store_work_seconds")
        .description("Time of one work on its thread, without waiting and COMMIT.")
        .tag("lane", word(key.lane))
        .tag("work", key.name)
        .tag("kept", Boolean.toString(key.kept))
        .register(registry);
  }

  @Override
  public void queued(Lane lane, int depth) {
    depths[lane.ordinal()].set(depth);
  }

  @Override
  public void turnedAway(Lane lane, String name) {
    refusals
        .computeIfAbsent(
            new Key(lane, name, false),
            key ->
                Counter.builder("parley_store_turned_away")
                    .description(
                        "Works refused because the queue was full or they waited too long.")
                    .tag("lane", word(key.lane))
                    .tag("work", key.name)
                    .register(registry))
        .increment();
  }

  @Override
  public void healthChanged(Database.Health health) {
    writable.set(health.writable() ? 1 : 0);
  }
}
