package dev.parley.media.transport;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The Linux tier of {@link PacketIo}: batches through {@code recvmmsg} and {@code sendmmsg}, runs
 * of equal packets to one destination as one message with {@code UDP_SEGMENT} (udp(7)).
 */
final class LinuxPacketIo implements PacketIo {
  private static final int MESSAGE = 64;
  private static final int VECTOR = 16;
  private static final int CONTROL = 64;
  private static final int MESSAGES_OUT = 512;
  private static final int VECTORS_OUT = EgressSlots.SLOTS + Destination.RUN_MAX;
  // An IPv4 datagram carries 65507 bytes; the kernel refuses a longer segmented message.
  private static final int RUN_BYTES_MAX = 64_000;

  private final LinuxSockets system = new LinuxSockets();
  private final LongSupplier nanoTime;
  private final int socket;
  private final int waker;
  private final InetSocketAddress localAddress;
  private boolean segmentation;

  private final NativeBlock ingress = new NativeBlock((long) BATCH * SLOT_BYTES);
  private final NativeBlock sources = new NativeBlock((long) BATCH * SocketAddresses.BYTES);
  private final NativeBlock inHeaders =
      new NativeBlock((long) BATCH * (MESSAGE + VECTOR + CONTROL));
  private final EgressSlots egress = new EgressSlots();
  private final NativeBlock outHeaders =
      new NativeBlock((long) MESSAGES_OUT * (MESSAGE + CONTROL) + (long) VECTORS_OUT * VECTOR);
  private final NativeBlock waiting = new NativeBlock(64);
  private final MemorySegment wakeCapture;
  private final Arena wakeArena = Arena.ofShared();
  private final AtomicBoolean signalled = new AtomicBoolean();
  // Guards "closed", and with it that nobody signals a descriptor that is closed.
  private final Object waking = new Object();

  private boolean closed;

  private final int[] lengths = new int[BATCH];
  private final int[] segments = new int[MESSAGES_OUT];
  private int messages;
  private int vectors;
  private long packetsIn;
  private long packetsOut;
  private long messagesOut;
  private long dropped;
  private long fallbacks;

  LinuxPacketIo(
      InetSocketAddress bind, int bufferBytes, boolean segmentation, LongSupplier nanoTime)
      throws IOException {
    this.nanoTime = nanoTime;
    this.segmentation = segmentation;
    this.socket = system.open(bind, bufferBytes);
    this.waker = system.eventfd();
    this.localAddress = system.localAddress(socket);
    this.wakeCapture = wakeArena.allocate(Linker.Option.captureStateLayout());
    layOutIngress();
    layOutPoll();
  }

  private void layOutIngress() {
    for (int i = 0; i < BATCH; i++) {
      long message = inMessage(i);
      long vector = inHeaders.address() + (long) BATCH * MESSAGE + (long) i * VECTOR;
      Memory.putNative64(message, source(i));
      Memory.putNative64(message + 16, vector);
      Memory.putNative64(message + 24, 1);
      Memory.putNative64(message + 32, inControl(i));
      Memory.putNative64(vector, payload(i));
      Memory.putNative64(vector + 8, SLOT_BYTES);
    }
  }

  private void layOutPoll() {
    long poll = waiting.address();
    Memory.putNative32(poll, socket);
    Memory.putNative16(poll + 4, 1);
    Memory.putNative32(poll + 8, waker);
    Memory.putNative16(poll + 12, 1);
    Memory.putNative64(poll + 32, 1);
  }

  private long inMessage(int index) {
    return inHeaders.address() + (long) index * MESSAGE;
  }

  private long inControl(int index) {
    return inHeaders.address() + (long) BATCH * (MESSAGE + VECTOR) + (long) index * CONTROL;
  }

