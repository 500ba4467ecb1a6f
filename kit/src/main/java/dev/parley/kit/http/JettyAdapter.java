package dev.parley.kit.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings Jetty's requests to the {@link Pipeline} and carries answers back; blocks, on a virtual
 * thread.
 */
final class JettyAdapter extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(JettyAdapter.class);

  /** An unread body up to this size is read and dropped before the answer; see {@link #drain}. */
  private static final int DRAINED_BYTES_MAX = 64 * 1024;

  private final Pipeline pipeline;
  private final AddressGuard guard;
  private final Supplier<UUID> requestIds;
  private final Duration bodyTimeout;
  private final SocketUpgrade sockets;

  JettyAdapter(
      Pipeline pipeline,
      AddressGuard guard,
      Supplier<UUID> requestIds,
      Duration bodyTimeout,
      SocketUpgrade sockets) {
    this.pipeline = pipeline;
    this.guard = guard;
    this.requestIds = requestIds;
    this.bodyTimeout = bodyTimeout;
    this.sockets = sockets;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    guard.used(request);
    Incoming incoming = incoming(request, requestIds.get().toString());
    AtomicBoolean read = new AtomicBoolean();
    Answer answer =
        pipeline.answer(
            incoming,
            bytesMax -> {
              read.set(true);
              return body(request, bytesMax);
            });
    if (!read.get()) {
      drain(request);
    }
    SocketListener socket = answer.socket();
    if (socket != null) {
      if (sockets.upgrade(request, response, callback, socket)) {
        return true;
      }
      answer = ErrorEnvelope.answer(SocketUpgrade.NEEDED, incoming.requestId());
    }
    send(incoming, answer, response, callback);
    return true;
  }

  static Incoming incoming(Request request, String requestId) {
    HttpFields headers = request.getHeaders();
    String authority = request.getHttpURI().getAuthority();
    return new Incoming(
        requestId,
        SocketUpgrade.method(request),
        request.getHttpURI().getPath() == null ? "/" : request.getHttpURI().getPath(),
        request.getHttpURI().getQuery(),
        name -> header(headers, authority, name),
        Request.getRemoteAddr(request));
  }

  /** HTTP/2 has no Host header; its authority is what the client signed as {@code host}. */
  private static @Nullable String header(
      HttpFields headers, @Nullable String authority, String name) {
    String value = headers.get(name);
    return value == null && name.equalsIgnoreCase("Host") ? authority : value;
  }

  private static void send(Incoming incoming, Answer answer, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    response.setStatus(answer.status());
    headers.put("x-ms-request-id", incoming.requestId());
    String clientId = incoming.header().apply("x-ms-client-request-id");
    if (clientId != null) {
      headers.put("x-ms-client-request-id", clientId);
    }
    headers.put("x-content-type-options", "nosniff");
    // Answers may hold tokens and keys (RFC 6749 §5.1); what may be kept says so itself.
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      headers.put(header.getKey(), header.getValue());
    }
    byte[] body = answer.body();
    if (body == null) {
      response.write(true, null, callback);
      return;
    }
    headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    boolean head = incoming.method().equals("HEAD");
    response.write(true, head ? null : ByteBuffer.wrap(body), callback);
  }

  /**
   * Reads what a refusal left unread. Jetty would otherwise end an HTTP/2 stream with RST_STREAM
   * CANCEL beside the answer, and clients that follow RFC 9113 §8.1 strictly (the JDK's) then drop
   * the answer. Larger or broken bodies are cut off as before; slow ones at the body's deadline.
   */
  private void drain(Request request) {
    try {
      body(request, DRAINED_BYTES_MAX);
    } catch (ProblemException notWorthReading) {
      // The answer is decided; what comes of the body changes nothing.
      return;
    }
  }

  private byte[] body(Request request, int bytesMax) {
    if (request.getLength() == 0 || SocketUpgrade.isExtendedConnect(request)) {
      return new byte[0];
    }
    if (request.getLength() > bytesMax) {
      throw tooLarge(request, bytesMax);
    }
    try (InputStream in = decoded(request, bytesMax)) {
      byte[] body = in.readNBytes(bytesExpected(request, bytesMax) + 1);
      if (body.length > bytesMax) {
        throw tooLarge(request, bytesMax);
      }
      return body;
    } catch (BodyStream.TooSlow slow) {
      throw new Problem(408, "RequestTimeout", "The request body did not arrive in time.")
          .exception();
    } catch (ZipException malformed) {
      throw Problem.badRequest("The request body is not well-formed gzip.", null).exception();
    } catch (IOException broken) {
      throw Problem.badRequest("The request body ended early.", null).exception();
    }
  }

  /** Of an announced length not one byte more comes; asking for more makes a buffer for it. */
  private static int bytesExpected(Request request, int bytesMax) {
    boolean announced =
        request.getLength() >= 0 && !request.getHeaders().contains(HttpHeader.CONTENT_ENCODING);
    return announced ? (int) request.getLength() : bytesMax;
  }

  private InputStream decoded(Request request, int bytesMax) throws IOException {
    InputStream in = new BodyStream(request, bodyTimeout);
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    if (encoding == null || encoding.equalsIgnoreCase("identity")) {
      return in;
    }
    if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
      return new GZIPInputStream(in, Math.min(8192, bytesMax + 1));
    }
    throw new Problem(415, "UnsupportedMediaType", "The Content-Encoding must be gzip or identity.")
        .exception();
  }

  /** What is not much too large is read to its end, so that the answer arrives; see drain. */
  private ProblemException tooLarge(Request request, int bytesMax) {
    long rest = (long) bytesMax + DRAINED_BYTES_MAX;
    if (request.getLength() <= rest) {
      discard(request, rest);
    }
    String message = "The request body is larger than " + bytesMax + " bytes.";
    return new Problem(413, "RequestEntityTooLarge", message).exception();
  }

  private void discard(Request request, long bytesMax) {
    byte[] dropped = new byte[8192];
    long left = bytesMax;
    try (BodyStream rest = new BodyStream(request, bodyTimeout)) {
      for (int read = 0; read >= 0 && left > 0; left -= read) {
        read = rest.read(dropped);
      }
    } catch (IOException ended) {
      LOG.debug("a body that is too large ended early: {}", ended.toString());
    }
  }
}
