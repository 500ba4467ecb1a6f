package dev.parley.media.transport;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ICE-TCP connection (RFC 6544) with the framing of RFC 4571: two bytes of length, then the
 * packet. Reading and writing run on virtual threads behind bounded queues, so a slow receiver
 * loses packets and nobody waits for it.
 */
public final class TcpConnection implements AutoCloseable {
  /** Takes what arrives; called on the connection's reader thread. */
  public interface Receiver {
    /** One packet. */
    void packet(TcpConnection from, byte[] packet);

    /** The connection is over. */
    void ended(TcpConnection connection);
  }

  private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);
  private static final int QUEUE_MAX = 512;
  private static final byte[] CLOSE = new byte[0];

  private final Socket socket;
  private final InetSocketAddress remote;
  private final BlockingQueue<byte[]> outgoing = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final AtomicLong dropped = new AtomicLong();

  TcpConnection(Socket socket) {
    this.socket = socket;
    this.remote = (InetSocketAddress) socket.getRemoteSocketAddress();
  }

  void start(Receiver receiver) {
    Thread.ofVirtual().name("ice-tcp-in").start(() -> read(receiver));
    Thread.ofVirtual().name("ice-tcp-out").start(this::write);
  }

  /** Who is at the other end. */
  public InetSocketAddress remote() {
    return remote;
  }

  /** Queues a packet; it is dropped and counted when the queue is full. */
  public void send(byte[] packet) {
    if (packet.length > 0 && !outgoing.offer(packet)) {
      dropped.incrementAndGet();
    }
  }

  /** Packets that the receiver was too slow for. */
  public long dropped() {
    return dropped.get();
  }

  private void read(Receiver receiver) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16))) {
      while (true) {
        int length = in.readUnsignedShort();
        if (length > PacketIo.SLOT_BYTES) {
          LOG.debug("ICE-TCP frame of {} bytes from {}", length, remote);
          return;
        }
        byte[] packet = new byte[length];
        in.readFully(packet);
        receiver.packet(this, packet);
      }
    } catch (IOException ended) {
      LOG.debug("ICE-TCP connection of {} ended: {}", remote, ended.toString());
    } finally {
      close();
      receiver.ended(this);
    }
  }

  private void write() {
    byte[] frame = new byte[2 + PacketIo.SLOT_BYTES];
    try (OutputStream out = socket.getOutputStream()) {
      for (byte[] packet = outgoing.take(); packet.length > 0; packet = outgoing.take()) {
        frame[0] = (byte) (packet.length >>> 8);
        frame[1] = (byte) packet.length;
        System.arraycopy(packet, 0, frame, 2, packet.length);
        out.write(frame, 0, 2 + packet.length);
      }
    } catch (IOException ended) {
      LOG.debug("ICE-TCP connection of {} takes no more: {}", remote, ended.toString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      LOG.debug("closing ICE-TCP failed: {}", failed.toString());
    }
    while (!outgoing.offer(CLOSE)) {
      outgoing.clear();
    }
  }
}
