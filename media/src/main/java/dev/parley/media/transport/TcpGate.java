package dev.parley.media.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts passive ICE-TCP connections for one media loop (RFC 6544 §4.5). */
public final class TcpGate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpGate.class);
  private static final int BACKLOG = 128;

  /** Connections of one loop; more are closed at once. */
  private static final int CONNECTIONS_MAX = 4096;

  /** A connection that says nothing for this long is closed: ICE checks come every few seconds. */
  private static final int SILENCE_MILLIS_MAX = 30_000;

  private final ServerSocket server;
  private final TcpConnection.Receiver receiver;
  private final Set<TcpConnection> connections = ConcurrentHashMap.newKeySet();

  /** Listens at {@code bind}. */
  public TcpGate(InetSocketAddress bind, TcpConnection.Receiver receiver) throws IOException {
    this.receiver = receiver;
    this.server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(bind, BACKLOG);
    Thread.ofVirtual().name("ice-tcp-accept").start(this::accept);
  }

  /** The port that it listens at. */
  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        admit(server.accept());
      } catch (IOException failed) {
        LOG.debug("accepting ICE-TCP: {}", failed.toString());
      }
    }
  }

  private void admit(Socket socket) throws IOException {
    if (connections.size() >= CONNECTIONS_MAX) {
      socket.close();
      return;
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(SILENCE_MILLIS_MAX);
    TcpConnection connection = new TcpConnection(socket);
    connections.add(connection);
    connection.start(new Forgetting());
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failed) {
      LOG.debug("closing the ICE-TCP gate failed: {}", failed.toString());
    }
    connections.forEach(TcpConnection::close);
  }

  private final class Forgetting implements TcpConnection.Receiver {
    @Override
    public void packet(TcpConnection from, byte[] packet) {
      receiver.packet(from, packet);
    }

    @Override
    public void ended(TcpConnection connection) {
      connections.remove(connection);
      receiver.ended(connection);
    }
  }
}
