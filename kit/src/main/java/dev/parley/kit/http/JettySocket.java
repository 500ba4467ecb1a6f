package dev.parley.kit.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** The part of {@code queued} that may wait for company. */
  private final AtomicLong waiting = new AtomicLong();

  private final AtomicBoolean flushScheduled = new AtomicBoolean();
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
    if (message == null && frame.isFin() && frame.getPayloadLength() <= limits.messageBytesMax()) {
      return onText(bytes(frame.getPayload()));
    }
    ByteArrayOutputStream parts = message == null ? new ByteArrayOutputStream(256) : message;
    if (parts.size() + frame.getPayloadLength() > limits.messageBytesMax()) {
      return refuse(CloseStatus.MESSAGE_TOO_LARGE, "message too large");
    }
    parts.writeBytes(bytes(frame.getPayload()));
    message = frame.isFin() ? null : parts;
    return !frame.isFin() || onText(parts.toByteArray());
  }

  private static byte[] bytes(@Nullable ByteBuffer payload) {
    byte[] bytes = new byte[payload == null ? 0 : payload.remaining()];
    if (payload != null) {
      payload.get(bytes);
    }
    return bytes;
  }

  private boolean onText(byte[] utf8) {
    String text;
    try {
      text = text(utf8);
    } catch (CharacterCodingException malformed) {
      return refuse(CloseStatus.BAD_PAYLOAD, "not UTF-8");
    }
    listener.text(text);
    return true;
  }

  /** Most of what clients send is ASCII, which needs no decoder to be found well-formed. */
  private static String text(byte[] utf8) throws CharacterCodingException {
    for (byte one : utf8) {
      if (one < 0) {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      }
    }
    return new String(utf8, StandardCharsets.ISO_8859_1);
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
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean send(byte[] utf8) {
    return send(utf8, false);
  }

  @Override
  public boolean sendSoon(String text) {
    boolean queues = send(text.getBytes(StandardCharsets.UTF_8), true);
    if (queues && flushScheduled.compareAndSet(false, true)) {
      scheduler.schedule(this::flush, SocketLimits.SOON.toMillis(), TimeUnit.MILLISECONDS);
    }
    return queues;
  }

  private void flush() {
    flushScheduled.set(false);
    CoreSession current = session;
    if (current != null && current.isOutputOpen()) {
      current.flush(Callback.NOOP);
    }
  }

  /**
   * @param wait whether the frame may wait for the next one or for a flush
   */
  private boolean send(byte[] utf8, boolean wait) {
    CoreSession current = session;
    if (current == null || !current.isOutputOpen()) {
      return false;
    }
    if (queued.addAndGet(utf8.length) > limits.queueBytesMax()) {
      cut();
      return false;
    }
    long waits = wait ? utf8.length : 0;
    waiting.addAndGet(waits);
    Callback written =
        Callback.from(
            () -> {
              waiting.addAndGet(-waits);
              queued.addAndGet(-utf8.length);
            },
            failure -> cut());
    current.sendFrame(new Frame(OpCode.TEXT, true, ByteBuffer.wrap(utf8)), written, wait);
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
    return queued.get() - waiting.get();
  }
}