  @Override
  public IoTier tier() {
    return IoTier.LINUX;
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public void await(long timeoutNanos) {
    long poll = waiting.address();
    long bounded = Math.max(0, timeoutNanos);
    Memory.putNative64(poll + 16, bounded / 1_000_000_000);
    Memory.putNative64(poll + 24, bounded % 1_000_000_000);
    system.poll(poll, 2, poll + 16);
    if (Memory.native16(poll + 14) != 0) {
      // First the flag, then the signal: a wake in between is only one turn too many.
      signalled.set(false);
      system.drain(waker);
    }
  }

  /** The lock is the wakers' own; the loop takes it once, at its end, so that none is under way. */
  @Override
  public void wake() {
    if (signalled.compareAndSet(false, true)) {
      synchronized (waking) {
        if (!closed) {
          LinuxSockets.signal(waker, waiting.address() + 32, wakeCapture);
        }
      }
    }
  }

  @Override
  public int receive() {
    for (int i = 0; i < BATCH; i++) {
      long message = inMessage(i);
      Memory.putNative32(message + 8, SocketAddresses.SOCKADDR_BYTES);
      Memory.putNative64(message + 40, CONTROL);
    }
    int count = system.receive(socket, inMessage(0), BATCH);
    if (count <= 0) {
      return 0;
    }
    for (int i = 0; i < count; i++) {
      lengths[i] = Memory.native32(inMessage(i) + 56);
    }
    packetsIn += count;
    return count;
  }

  @Override
  public long payload(int index) {
    return ingress.address() + (long) index * SLOT_BYTES;
  }

  @Override
  public int length(int index) {
    return lengths[index];
  }

  @Override
  public long source(int index) {
    return sources.address() + (long) index * SocketAddresses.BYTES;
  }

  @Override
  public long arrivalMicros(int index) {
    long control = inControl(index);
    boolean stamped =
        Memory.native64(inMessage(index) + 40) >= 32
            && Memory.native32(control + 8) == LinuxSockets.SOL_SOCKET
            && Memory.native32(control + 12) == LinuxSockets.SO_TIMESTAMPNS;
    return stamped
        ? Memory.native64(control + 16) * 1_000_000 + Memory.native64(control + 24) / 1000
        : nanoTime.getAsLong() / 1000;
  }

  @Override
  public long slot() {
    if (egress.full()) {
      flush();
    }
    return egress.next();
  }

  @Override
  public void send(Destination to, long packet, int length) {
    if (to.count == Destination.RUN_MAX) {
      addRuns(to);
    }
    egress.queue(to, packet, length);
  }

  @Override
  public void flush() {
    for (int i = 0; i < egress.waitingCount(); i++) {
      addRuns(egress.waiting(i));
    }
    push();
    egress.clear();
  }

  /** Cuts what waits for {@code to} into runs: equal sizes, of which the last may be shorter. */
  private void addRuns(Destination to) {
    int start = 0;
    while (start < to.count) {
      int size = to.lengths[start];
      int end = start + 1;
      int bytes = size;
      while (segmentation
          && end < to.count
          && to.lengths[end] == size
          && bytes + size <= RUN_BYTES_MAX) {
        bytes += size;
        end++;
      }
      if (segmentation
          && end < to.count
          && to.lengths[end] < size
          && bytes + size < RUN_BYTES_MAX) {
        end++;
      }
      addMessage(to, start, end, size);
      start = end;
    }
    to.count = 0;
  }

  private void addMessage(Destination to, int start, int end, int size) {
    int parts = end - start;
    if (messages == MESSAGES_OUT || vectors + parts > VECTORS_OUT) {
      push();
    }
    long vector = outVector(vectors);
    for (int i = start; i < end; i++) {
      Memory.putNative64(outVector(vectors), to.packets[i]);
      Memory.putNative64(outVector(vectors++) + 8, to.lengths[i]);
    }
    long message = outMessage(messages);
    Memory.putNative64(message, to.address);
    Memory.putNative32(message + 8, SocketAddresses.SOCKADDR_BYTES);
    Memory.putNative64(message + 16, vector);
    Memory.putNative64(message + 24, parts);
    Memory.putNative64(message + 32, parts > 1 ? outControl(messages) : 0);
    Memory.putNative64(message + 40, parts > 1 ? 24 : 0);
    if (parts > 1) {
      long control = outControl(messages);
      Memory.putNative64(control, 18);
      Memory.putNative32(control + 8, LinuxSockets.SOL_UDP);
      Memory.putNative32(control + 12, LinuxSockets.UDP_SEGMENT);
      Memory.putNative16(control + 16, size);
    }
    segments[messages++] = parts;
  }

  private long outMessage(int index) {
    return outHeaders.address() + (long) index * MESSAGE;
  }

  private long outControl(int index) {
    return outHeaders.address() + (long) MESSAGES_OUT * MESSAGE + (long) index * CONTROL;
  }

  private long outVector(int index) {
    return outHeaders.address() + (long) MESSAGES_OUT * (MESSAGE + CONTROL) + (long) index * VECTOR;
  }

  private void push() {
    int from = 0;
    while (from < messages) {
      int sent = system.send(socket, outMessage(from), messages - from);
      if (sent > 0) {
        for (int i = from; i < from + sent; i++) {
          packetsOut += segments[i];
        }
        messagesOut += sent;
        from += sent;
      } else if (sent != -LinuxSockets.EINTR) {
        refused(from, -sent);
        from++;
      }
    }
    messages = 0;
    vectors = 0;
  }

  /** The kernel did not take a message: a run is tried again packet by packet, others are lost. */
  private void refused(int index, int errno) {
    int parts = segments[index];
    if (parts == 1 || (errno != LinuxSockets.EIO && errno != LinuxSockets.EINVAL)) {
      dropped += parts;
      return;
    }
    fallbacks++;
    if (errno == LinuxSockets.EIO) {
      // The device behind the route cannot checksum segments (udp(7)): it will not learn it.
      segmentation = false;
    }
    sendSingly(outMessage(index), parts);
  }

  private void sendSingly(long message, int parts) {
    long vector = Memory.native64(message + 16);
    Memory.putNative64(message + 24, 1);
    Memory.putNative64(message + 32, 0);
    Memory.putNative64(message + 40, 0);
    for (int i = 0; i < parts; i++) {
      Memory.putNative64(message + 16, vector + (long) i * VECTOR);
      if (system.send(socket, message, 1) == 1) {
        packetsOut++;
        messagesOut++;
      } else {
        dropped++;
      }
    }
  }

  @Override
  public Counters counters() {
    return new Counters(packetsIn, packetsOut, messagesOut, dropped, fallbacks);
  }

  @Override
  public void close() {
    synchronized (waking) {
      closed = true;
    }
    system.close(socket);
    system.close(waker);
    ingress.close();
    sources.close();
    inHeaders.close();
    egress.block.close();
    outHeaders.close();
    waiting.close();
    wakeArena.close();
    system.close();
  }
}
