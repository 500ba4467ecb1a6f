package dev.parley.media.transport;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One platform thread that owns a socket, the links behind it and everything that hangs on them.
 * Other threads hand in commands; nothing of a loop is locked, because nothing of it is shared.
 *
 * <p>Each turn takes a batch of datagrams, routes them, runs commands and timers, and flushes once:
 * the busier the loop, the larger its batches.
 */
public final class MediaLoop implements AutoCloseable, TcpConnection.Receiver {
  /** Something that wants to run regularly on the loop. */
  public interface Ticker {
    /** Called every {@link #TICK_NANOS} or a little later. */
    void tick(long nowNanos);
  }

  /** How often tickers run: the grain of pacing and feedback. */
  public static final long TICK_NANOS = 5_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(MediaLoop.class);
  private static final int MAILBOX = 1 << 16;
  private static final int COMMANDS_PER_TURN = 1024;
  private static final long IDLE_NANOS = 100_000_000;
  private static final long LATENCY_NANOS_MAX = 10_000_000_000L;

  /**
   * What is queued may wait this long for the rest of a frame, which no decoder can do without: the
   * packets of a frame come within some 100 µs, and together they leave as one run per receiver.
   */
  private static final long FRAME_REST_NANOS = 400_000;

  /** Faults that are logged with their trace; more of them are only counted. */
  private static final long FAULTS_LOGGED_MAX = 100;

  private final String name;
  private final PacketIo io;
  private final SrtpCipher cipher;
  private final LongSupplier nanoTime;
  private final MpscAtomicArrayQueue<Runnable> mailbox = new MpscAtomicArrayQueue<>(MAILBOX);
  private final AtomicLong mailboxFull = new AtomicLong();
  private final AddressTable<PeerLink> byAddress = new AddressTable<>();
  private final Map<String, PeerLink> byFragment = new HashMap<>();
  private final Map<TcpConnection, PeerLink> byConnection = new IdentityHashMap<>();
  private final List<PeerLink> links = new ArrayList<>();
  private final List<Ticker> tickers = new ArrayList<>();
  private final List<AutoCloseable> retired = new ArrayList<>();
  private final NativeBlock tcpSlot = new NativeBlock(PacketIo.SLOT_BYTES);
  private final LoopCounters counters = new LoopCounters();
  private final Histogram latency = new Histogram(1_000, LATENCY_NANOS_MAX, 2);
  private final Thread thread;
  private volatile boolean stopping;
  private volatile int linkCount;
  private volatile int tickerCount;
  private long now;
  private long nextTick;
  private boolean frameOpen;
  private boolean holding;
  private long heldSince;

