package dev.parley.kit.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Watches connections from the moment they are accepted: too many of one address are closed at
 * once, and one that has not finished its handshake and first request head in time is cut off, so
 * that nobody holds sockets by dripping bytes. Called by Jetty's threads and by those of requests;
 * each connection is its own entry, found by its socket.
 */
final class AddressGuard implements Connection.Listener {
  private final AddressLimits addresses;
  private final ServerConnector connector;
  private final Duration firstRequestTimeout;
  private final ConcurrentMap<EndPoint, Guarded> open = new ConcurrentHashMap<>();

  AddressGuard(AddressLimits addresses, ServerConnector connector, Duration firstRequestTimeout) {
    this.addresses = addresses;
    this.connector = connector;
    this.firstRequestTimeout = firstRequestTimeout;
  }

  /** A connection that counts; {@code cutOff} is cancelled by its first request. */
  private record Guarded(String address, Scheduler.Task cutOff) {}

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) {
      return;
    }
    EndPoint socket = connection.getEndPoint();
    String address = address(socket);
    if (!addresses.opened(address)) {
      socket.close();
      return;
    }
    long millis = firstRequestTimeout.toMillis();
    Scheduler.Task cutOff =
        connector.getScheduler().schedule(socket::close, millis, TimeUnit.MILLISECONDS);
    open.put(socket, new Guarded(address, cutOff));
  }

  @Override
  public void onClosed(Connection connection) {
    if (!(connection instanceof SslConnection)) {
      return;
    }
    Guarded guarded = open.remove(connection.getEndPoint());
    if (guarded != null) {
      guarded.cutOff.cancel();
      addresses.closed(guarded.address);
    }
  }

  /** The head of a request arrived, so its connection may stay. */
  void used(Request request) {
    EndPoint plain = request.getConnectionMetaData().getConnection().getEndPoint();
    if (plain instanceof SslConnection.SslEndPoint decrypted) {
      Guarded guarded = open.get(decrypted.getSslConnection().getEndPoint());
      if (guarded != null) {
        guarded.cutOff.cancel();
      }
    }
  }

  private static String address(EndPoint endPoint) {
    return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress inet
        ? inet.getAddress().getHostAddress()
        : "local";
  }
}
