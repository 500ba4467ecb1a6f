package dev.parley.media.api;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.media.audio.OpusCodec;
import dev.parley.media.audio.OpusCodecs;
import dev.parley.media.mixer.MixerThread;
import dev.parley.media.sfu.LoopScratch;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.MediaLoop;
import dev.parley.media.transport.PacketIo;
import dev.parley.media.transport.PacketIoTiers;
import dev.parley.media.transport.SrtpCipher;
import dev.parley.media.transport.SrtpCipherTiers;
import dev.parley.media.transport.TcpGate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The media engine: loops with their sockets, and the conferences on them. One of it serves a
 * process.
 */
public final class MediaEngine implements AutoCloseable {
  /** What the kernel is asked to hold per socket and direction: 50 ms of a busy loop. */
  private static final int SOCKET_BUFFER_BYTES = 8 << 20;

  private final MediaConfig config;
  private final Ids ids;
  private final DtlsIdentity identity;
  private final MixerThread mixers;
  private final OpusCodec opus = OpusCodecs.choose();
  private final List<EngineLoop> loops = new ArrayList<>();

  private MediaEngine(MediaConfig config, Ids ids, DtlsIdentity identity, LongSupplier nanoTime) {
    this.mixers = new MixerThread(nanoTime);
    this.config = config;
    this.ids = ids;
    this.identity = identity;
  }

  /** Opens the sockets, chooses tiers and starts the loops. */
  public static MediaEngine start(MediaConfig config, Clock clock, Ids ids) throws IOException {
    DtlsIdentity identity = DtlsIdentity.create(new SecureRandom(), clock.now());
    MediaEngine engine = new MediaEngine(config, ids, identity, clock::nanoTime);
    try {
      engine.open(clock::nanoTime);
      return engine;
    } catch (IOException | RuntimeException failed) {
      engine.close();
      throw failed;
    }
  }

  private void open(LongSupplier nanoTime) throws IOException {
    PacketIoTiers sockets =
        config
            .ioTier()
            .map(tier -> PacketIoTiers.of(tier, true, nanoTime))
            .orElseGet(() -> PacketIoTiers.choose(nanoTime));
    SrtpCipher cipher =
        config
            .cipherTier()
            .map(tier ->
                SrtpCipherTiers.of(tier)
                    .orElseThrow(
                        () -> new IllegalStateException("cipher tier " + tier + " is not here")))
            .orElseGet(SrtpCipherTiers::choose);
    int count = config.loops() > 0 ? config.loops() : defaultLoops();
    for (int i = 0; i < count; i++) {
      loops.add(openLoop(i, sockets, cipher, nanoTime));
    }
  }

  private static int defaultLoops() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  private EngineLoop openLoop(
      int index, PacketIoTiers sockets, SrtpCipher cipher, LongSupplier nanoTime)
      throws IOException {
    int port = config.firstPort() == 0 ? 0 : config.firstPort() + index;
    PacketIo io = sockets.open(new InetSocketAddress(config.bind(), port), SOCKET_BUFFER_BYTES);
    MediaLoop loop = new MediaLoop("media-" + index, io, cipher, nanoTime);
    loop.start();
    Optional<TcpGate> gate = Optional.empty();
    if (config.tcp()) {
      int bound = loop.localAddress().getPort();
      gate = Optional.of(new TcpGate(new InetSocketAddress(config.bind(), bound), loop));
    }
    return new EngineLoop(index, loop, gate, new LoopScratch());
  }

  /**
   * A loop of the engine with what belongs to it.
   *
   * @param index counted from 0; announced ports count with it
   */
  record EngineLoop(int index, MediaLoop loop, Optional<TcpGate> gate, LoopScratch scratch) {}

  /** Opens a conference on the loop that has the fewest connections, then the fewest rooms. */
  public Conference createConference(ConferenceListener listener) {
    EngineLoop home =
        loops.stream()
            .min(
                Comparator.comparingInt((EngineLoop each) -> each.loop().linkCount())
                    .thenComparingInt(each -> each.loop().tickerCount()))
            .orElseThrow(() -> new IllegalStateException("the engine is closed"));
    return new Conference(
        new ConferenceHome(home, identity, Candidates.of(config, home), ids, mixers, opus),
        listener);
  }

  /** How every loop does, for metrics. */
  public List<LoopStatistics> statistics() {
    return loops.stream().map(each -> LoopStatistics.of(each.loop())).toList();
  }

  /** What the sockets of the loops are bound to, in order. */
  public List<InetSocketAddress> localAddresses() {
    return loops.stream().map(each -> each.loop().localAddress()).toList();
  }

  /** The threads of the loops, for measuring what a packet costs. */
  public List<Thread> loopThreads() {
    return loops.stream().map(each -> each.loop().thread()).toList();
  }

  @Override
  public void close() {
    loops.forEach(each -> each.gate().ifPresent(TcpGate::close));
    loops.forEach(each -> each.loop().close());
    loops.clear();
    mixers.close();
  }
}