  /** A loop over {@code io}, which it owns from now on. */
  public MediaLoop(String name, PacketIo io, SrtpCipher cipher, LongSupplier nanoTime) {
    this.name = name;
    this.io = io;
    this.cipher = cipher;
    this.nanoTime = nanoTime;
    this.now = nanoTime.getAsLong();
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** The loop's name, for logs and metrics. */
  public String name() {
    return name;
  }

  /** The thread, for measuring its CPU time and allocation. */
  public Thread thread() {
    return thread;
  }

  /** The address that the socket is bound to. */
  public InetSocketAddress localAddress() {
    return io.localAddress();
  }

  /** Runs {@code command} on the loop soon; refused when the mailbox is full. */
  public void execute(Runnable command) {
    if (stopping || !mailbox.offer(command)) {
      mailboxFull.incrementAndGet();
      throw new RejectedExecutionException("media loop " + name + " takes no more commands");
    }
    io.wake();
  }

  /** Like {@link #execute}, for what may be lost: a datagram. */
  boolean offer(Runnable command) {
    if (stopping || !mailbox.offer(command)) {
      mailboxFull.incrementAndGet();
      return false;
    }
    io.wake();
    return true;
  }

  /** Runs {@code question} on the loop and gives its answer. */
  public <T> CompletableFuture<T> ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      execute(() -> {
        try {
          answer.complete(question.get());
        } catch (RuntimeException failed) {
          answer.completeExceptionally(failed);
        }
      });
    } catch (RejectedExecutionException full) {
      answer.completeExceptionally(full);
    }
    return answer;
  }

  // ---- from here on: the loop's own thread only ----

  /** The socket. */
  public PacketIo io() {
    return io;
  }

  /** The ciphers that links of this loop are keyed with. */
  public SrtpCipher cipher() {
    return cipher;
  }

  /** The monotonic time at the start of this turn, in nanoseconds. */
  public long now() {
    return now;
  }

  /** A video packet is queued; {@code complete} says whether its frame is. */
  public void frame(boolean complete) {
    frameOpen = !complete;
  }

  /** What could not be used. */
  public LoopCounters counters() {
    counters.commandsRefused = mailboxFull.get();
    return counters;
  }

  /** Time from taking a packet to handing its copies to the kernel, in nanoseconds. */
  public Histogram latency() {
    return latency;
  }

  /** Links on this loop; may be asked from any thread. */
  public int linkCount() {
    return linkCount;
  }

  /** Tickers on this loop, which are its rooms; may be asked from any thread. */
  public int tickerCount() {
    return tickerCount;
  }

  /** Adds a ticker. */
  public void add(Ticker ticker) {
    tickers.add(ticker);
    tickerCount = tickers.size();
  }

  /** Removes a ticker; not from within a tick. */
  public void remove(Ticker ticker) {
    tickers.remove(ticker);
    tickerCount = tickers.size();
  }

  /** Closes {@code thing} once nothing queued can refer to its memory. */
  void retire(AutoCloseable thing) {
    retired.add(thing);
  }

  void register(PeerLink link) {
    links.add(link);
    linkCount = links.size();
  }

  void listen(String fragment, PeerLink link) {
    byFragment.put(fragment, link);
  }

  void deafen(String fragment) {
    byFragment.remove(fragment);
  }

  void bind(long source, PeerLink link) {
    byAddress.put(source, link);
  }

  void bind(TcpConnection connection, PeerLink link) {
    byConnection.put(connection, link);
  }

  void forget(PeerLink link) {
    links.remove(link);
    linkCount = links.size();
    byAddress.removeAll(link);
    byFragment.values().removeIf(each -> each == link);
    byConnection
        .entrySet()
        .removeIf(entry -> {
          boolean ours = entry.getValue() == link;
          if (ours) {
            entry.getKey().close();
          }
          return ours;
        });
  }

  private void run() {
    try {
      while (!stopping) {
        turn();
      }
    } catch (RuntimeException | Error bug) {
      LOG.error("media loop {} ended by a fault", name, bug);
      throw bug;
    } finally {
      stopping = true;
      new ArrayList<>(links).forEach(link -> link.close("engine stopped"));
      drainMailbox();
      closeRetired();
      io.close();
      tcpSlot.close();
    }
  }

  private void turn() {
    if (mailbox.isEmpty()) {
      io.await(patience());
    }
    now = nanoTime.getAsLong();
    int count = io.receive();
    if (count > 0 && !holding) {
      heldSince = now;
    }
    for (int i = 0; i < count; i++) {
      take(i);
    }
    drainMailbox();
    if (now - nextTick >= 0) {
      nextTick = now + TICK_NANOS;
      tick();
    }
    holding = frameOpen && (count > 0 || holding) && now - heldSince < FRAME_REST_NANOS;
    if (!holding || !retired.isEmpty()) {
      flush(count > 0 || frameOpen);
    }
  }

  /** How long nothing needs to be done, when nothing comes. */
  private long patience() {
    if (tickers.isEmpty() && links.isEmpty()) {
      return IDLE_NANOS;
    }
    long time = nanoTime.getAsLong();
    long untilTick = nextTick - time;
    long untilFlush = holding ? heldSince + FRAME_REST_NANOS - time : untilTick;
    return Math.max(0, Math.min(untilTick, untilFlush));
  }

  private void flush(boolean timed) {
    io.flush();
    holding = false;
    frameOpen = false;
    if (timed) {
      latency.recordValue(Math.clamp(nanoTime.getAsLong() - heldSince, 1_000, LATENCY_NANOS_MAX));
    }
    closeRetired();
  }

  private void tick() {
    for (int i = links.size() - 1; i >= 0; i--) {
      PeerLink link = links.get(i);
      try {
        link.tick(now);
      } catch (RuntimeException | AssertionError bug) {
        fault(link, bug);
      }
    }
    for (int i = 0; i < tickers.size(); i++) {
      try {
        tickers.get(i).tick(now);
      } catch (RuntimeException | AssertionError bug) {
        fault(null, bug);
      }
    }
  }

  /** One packet at a time is the unit that a bug of ours may end, with the link that sent it. */
  private void take(int index) {
    long source = io.source(index);
    try {
      dispatch(io.payload(index), io.length(index), source, io.arrivalMicros(index));
    } catch (RuntimeException | AssertionError bug) {
      fault(byAddress.get(source), bug);
    }
  }

  private void fault(@Nullable PeerLink link, Throwable bug) {
    if (counters.faults++ < FAULTS_LOGGED_MAX) {
      LOG.error("a fault on media loop {}, link {}", name, link, bug);
    }
    if (link != null) {
      link.close("fault of the engine");
    }
  }

  private void drainMailbox() {
    for (int i = 0; i < COMMANDS_PER_TURN; i++) {
      Runnable command = mailbox.poll();
      if (command == null) {
        return;
      }
      try {
        command.run();
      } catch (RuntimeException bug) {
        LOG.error("a command on media loop {} failed", name, bug);
      }
    }
  }

  private void closeRetired() {
    if (retired.isEmpty()) {
      return;
    }
    for (AutoCloseable each : retired) {
      try {
        each.close();
      } catch (Exception bug) {
        LOG.error("closing {} failed", each, bug);
      }
    }
    retired.clear();
  }

  /** Sorts a datagram by its first byte (RFC 7983 §7). */
  void dispatch(long packet, int length, long source, long arrivalMicros) {
    int first = length == 0 ? 255 : Memory.u8(packet);
    if (first < 4) {
      stun(Memory.bytes(packet, length), source, null);
      return;
    }
    PeerLink link = byAddress.get(source);
    if (link == null) {
      counters.unknownSource++;
      return;
    }
    deliver(link, first, packet, length, arrivalMicros);
  }

  private void deliver(PeerLink link, int first, long packet, int length, long arrivalMicros) {
    if (first >= 128 && first < 192) {
      link.media(packet, length, arrivalMicros);
    } else if (first >= 20 && first < 64) {
      link.dtls(Memory.bytes(packet, length));
    } else {
      counters.unknownProtocol++;
    }
  }

  private void stun(byte[] bytes, long source, @Nullable TcpConnection connection) {
    Optional<StunMessage> parsed = StunMessage.parse(bytes);
    if (parsed.isEmpty() || parsed.get().type() != StunMessage.BINDING_REQUEST) {
      counters.refusedStun++;
      return;
    }
    String user = parsed.get().username();
    int colon = user.indexOf(':');
    PeerLink link = colon < 0 ? null : byFragment.get(user.substring(0, colon));
    if (link == null || !link.check(parsed.get(), user.substring(0, colon), source, connection)) {
      counters.refusedStun++;
    }
  }

  @Override
  public void packet(TcpConnection from, byte[] packet) {
    offer(() -> fromTcp(from, packet));
  }

  private void fromTcp(TcpConnection from, byte[] packet) {
    int first = packet.length == 0 ? 255 : packet[0] & 0xff;
    if (first < 4) {
      stun(packet, 0, from);
      return;
    }
    PeerLink link = byConnection.get(from);
    if (link == null) {
      counters.unknownSource++;
      return;
    }
    Memory.copyIn(packet, 0, tcpSlot.address(), packet.length);
    try {
      deliver(link, first, tcpSlot.address(), packet.length, now / 1000);
    } catch (RuntimeException | AssertionError bug) {
      fault(link, bug);
    }
  }

  @Override
  public void ended(TcpConnection connection) {
    offer(() -> {
      PeerLink link = byConnection.remove(connection);
      if (link != null) {
        link.lost(connection);
      }
    });
  }

  @Override
  public void close() {
    stopping = true;
    io.wake();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
