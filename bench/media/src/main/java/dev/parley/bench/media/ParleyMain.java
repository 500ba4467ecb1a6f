package dev.parley.bench.media;

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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** The engine as a process: prints the port of its signalling, ends with its standard input. */
final class ParleyMain {
  private final MediaEngine engine;
  private Conference conference;
  private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

  private ParleyMain(MediaEngine engine) {
    this.engine = engine;
    this.conference = engine.createConference(new ConferenceListener() {});
  }

  public static void main(String[] arguments) throws IOException {
    MediaConfig config = MediaConfig.at(InetAddress.getByName(arguments[0])).withLoops(1);
    ParleyMain main = new ParleyMain(MediaEngine.start(config, new SystemClock(), new SecureIds()));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", main::answer);
    server.start();
    System.out.println("READY " + server.getAddress().getPort());
    int end = System.in.read();
    System.exit(end > 0 ? 1 : 0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] words = exchange.getRequestURI().getPath().split("/");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String reply =
        switch (words[1]) {
          case "room" -> newRoom();
          case "publish" -> endpoint(words[2]).publish(body).join();
          case "offer" -> endpoint(words[2]).offer().join();
          case "answer" -> String.valueOf(endpoint(words[2]).answer(body).join());
          default -> engine.statistics().toString();
        };
    byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized String newRoom() {
    conference.close();
    endpoints.clear();
    conference = engine.createConference(new ConferenceListener() {});
    return "";
  }

  private Endpoint endpoint(String name) {
    return endpoints.computeIfAbsent(name, each -> conference.join(new EndpointId(each)).join());
  }
}
