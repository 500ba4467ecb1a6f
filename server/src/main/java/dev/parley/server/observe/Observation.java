package dev.parley.server.observe;

import dev.parley.kit.base.Clock;
import dev.parley.kit.bus.Bus;
import dev.parley.kit.bus.InMemoryBus;
import dev.parley.kit.http.AddressLimits;
import dev.parley.kit.http.RequestListener;
import dev.parley.kit.journal.JournalReader;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.StoreListener;
import java.net.URI;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * All that watches a running server: metrics and the request log always, traces when configured.
 * The parts are told to it where they are made.
 */
public final class Observation implements AutoCloseable {
  private final Metrics metrics;
  private final RequestListener requests;
  private final Optional<Traces> traces;

  /**
   * @param otlpEndpoint where traces go; without one there are none
   */
  public Observation(Clock clock, Optional<URI> otlpEndpoint) {
    metrics = new Metrics(clock);
    RequestListener always = RequestListener.both(metrics, new RequestLog(clock));
    traces = otlpEndpoint.map(Traces::new);
    requests = traces.map(tracing -> RequestListener.both(tracing, always)).orElse(always);
  }

  /** Watches requests. */
  public RequestListener requests() {
    return requests;
  }

  /** Watches the store's threads. */
  public StoreListener store() {
    return metrics.store();
  }

  /** The store with what its callers wait for traced. */
  public Database traced(Database database) {
    return traces.map(tracing -> tracing.of(database)).orElse(database);
  }

  /** Watches a bus, unless it is one that is watched where it runs. */
  public void watch(Bus bus) {
    if (bus instanceof InMemoryBus here) {
      metrics.gauge("parley_bus_depth", "Messages that wait for subscribers.", here::depth);
      metrics.counter("parley_bus_dropped", "Messages a full subscriber lost.", here::dropped);
    }
  }

  /** Watches a reader of the journal. */
  public void watch(String name, JournalReader reader) {
    metrics.reader(name, reader);
  }

  /** Watches the open connections. */
  public void watch(AddressLimits addresses) {
    metrics.gauge(
        "parley_http_connections", "Open connections.", () -> addresses.openConnections());
  }

  /** Shows a number as it is at each reading; {@code value} must answer from memory. */
  public void gauge(String name, String description, LongSupplier value) {
    metrics.gauge(name, description, value);
  }

  /** Shows a count that only grows; {@code value} must answer from memory. */
  public void counter(String name, String description, LongSupplier value) {
    metrics.counter(name, description, value);
  }

  /** The page that Prometheus reads. */
  public String page() {
    return metrics.page();
  }

  @Override
  public void close() {
    traces.ifPresent(Traces::close);
  }
}
