package dev.parley.kit.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.WebSocketConnection;

/**
 * Watches connections from the moment they are accepted: too many of one address are closed at
 * once, and one that has not finished its handshake and first request in time is cut off, so that
 * nobody holds sockets by dripping bytes. Called by Jetty's threads; each connection is its own
 * entry.
 */
final class AddressGuard implements Connection.Listener {
  private final AddressLimits addresses;
  private final ServerConnector connector;
  private final Duration firstRequestTimeout;
  private final ConcurrentMap<EndPoint, Scheduler.Task> waiting = new ConcurrentHashMap<>();

  AddressGuard(AddressLimits addresses, ServerConnector connector, Duration firstRequestTimeout) {
    this.addresses = addresses;
    this.connector = connector;
    this.firstRequestTimeout = firstRequestTimeout;
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) {
      return;
    }
    EndPoint endPoint = connection.getEndPoint();
    if (!addresses.opened(address(endPoint))) {
      endPoint.close();
      return;
    }
    Scheduler.Task cutOff =
        connector
            .getScheduler()
            .schedule(
                () -> cutOffUnused(endPoint),
                firstRequestTimeout.toMillis(),
                TimeUnit.MILLISECONDS);
    waiting.put(endPoint, cutOff);
  }

  @Override
  public void onClosed(Connection connection) {
    if (!(connection instanceof SslConnection)) {
      return;
    }
    Scheduler.Task cutOff = waiting.remove(connection.getEndPoint());
    if (cutOff != null) {
      cutOff.cancel();
      addresses.closed(address(connection.getEndPoint()));
    }
  }

  /**
   * A connection that carried a request has decrypted data in and out; bytes alone do not count.
   */
  private static void cutOffUnused(EndPoint endPoint) {
    Connection connection = endPoint.getConnection();
    if (connection instanceof SslConnection tls
        && tls.getSslEndPoint().getConnection() instanceof Connection inner
        && (inner instanceof WebSocketConnection || inner.getMessagesIn() > 0)) {
      return;
    }
    endPoint.close();
  }

  private static String address(EndPoint endPoint) {
    return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress inet
        ? inet.getAddress().getHostAddress()
        : "local";
  }
}
