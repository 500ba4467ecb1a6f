package dev.parley.server.observe;

import dev.parley.kit.base.Clock;
import dev.parley.kit.http.Caller;
import dev.parley.kit.http.Incoming;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.RequestListener;
import dev.parley.kit.journal.JournalReader;
import dev.parley.kit.sql.StoreListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts and times requests by operation and status, and keeps what others count. */
final class Metrics implements RequestListener {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Clock clock;
  private final StoreMetrics store = new StoreMetrics(registry);
  private final AtomicInteger underWay = new AtomicInteger();
  private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();
  private boolean machineBound;

  Metrics(Clock clock) {
    this.clock = clock;
    registry.gauge("parley_requests_under_way", underWay);
  }

  private record Key(String operation, int status) {}

  StoreListener store() {
    return store;
  }

  /** Shows a number as it is at each reading; {@code value} stays reachable from here. */
  void gauge(String name, String description, LongSupplier value) {
    Gauge.builder(name, value, LongSupplier::getAsLong)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  /** Shows a count that only grows and is kept elsewhere. */
  void counter(String name, String description, LongSupplier value) {
    FunctionCounter.builder(name, value, LongSupplier::getAsLong)
        .description(description)
        .register(registry);
    sources.add(value);
  }

  /** Function counters hold their source weakly. */
  private final List<LongSupplier> sources = new java.util.concurrent.CopyOnWriteArrayList<>();

  void reader(String name, JournalReader reader) {
    Gauge.builder("parley_journal_lag", reader, JournalReader::lag)
        .description("Entries that are durable and not handled yet.")
        .tag("reader", name)
        .strongReference(true)
        .register(registry);
    Gauge.builder("parley_journal_skipped", reader, JournalReader::skipped)
        .description("Entries that were trimmed before the reader came to them.")
        .tag("reader", name)
        .strongReference(true)
        .register(registry);
  }

  /** The page that Prometheus reads. */
  String page() {
    bindMachine();
    return registry.scrape();
  }

  /** At the first reading, because loading the platform's beans would delay every start. */
  private synchronized void bindMachine() {
    if (!machineBound) {
      machineBound = true;
      List<MeterBinder> machine =
          List.of(
              new JvmMemoryMetrics(),
              new JvmThreadMetrics(),
              new ProcessorMetrics(),
              new FileDescriptorMetrics(),
              new UptimeMetrics());
      machine.forEach(binder -> binder.bindTo(registry));
    }
  }

  @Override
  public Running began(Incoming incoming) {
    long began = clock.nanoTime();
    underWay.incrementAndGet();
    return new Running() {
      @Override
      public void identified(Caller caller) {}

      @Override
      public void answered(@Nullable Operation operation, int status) {
        underWay.decrementAndGet();
        String name = operation == null ? "none" : operation.name();
        timer(new Key(name, status)).record(Duration.ofNanos(clock.nanoTime() - began));
      }
    };
  }

  private Timer timer(Key key) {
    return timers.computeIfAbsent(
        key,
        one ->
            Timer.builder("parley_request_seconds")
                .description("Time from the request's head to its answer.")
                .tag("operation", one.operation)
                .tag("status", Integer.toString(one.status))
                .publishPercentileHistogram(false)
                .register(registry));
  }
}
