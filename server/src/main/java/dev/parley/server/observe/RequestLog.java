package dev.parley.server.observe;

import dev.parley.kit.base.Clock;
import dev.parley.kit.http.Caller;
import dev.parley.kit.http.Incoming;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.RequestListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per request at DEBUG, and at INFO when it failed: operation, status, milliseconds and
 * resource. The request's id is in the line's context. Paths are left out, since they hold the ids
 * of people and phone numbers.
 */
final class RequestLog implements RequestListener {
  private static final Logger LOG = LoggerFactory.getLogger("request");

  private final Clock clock;

  RequestLog(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Running began(Incoming incoming) {
    return new Line(clock.nanoTime());
  }

  /** Owned by the thread of its request. */
  private final class Line implements Running {
    private final long began;
    private String resource = "-";

    Line(long began) {
      this.began = began;
    }

    @Override
    public void identified(Caller caller) {
      resource =
          switch (caller) {
            case Caller.KeyHolder holder -> holder.resource().toString();
            case Caller.User user -> user.resource().toString();
            case Caller.Operator operator -> "operator";
            case Caller.Anonymous anonymous -> "-";
          };
    }

    @Override
    public void answered(@Nullable Operation operation, int status) {
      boolean failed = status >= 400;
      if (failed ? !LOG.isInfoEnabled() : !LOG.isDebugEnabled()) {
        return;
      }
      String name = operation == null ? "none" : operation.name();
      long millis = (clock.nanoTime() - began) / 1_000_000;
      LOG.atLevel(failed ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.DEBUG)
          .log("operation={} status={} ms={} resource={}", name, status, millis, resource);
    }
  }
}
