package dev.parley.media.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * One thread that reads for many clients: a crowd with a thread for each client would make the
 * kernel wake that many threads, and whoever sends to them pays for the waking.
 */
public final class ClientReader implements AutoCloseable {
  private static final int DATAGRAM_BYTES = 2048;
  private static final int READS_PER_TURN = 64;

  private final Selector selector;
  private final Thread thread;
  private volatile boolean closed;

  /** Starts the thread. */
  public ClientReader() {
    try {
      selector = Selector.open();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    thread = Thread.ofPlatform().daemon().name("client-reader").start(this::run);
  }

  void register(DatagramChannel channel, TestClient client) {
    try {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, client);
      selector.wakeup();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    try {
      while (!closed) {
        selector.select(key -> read(key, buffer));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void read(SelectionKey key, ByteBuffer buffer) {
    TestClient client = (TestClient) key.attachment();
    DatagramChannel channel = (DatagramChannel) key.channel();
    try {
      for (int i = 0; i < READS_PER_TURN; i++) {
        buffer.clear();
        if (channel.read(buffer) <= 0) {
          return;
        }
        client.take(buffer.flip());
      }
    } catch (ClosedChannelException | CancelledKeyException ended) {
      key.cancel();
    } catch (IOException refused) {
      // The server is gone: its port answers with ICMP. The client closes when its owner says so.
      key.cancel();
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
      selector.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
