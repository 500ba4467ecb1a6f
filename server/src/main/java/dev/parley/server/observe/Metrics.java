package dev.parley.server.observe;

import dev.parley.kit.base.Clock;
import dev.parley.kit.http.Caller;
import dev.parley.kit.http.Incoming;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.RequestListener;
import dev.parley.kit.sql.StoreListener;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts and times requests by operation and status. */
public final class Metrics implements RequestListener {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Clock clock;
  private final AtomicInteger underWay = new AtomicInteger();
  private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();

  public Metrics(Clock clock) {
    this.clock = clock;
    registry.gauge("parley_requests_under_way", underWay);
  }

  private record Key(String operation, int status) {}

  /** Where other parts register what they count. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /** The page that Prometheus reads. */
  public String page() {
    return registry.scrape();
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

  /** Counts what the store does. */
  public StoreListener store() {
    return StoreListener.NONE;
  }
}
