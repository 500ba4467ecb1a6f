package dev.parley.bench.media;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.media.api.MediaConfig;
import dev.parley.media.api.MediaEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The engine as a process: prints the port of its signalling, ends with its standard input. */
final class ParleyMain {
  /** The second argument of an engine that is driven as calls drive it. */
  static final String CALLS = "calls";

  private final MediaEngine engine;
  private final Signalling signalling;

  private ParleyMain(MediaEngine engine, boolean calls) {
    this.engine = engine;
    this.signalling = calls ? new CallSignalling(engine) : new DirectSignalling(engine);
  }

  public static void main(String[] arguments) throws IOException {
    MediaConfig config = MediaConfig.at(InetAddress.getByName(arguments[0])).withLoops(1);
    MediaEngine engine = MediaEngine.start(config, new SystemClock(), new SecureIds());
    ParleyMain main = new ParleyMain(engine, arguments[1].equals(CALLS));
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
    String reply = "";
    switch (words[1]) {
      case "room" -> signalling.openRoom();
      case "publish" -> reply = signalling.publish(words[2], body);
      case "offer" -> reply = signalling.offer(words[2]);
      case "answer" -> signalling.answer(words[2], body);
      default -> reply = engine.statistics().toString();
    }
    byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
