package dev.parley.kit.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket over Jetty's core. Jetty calls the {@code on...} methods one at a time; it is asked
 * for the next frame only after the last one was handled, so a feature that is slow slows its peer.
 */
final class JettySocket implements FrameHandler, Socket {
  private final SocketListener listener;
  private final SocketLimits limits;
  private final Scheduler scheduler;
  private final AtomicLong queued = new AtomicLong();
  private volatile @Nullable CoreSession session;
  private @Nullable ByteArrayOutputStream message;

  JettySocket(SocketListener listener, SocketLimits limits, Scheduler scheduler) {
    this.listener = listener;
    this.limits = limits;
    this.scheduler = scheduler;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    listener.opened(this);
    callback.succeeded();
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    boolean goOn =
        switch (frame.getOpCode()) {
          case OpCode.TEXT, OpCode.CONTINUATION -> onPart(frame);
          case OpCode.BINARY -> refuse(CloseStatus.BAD_DATA, "text only");
          case OpCode.PING -> pong(frame);
          default -> true;
        };
    callback.succeeded();
    CoreSession current = session;
    if (goOn && current != null && frame.getOpCode() != OpCode.CLOSE) {
      current.demand();
    }
  }

  private boolean onPart(Frame frame) {
    ByteArrayOutputStream parts = message == null ? new ByteArrayOutputStream(256) : message;
    if (parts.size() + frame.getPayloadLength() > limits.messageBytesMax()) {
      return refuse(CloseStatus.MESSAGE_TOO_LARGE, "message too large");
    }
    ByteBuffer payload = frame.getPayload();
    while (payload != null && payload.hasRemaining()) {
      parts.write(payload.get());
    }
    message = frame.isFin() ? null : parts;
    return !frame.isFin() || onText(parts.toByteArray());
  }

  private boolean onText(byte[] utf8) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException malformed) {
      return refuse(CloseStatus.BAD_PAYLOAD, "not UTF-8");
    }
    listener.text(text);
    return true;
  }

  private boolean refuse(int code, String reason) {
    close(code, reason);
    return false;
  }

  private boolean pong(Frame ping) {
    CoreSession current = session;
    if (current != null) {
      ByteBuffer echo = ByteBuffer.allocate(ping.getPayloadLength());
      if (ping.getPayload() != null) {
        echo.put(ping.getPayload().slice()).flip();
      }
      current.sendFrame(new Frame(OpCode.PONG, true, echo), Callback.NOOP, false);
    }
    return true;
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    try {
      listener.closed();
    } finally {
      callback.succeeded();
    }
  }

  @Override
  public boolean send(String text) {
    CoreSession current = session;
    if (current == null || !current.isOutputOpen()) {
      return false;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (queued.addAndGet(utf8.length) > limits.queueBytesMax()) {
      cut();
      return false;
    }
    Callback written = Callback.from(() -> queued.addAndGet(-utf8.length), failure -> cut());
    current.sendFrame(new Frame(OpCode.TEXT, true, ByteBuffer.wrap(utf8)), written, false);
    return true;
  }

  @Override
  public void close(int code, String reason) {
    CoreSession current = session;
    if (current == null) {
      return;
    }
    current.close(code, reason, Callback.NOOP);
    scheduler.schedule(this::cut, limits.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void cut() {
    CoreSession current = session;
    if (current != null) {
      current.abort();
    }
  }

  @Override
  public long queuedBytes() {
    return queued.get();
  }
}
