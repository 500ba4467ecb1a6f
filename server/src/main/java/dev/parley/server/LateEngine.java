package dev.parley.server;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.media.api.LoopStatistics;
import dev.parley.media.api.MediaConfig;
import dev.parley.media.api.MediaEngine;
import dev.parley.server.config.Configuration;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media engine, started beside the server: its self-tests and keys take longer than everything
 * else, and nobody needs them before the first call.
 */
public final class LateEngine implements Supplier<MediaEngine>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LateEngine.class);
  private final CompletableFuture<MediaEngine> engine = new CompletableFuture<>();

  private final Configuration.Media media;
  private @Nullable Thread starting;

  /** Looks whether the port is free; {@link #start} starts the engine. */
  LateEngine(Configuration.Media media) {
    this.media = media;
    requireFree(media);
  }

  /** Starts the engine on a thread of its own. */
  void start(Clock clock, Ids ids) {
    Thread.ofPlatform().name("media-start").daemon().start(() -> start(config(media), clock, ids));
  }

  /** A taken port is a mistake that stops the start, so it is found before the engine is. */
  private static void requireFree(Configuration.Media media) {
    if (media.port() == 0) {
      return;
    }
    try (DatagramSocket probe =
        new DatagramSocket(new InetSocketAddress(media.bind(), media.port()))) {
      LOG.debug("media port {} is free", probe.getLocalPort());
    } catch (SocketException taken) {
      throw new Stopped(new Problem.MediaPortTaken(media.bind().getHostAddress(), media.port()));
    }
  }

  private static MediaConfig config(Configuration.Media media) {
    return new MediaConfig(
        media.bind(),
        media.port(),
        media.loops(),
        media.announced().stream()
            .map(each -> new MediaConfig.Announced(each.address(), each.port(), each.port()))
            .toList(),
        media.tcp(),
        media.udp(),
        Optional.empty(),
        Optional.empty());
  }

  private void start(MediaConfig config, Clock clock, Ids ids) {
    try {
      MediaEngine started = MediaEngine.start(config, clock, ids);
      LOG.info("media at {}", started.localAddresses());
      engine.complete(started);
    } catch (IOException | RuntimeException failed) {
      LOG.error("media cannot start; calls will fail", failed);
      engine.completeExceptionally(failed);
    }
  }

  /** The engine; waits while it starts. */
  @Override
  public MediaEngine get() {
    return engine.join();
  }

  /** {@code starting}, {@code running} or {@code failed}, for health. */
  String state() {
    if (engine.isCompletedExceptionally()) {
      return "failed";
    }
    return engine.isDone() ? "running" : "starting";
  }

  /** A sum over the loops, 0 before they run. */
  public long sum(ToLongFunction<LoopStatistics> part) {
    if (!engine.isDone() || engine.isCompletedExceptionally()) {
      return 0;
    }
    List<LoopStatistics> loops = engine.join().statistics();
    return loops.stream().mapToLong(part).sum();
  }

  /** Waits for a start that is under way; without one there is nothing to close. */
  @Override
  public void close() {
    if (starting == null) {
      return;
    }
    try {
      engine.join().close();
    } catch (CompletionException failed) {
      LOG.debug("media never started", failed);
    }
  }
}
