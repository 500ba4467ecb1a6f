package dev.parley.media.transport;

import dev.parley.media.memory.NativeBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.LongSupplier;

/** The portable tier of {@link PacketIo}: a {@link DatagramChannel} and a selector. */
final class NioPacketIo implements PacketIo {
  private final DatagramChannel channel;
  private final Selector selector;
  private final LongSupplier nanoTime;
  private final InetSocketAddress localAddress;
  private final EgressSlots egress = new EgressSlots();
  private final ByteBuffer egressBuffer = egress.block.buffer();
  private final NativeBlock ingress = new NativeBlock((long) BATCH * SLOT_BYTES);
  private final ByteBuffer ingressBuffer = ingress.buffer();
  private final NativeBlock sources = new NativeBlock((long) BATCH * SocketAddresses.BYTES);
  private final int[] lengths = new int[BATCH];
  private final long[] arrivals = new long[BATCH];
  private long packetsIn;
  private long packetsOut;
  private long dropped;

  NioPacketIo(InetSocketAddress bind, int bufferBytes, LongSupplier nanoTime) throws IOException {
    this.nanoTime = nanoTime;
    this.channel = DatagramChannel.open();
    this.selector = Selector.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
      channel.bind(bind);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      this.localAddress = (InetSocketAddress) channel.getLocalAddress();
    } catch (IOException failed) {
      channel.close();
      selector.close();
      throw failed;
    }
  }

  @Override
  public IoTier tier() {
    return IoTier.PORTABLE;
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public void await(long timeoutNanos) {
    try {
      if (timeoutNanos <= 0) {
        selector.selectNow();
      } else {
        selector.select(Math.max(1, timeoutNanos / 1_000_000));
      }
      selector.selectedKeys().clear();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void wake() {
    selector.wakeup();
  }

  @Override
  public int receive() {
    int count = 0;
    while (count < BATCH && receiveInto(count)) {
      count++;
    }
    packetsIn += count;
    return count;
  }

  private boolean receiveInto(int index) {
    try {
      int start = index * SLOT_BYTES;
      ingressBuffer.limit(start + SLOT_BYTES).position(start);
      if (channel.receive(ingressBuffer) instanceof InetSocketAddress from) {
        lengths[index] = ingressBuffer.position() - start;
        arrivals[index] = nanoTime.getAsLong() / 1000;
        SocketAddresses.write(source(index), from);
        return true;
      }
      return false;
    } catch (IOException unreachable) {
      // An ICMP error of an earlier send; the datagram behind it waits for the next call.
      return false;
    }
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
    return arrivals[index];
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
      // Slots stay as they are: only a flush of the loop may take them back.
      sendRun(to);
    }
    egress.queue(to, packet, length);
  }

  @Override
  public void flush() {
    for (int i = 0; i < egress.waitingCount(); i++) {
      sendRun(egress.waiting(i));
    }
    egress.clear();
  }

  private void sendRun(Destination to) {
    InetSocketAddress address = to.socketAddress();
    for (int i = 0; i < to.count; i++) {
      int start = (int) (to.packets[i] - egress.block.address());
      egressBuffer.limit(start + to.lengths[i]).position(start);
      sendOne(address);
    }
    to.count = 0;
  }

  private void sendOne(InetSocketAddress address) {
    try {
      if (channel.send(egressBuffer, address) > 0) {
        packetsOut++;
      } else {
        dropped++;
      }
    } catch (IOException unreachable) {
      dropped++;
    }
  }

  @Override
  public Counters counters() {
    return new Counters(packetsIn, packetsOut, packetsOut, dropped, 0);
  }

  @Override
  public void close() {
    try {
      selector.close();
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      egress.block.close();
      ingress.close();
      sources.close();
    }
  }
}
