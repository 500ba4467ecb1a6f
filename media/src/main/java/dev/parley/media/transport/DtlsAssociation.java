package dev.parley.media.transport;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One DTLS association, driven by a virtual thread of its own: it shakes hands, hands out the keys
 * and then waits for the other side's close. Datagrams come in through a bounded queue, so a media
 * loop never waits here.
 */
public final class DtlsAssociation implements AutoCloseable {
  /** Takes the keys of a finished handshake; called on the association's thread. */
  @FunctionalInterface
  public interface Secured {
    /** The keys are for what we receive and what we send. */
    void with(SrtpKeys inbound, SrtpKeys outbound);
  }

  /** Runs the handshake on a transport and gives the secured one. */
  @FunctionalInterface
  public interface Handshake {
    DTLSTransport run(DatagramTransport transport) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(DtlsAssociation.class);
  private static final int QUEUE_MAX = 64;
  private static final int RECEIVE_BYTES_MAX = 1500;

  // Below the smallest path that browsers assume, so that flights are never fragmented by IP.
  private static final int SEND_BYTES_MAX = 1200;
  private static final int IDLE_WAIT_MILLIS = 60_000;
  private static final byte[] CLOSE = new byte[0];

  private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final Consumer<byte[]> send;
  private volatile boolean closed;

  private DtlsAssociation(Consumer<byte[]> send) {
    this.send = send;
  }

  /**
   * Starts an association.
   *
   * @param send takes each datagram that is to go out; called on the association's thread
   * @param ended called once, when the association is over, with the reason
   */
  public static DtlsAssociation start(
      Handshake handshake, Consumer<byte[]> send, Consumer<String> ended) {
    DtlsAssociation association = new DtlsAssociation(send);
    Thread.ofVirtual().name("dtls").start(() -> association.run(handshake, ended));
    return association;
  }

  /** Hands in a received datagram; when too many wait it is lost, as on any network. */
  public boolean receive(byte[] datagram) {
    return !closed && datagram.length > 0 && incoming.offer(datagram);
  }

  private void run(Handshake handshake, Consumer<String> ended) {
    String reason = "closed";
    try {
      DTLSTransport secured = handshake.run(new Queued());
      byte[] discarded = new byte[secured.getReceiveLimit()];
      while (!closed) {
        // Application bytes would be data channels, which this engine does not offer.
        secured.receive(discarded, 0, discarded.length, IDLE_WAIT_MILLIS);
      }
      secured.close();
    } catch (IOException | RuntimeException failed) {
      reason = closed ? "closed" : "DTLS failed: " + failed.getMessage();
      LOG.debug("DTLS association ended", failed);
    } finally {
      closed = true;
      ended.accept(reason);
    }
  }

  @Override
  public void close() {
    closed = true;
    boolean woken = incoming.offer(CLOSE);
    LOG.trace("DTLS close, woken {}", woken);
  }

  /** The datagram side of the association, as BouncyCastle wants it. */
  private final class Queued implements DatagramTransport {
    @Override
    public int getReceiveLimit() {
      return RECEIVE_BYTES_MAX;
    }

    @Override
    public int getSendLimit() {
      return SEND_BYTES_MAX;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      if (closed) {
        throw new IOException("closed");
      }
      try {
        byte[] datagram = incoming.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
        if (datagram == null || datagram.length == 0) {
          return -1;
        }
        int taken = Math.min(length, datagram.length);
        System.arraycopy(datagram, 0, buffer, offset, taken);
        return taken;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", interrupted);
      }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      send.accept(java.util.Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
