package dev.parley.bench.chat;

import dev.parley.bench.Client;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What the browser client does on the wire (docs/protocols/chat-push.md), with one TLS connection:
 * allocate, shake hands, upgrade; then each message is answered and followed by a ping. Its reader
 * is a virtual thread; only that one writes once the socket is open.
 */
final class PushClient implements AutoCloseable {
  private static final String REQUEST = "3:::{\"id\":";
  private static final int MASK_BIT = 0x80;
  private static final int TEXT = 0x81;
  private static final int CLOSE = 8;
  private static final int SHORT = 126;
  private static final int SHORT_MAX = 125;
  private static final int TWO_BYTES_MAX = 0xffff;

  private final Parley.User user;
  private final Consumer<String> heard;
  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String host;
  private final CountDownLatch connected = new CountDownLatch(1);
  private final String address;
  private volatile String resume;
  private int event = 1;

  /**
   * Opens the socket; {@link #register} is still to follow.
   *
   * @param from the loopback address to come from
   * @param before what the connection before was given to keep, or null
   * @param heard gets each event of chat as it stands in its frame
   */
  PushClient(
      String endpoint,
      InetAddress from,
      Parley.User user,
      @Nullable String before,
      Consumer<String> heard) {
    this.user = user;
    this.heard = heard;
    URI uri = URI.create(endpoint);
    this.host = "localhost:" + uri.getPort();
    try {
      socket = Client.tls(uri.getPort(), from);
      in = new BufferedInputStream(socket.getInputStream(), 2048);
      out = socket.getOutputStream();
      String kept = before == null ? "" : "&resume=" + encoded(before);
      String place = request("POST", "/v4/a?epid=" + user.id() + kept);
      resume = Parley.field(place, "resume");
      address = Parley.field(place, "surl");
      String shake = request("GET", "/socket.io/1/?v=v4&epid=e&resume=" + encoded(resume));
      upgrade(shake.substring(0, shake.indexOf(':')));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().start(this::read);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String request(String method, String path) throws IOException {
    write(
        method
            + " "
            + path
            + " HTTP/1.1\r\nhost: "
            + host
            + "\r\ncontent-length: 0\r\nx-skypetoken: "
            + user.token()
            + "\r\n\r\n");
    String status = line();
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).trim());
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status + " " + body);
    }
    return body;
  }

  private void upgrade(String sid) throws IOException {
    write(
        "GET /socket.io/1/websocket/"
            + sid
            + " HTTP/1.1\r\nhost: "
            + host
            + "\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-version: 13\r\n"
            + "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    String status = line();
    if (!status.startsWith("HTTP/1.1 101")) {
      throw new IOException(status);
    }
    while (!line().isEmpty()) {
      // The other headers say nothing that we need.
    }
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Waits until the server said that the client is connected, then registers for messages. */
  void register(Client through) throws InterruptedException {
    connected.await();
    through.bearer(
        "POST",
        "/v3/registrations",
        user.token(),
        "{\"clientDescription\":{\"appId\":\"AcsWeb\",\"templateKey\":\"AcsWeb_Chat_2.1\"},"
            + "\"registrationId\":\""
            + user.id()
            + "\",\"transports\":{\"TROUTER\":[{\"context\":\"\",\"path\":\""
            + address
            + "\",\"ttl\":7200}]}}");
  }

  /** The word that brings the next connection to where this one came. */
  String resume() {
    return resume;
  }

  Parley.User user() {
    return user;
  }

  private void read() {
    try {
      while (true) {
        int opcode = in.read();
        int length = length(in.read());
        byte[] payload = in.readNBytes(length);
        if (opcode < 0 || (opcode & 0xf) == CLOSE) {
          return;
        }
        take(new String(payload, StandardCharsets.UTF_8));
      }
    } catch (IOException closed) {
      // The scene closed it, or the server did: what was not heard is missing in the count.
    }
  }

  private int length(int first) throws IOException {
    if (first <= SHORT_MAX) {
      return Math.max(0, first);
    }
    int length = 0;
    for (int left = first == SHORT ? 2 : 8; left > 0; left--) {
      length = (length << 8) | in.read();
    }
    return length;
  }

  private void take(String text) throws IOException {
    int kept = text.indexOf("\"resume\":\"");
    if (kept >= 0) {
      resume = Parley.field(text, "resume");
    }
    if (text.contains("trouter.connected")) {
      connected.countDown();
    }
    int at = text.indexOf(REQUEST);
    while (at >= 0) {
      int next = text.indexOf(REQUEST, at + REQUEST.length());
      String one = text.substring(at, next < 0 ? text.length() : next);
      answer(one.substring(REQUEST.length(), one.indexOf(',')));
      heard.accept(one);
      at = next;
    }
  }

  private void answer(String id) throws IOException {
    byte[] answer =
        ("3:::{\"id\":" + id + ",\"status\":200,\"headers\":{\"MS-CV\":\"a.0\"},\"body\":\"\"}")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] ping = ("5:" + event++ + "+::{\"name\":\"ping\"}").getBytes(StandardCharsets.US_ASCII);
    // Two frames as the browser sends them, but in one write.
    byte[] both = new byte[answer.length + ping.length + 16];
    int size = frame(both, frame(both, 0, answer), ping);
    out.write(both, 0, size);
    out.flush();
  }

  /** A masked frame whose mask is zero: what a server must undo costs the same. */
  private static int frame(byte[] into, int at, byte[] payload) {
    int to = at;
    into[to++] = (byte) TEXT;
    if (payload.length <= SHORT_MAX) {
      into[to++] = (byte) (MASK_BIT | payload.length);
    } else if (payload.length <= TWO_BYTES_MAX) {
      into[to++] = (byte) (MASK_BIT | SHORT);
      into[to++] = (byte) (payload.length >> 8);
      into[to++] = (byte) payload.length;
    }
    to += 4;
    System.arraycopy(payload, 0, into, to, payload.length);
    return to + payload.length;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException late) {
      throw new UncheckedIOException(late);
    }
  }
}
