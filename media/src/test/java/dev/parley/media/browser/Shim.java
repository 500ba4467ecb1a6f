package dev.parley.media.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A bad network in front of the engine: a UDP relay that loses, delays and limits. The engine
 * announces it as its public address. Its choices come from a printed seed.
 */
final class Shim implements AutoCloseable {
  private static final int QUEUE_BYTES_MAX = 128 * 1024;

  private final DatagramChannel front;
  private final Selector selector;
  private final Thread thread;
  private final Random random;
  private final double loss;
  private final long delayNanos;
  private final Map<SocketAddress, DatagramChannel> clients = new HashMap<>();
  private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparingLong(Held::due));
  private final Line up = new Line();
  private final Line down = new Line();
  private volatile InetSocketAddress engine = new InetSocketAddress(0);
  private volatile long downBps;
  private volatile boolean closed;

  private record Held(long due, DatagramChannel out, SocketAddress to, byte[] bytes) {}

  /** One direction's bottleneck: when it is free again. */
  private static final class Line {
    long freeAt;
  }

  Shim(InetAddress bind, double loss, long delayMillis, long seed) {
    System.out.println("shim seed " + seed);
    this.loss = loss;
    this.delayNanos = delayMillis * 1_000_000;
    this.random = new Random(seed);
    try {
      selector = Selector.open();
      front = open(new InetSocketAddress(bind, 0), null);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    this.thread = Thread.ofPlatform().daemon().name("shim").unstarted(this::run);
  }

  private DatagramChannel open(InetSocketAddress bind, @Nullable SocketAddress client)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
    channel.bind(bind).configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, client);
    return channel;
  }

  int port() {
    return front.socket().getLocalPort();
  }

  /** Starts relaying to the engine. */
  Shim to(InetSocketAddress address) {
    engine = address;
    thread.start();
    return this;
  }

  /** Limits what goes to clients; 0 for no limit. */
  void limitDown(long bitsPerSecond) {
    downBps = bitsPerSecond;
  }

  private void run() {
    try {
      while (!closed) {
        turn();
      }
    } catch (IOException failed) {
      if (!closed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private void turn() throws IOException {
    long now = System.nanoTime();
    Held first = held.peek();
    long wait = first == null ? 50 : Math.max(1, (first.due() - now) / 1_000_000);
    selector.select(wait);
    for (SelectionKey key : selector.selectedKeys()) {
      drain((DatagramChannel) key.channel(), (@Nullable SocketAddress) key.attachment());
    }
    selector.selectedKeys().clear();
    now = System.nanoTime();
    while (!held.isEmpty() && held.peek().due() <= now) {
      Held due = held.poll();
      due.out().send(ByteBuffer.wrap(due.bytes()), due.to());
    }
  }

  private void drain(DatagramChannel channel, @Nullable SocketAddress client) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(2048);
    SocketAddress from = channel.receive(buffer);
    while (from != null) {
      byte[] bytes = new byte[buffer.flip().remaining()];
      buffer.get(bytes);
      if (client == null) {
        hold(up, 0, outward(from), engine, bytes);
      } else {
        hold(down, downBps, front, client, bytes);
      }
      buffer.clear();
      from = channel.receive(buffer);
    }
  }

  private DatagramChannel outward(SocketAddress client) throws IOException {
    DatagramChannel known = clients.get(client);
    if (known == null) {
      known = open(new InetSocketAddress(engine.getAddress(), 0), client);
      clients.put(client, known);
    }
    return known;
  }

  private void hold(Line line, long bps, DatagramChannel out, SocketAddress to, byte[] bytes) {
    long now = System.nanoTime();
    if (random.nextDouble() < loss) {
      return;
    }
    long start = Math.max(now, line.freeAt);
    if (bps > 0) {
      if ((start - now) * bps / 8 / 1_000_000_000 > QUEUE_BYTES_MAX) {
        return;
      }
      start += bytes.length * 8L * 1_000_000_000 / bps;
    }
    line.freeAt = start;
    held.add(new Held(start + delayNanos, out, to, bytes));
  }

  @Override
  public void close() {
    closed = true;
    try {
      selector.wakeup();
      thread.join(5_000);
      front.close();
      for (DatagramChannel each : clients.values()) {
        each.close();
      }
      selector.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
