package dev.parley.media.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.media.api.Conference;
import dev.parley.media.api.ConferenceListener;
import dev.parley.media.api.Endpoint;
import dev.parley.media.api.EndpointId;
import dev.parley.media.api.MediaConfig;
import dev.parley.media.api.MediaEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine with one conference, and signalling for the harness page over HTTP. */
final class Harness implements AutoCloseable {
  private final HttpServer server;
  private final MediaEngine engine;
  private final Conference conference;
  private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> needed = new ConcurrentHashMap<>();

  Harness(MediaConfig config) {
    try {
      engine = MediaEngine.start(config, new SystemClock(), new SecureIds());
      conference = engine.createConference(new Listening());
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/page", exchange -> respond(exchange, 200, page()));
    server.createContext("/publish", this::publish);
    server.createContext("/offer", this::offer);
    server.createContext("/answer", this::answer);
    server.createContext(
        "/needed", exchange -> respond(exchange, 200, "" + needed(name(exchange)).get()));
    server.start();
  }

  MediaEngine engine() {
    return engine;
  }

  Conference conference() {
    return conference;
  }

  Endpoint endpoint(String name) {
    return endpoints.computeIfAbsent(name, each -> conference.join(new EndpointId(each)).join());
  }

  /** The page of an endpoint. */
  URI page(String endpoint) {
    return URI.create(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/page?endpoint=" + endpoint);
  }

  private AtomicInteger needed(String name) {
    return needed.computeIfAbsent(name, each -> new AtomicInteger());
  }

  private void publish(HttpExchange exchange) throws IOException {
    String offer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    respond(exchange, 200, endpoint(name(exchange)).publish(offer).join());
  }

  private void offer(HttpExchange exchange) throws IOException {
    boolean restart = String.valueOf(exchange.getRequestURI().getQuery()).contains("restart");
    Endpoint endpoint = endpoint(name(exchange));
    respond(exchange, 200, (restart ? endpoint.offerRestart() : endpoint.offer()).join());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String answer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    endpoint(name(exchange)).answer(answer).join();
    respond(exchange, 200, "");
  }

  private static String name(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    return query.replaceAll(".*endpoint=([A-Za-z0-9]+).*", "$1");
  }

  private static String page() {
    try (InputStream in = Harness.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new IllegalStateException("page.html is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    conference.close();
    engine.close();
  }

  private final class Listening implements ConferenceListener {
    @Override
    public void offerNeeded(EndpointId endpoint) {
      needed(endpoint.value()).incrementAndGet();
    }
  }
}
