package dev.parley.kit.http;

import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/**
 * Turns a request into a WebSocket: HTTP/1.1 by {@code Upgrade} (RFC 6455), HTTP/2 by extended
 * CONNECT (RFC 8441). Compression is not negotiated: its windows would cost more memory per idle
 * socket than all the rest.
 */
final class SocketUpgrade {
  /** What is answered to a plain request at the path of a WebSocket. */
  static final Problem NEEDED =
      new Problem(426, "UpgradeRequired", "This path is a WebSocket; the request is not one.");

  private static final String CONNECT = "CONNECT";

  private final WebSocketMappings mappings;
  private final Server server;
  private final SocketLimits limits;

  SocketUpgrade(Server server, SocketLimits limits) {
    this.server = server;
    this.limits = limits;
    this.mappings =
        new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
  }

  /** The method that an operation is found by: extended CONNECT stands for GET. */
  static String method(Request request) {
    return isExtendedConnect(request) ? "GET" : request.getMethod();
  }

  /** A CONNECT of HTTP/1.1 has no path, so one with a path is that of RFC 8441. */
  static boolean isExtendedConnect(Request request) {
    return request.getMethod().equals(CONNECT) && request.getHttpURI().getPath() != null;
  }

  /** Whether the request asked for a WebSocket; then it has been answered. */
  boolean upgrade(Request request, Response response, Callback callback, SocketListener listener) {
    JettySocket socket = new JettySocket(listener, limits, server.getScheduler());
    return mappings.upgrade(new Accepting(socket), request, response, callback, this::configure);
  }

  private void configure(Configuration configuration) {
    configuration.setIdleTimeout(limits.idleTimeout());
    configuration.setMaxFrameSize(limits.messageBytesMax());
    configuration.setMaxTextMessageSize(limits.messageBytesMax());
    // One limit for both directions: what we send and is larger goes out in parts. What comes in
    // parts is counted together by the socket.
    configuration.setAutoFragment(true);
  }

  /** Accepts without a subprotocol and without extensions. */
  private static final class Accepting extends WebSocketNegotiator.AbstractNegotiator {
    private final JettySocket socket;

    Accepting(JettySocket socket) {
      this.socket = socket;
    }

    @Override
    public FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      response.setExtensions(List.of());
      return socket;
    }
  }
}
