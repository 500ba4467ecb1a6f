package dev.parley.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * One keep-alive HTTP/1.1 connection over TLS, as cheap as can be: the server is what is measured.
 */
public final class Client implements AutoCloseable {
  private static final SSLContext TRUSTING = trustAll();
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final String SERVER = "127.0.0.1";
  private final String host;
  private final SSLSocket socket;
  private final OutputStream out;
  private final InputStream in;

  /** Connects to a server of this machine, such as {@code https://localhost:8443/}. */
  public Client(String endpoint) {
    URI uri = URI.create(endpoint);
    this.host = uri.getHost() + ":" + uri.getPort();
    try {
      socket = tls(uri.getPort(), InetAddress.getLoopbackAddress());
      out = socket.getOutputStream();
      in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  /**
   * A TLS connection to a port of this machine; sessions are resumed.
   *
   * @param from the loopback address to come from: each has its own range of ports
   */
  public static SSLSocket tls(int port, InetAddress from) throws IOException {
    SSLSocket made = (SSLSocket) TRUSTING.getSocketFactory().createSocket(SERVER, port, from, 0);
    made.setTcpNoDelay(true);
    return made;
  }

  /** Loopback only: who answers is the process that this run started. */
  private static SSLContext trustAll() {
    TrustManager any =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {any}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** Sends a request without any credential. */
  public String open(String method, String path, String body) {
    return call(method, path, "", body);
  }

  /** Sends a request with a bearer token. */
  public String bearer(String method, String path, String token, String body) {
    return call(method, path, "authorization: Bearer " + token + "\r\n", body);
  }

  /** Sends a request signed with an access key (compat §2.2). */
  public String signed(String method, String path, Mac key, String body) {
    try {
      String hash =
          Base64.getEncoder()
              .encodeToString(
                  MessageDigest.getInstance("SHA-256")
                      .digest(body.getBytes(StandardCharsets.UTF_8)));
      String date = DATE.format(Instant.now());
      String text = method + "\n" + path + "\n" + date + ";" + host + ";" + hash;
      String signature =
          Base64.getEncoder().encodeToString(key.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      return call(
          method,
          path,
          "x-ms-date: "
              + date
              + "\r\nx-ms-content-sha256: "
              + hash
              + "\r\nauthorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256"
              + "&Signature="
              + signature
              + "\r\n",
          body);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** The key that signs with a base64 access key. */
  public static Mac key(String base64) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(base64), "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private String call(String method, String path, String headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nhost: "
            + host
            + "\r\ncontent-type: application/json\r\ncontent-length: "
            + bytes.length
            + "\r\n"
            + headers
            + "\r\n";
    try {
      byte[] first = head.getBytes(StandardCharsets.US_ASCII);
      byte[] all = java.util.Arrays.copyOf(first, first.length + bytes.length);
      System.arraycopy(bytes, 0, all, first.length, bytes.length);
      out.write(all);
      out.flush();
      return answer();
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private String answer() throws IOException {
    String status = line();
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).trim());
      }
      chunked |= "transfer-encoding: chunked".equalsIgnoreCase(header);
    }
    byte[] bytes = chunked ? chunks() : in.readNBytes(length);
    String body = new String(bytes, StandardCharsets.UTF_8);
    if (!status.startsWith("HTTP/1.1 2")) {
      throw new IllegalStateException(status + " " + body);
    }
    return body;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int size;
    do {
      size = Integer.parseInt(line().trim(), 16);
      all.write(in.readNBytes(size));
      line();
    } while (size > 0);
    return all.toByteArray();
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

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException late) {
      throw new java.io.UncheckedIOException(late);
    }
  }
}
