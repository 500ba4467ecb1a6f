package dev.parley.server.observe;

import dev.parley.kit.http.Caller;
import dev.parley.kit.http.Incoming;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.RequestListener;
import dev.parley.kit.sql.Database;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spans of requests and, below them, of the store's work, sent by OTLP over HTTP; a caller's {@code
 * traceparent} (W3C Trace Context §3.2) is the parent. Made only when an endpoint is configured:
 * nothing of OpenTelemetry is loaded otherwise.
 */
final class Traces implements RequestListener, AutoCloseable {
  private static final TextMapGetter<Incoming> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Incoming carrier) {
          return List.of("traceparent", "tracestate");
        }

        @Override
        public @Nullable String get(@Nullable Incoming carrier, String key) {
          return carrier == null ? null : carrier.header().apply(key);
        }
      };

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * @param endpoint base URL of an OTLP collector, for example {@code http://localhost:4318}
   */
  Traces(URI endpoint) {
    String base = endpoint.toString();
    String url = (base.endsWith("/") ? base : base + "/") + "v1/traces";
    Resource parley = Resource.create(Attributes.builder().put("service.name", "parley").build());
    provider =
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().merge(parley))
            .addSpanProcessor(
                BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder().setEndpoint(url).build())
                    .build())
            .build();
    tracer = provider.get("dev.parley");
  }

  @Override
  public Running began(Incoming incoming) {
    Context parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), incoming, HEADERS);
    Span span =
        tracer
            .spanBuilder(incoming.method())
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent)
            .setAttribute("http.request.method", incoming.method())
            .setAttribute("parley.request_id", incoming.requestId())
            .startSpan();
    return new RequestSpan(span, span.makeCurrent());
  }

  /** Owned by the thread of its request. */
  private record RequestSpan(Span span, Scope scope) implements Running {
    @Override
    public void identified(Caller caller) {
      switch (caller) {
        case Caller.KeyHolder holder -> resource(holder.resource().toString());
        case Caller.User user -> resource(user.resource().toString());
        case Caller.Operator operator -> {}
        case Caller.Anonymous anonymous -> {}
      }
    }

    private void resource(String id) {
      span.setAttribute("parley.resource", id);
    }

    @Override
    public void answered(@Nullable Operation operation, int status) {
      if (operation != null) {
        span.updateName(operation.name());
        span.setAttribute("http.route", operation.path().text());
      }
      span.setAttribute("http.response.status_code", status);
      if (status >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
      scope.close();
      span.end();
    }
  }

  /** The same store with a span around every work, from its queue to its COMMIT. */
  Database of(Database inner) {
    return new TracedDatabase(inner);
  }

  /** Sends what is left, for a bounded time. */
  @Override
  public void close() {
    provider.close();
  }

  private final class TracedDatabase implements Database {
    private final Database inner;

    TracedDatabase(Database inner) {
      this.inner = inner;
    }

    @Override
    public <T extends @Nullable Object> T write(String name, TxWork<T> work) {
      return spanned("store.write " + name, () -> inner.write(name, work));
    }

    @Override
    public <T extends @Nullable Object> T read(String name, ReadWork<T> work) {
      return spanned("store.read " + name, () -> inner.read(name, work));
    }

    private <T extends @Nullable Object> T spanned(String name, Supplier<T> work) {
      Span span = tracer.spanBuilder(name).startSpan();
      try {
        return work.get();
      } catch (RuntimeException failed) {
        span.setStatus(StatusCode.ERROR, failed.getClass().getSimpleName());
        throw failed;
      } finally {
        span.end();
      }
    }

    @Override
    public Health health() {
      return inner.health();
    }

    @Override
    public void backup(java.nio.file.Path target) {
      inner.backup(target);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
