package dev.parley.kit.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, read by the one thread that waits for it, and only so long: a sender that
 * drips bytes gets {@link TooSlow}, however regularly they come.
 */
final class BodyStream extends InputStream {
  private final Content.Source source;
  private final long deadlineNanos;
  private Content.@Nullable Chunk chunk;

  /**
   * @param timeout for the whole body
   */
  BodyStream(Content.Source source, Duration timeout) {
    this.source = source;
    this.deadlineNanos = NanoTime.now() + timeout.toNanos();
  }

  /** The body did not arrive in time. */
  static final class TooSlow extends IOException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    Content.Chunk current = chunk == null ? next() : chunk;
    int got = current.get(into, offset, length);
    chunk = current.hasRemaining() ? current : after(current);
    return got == 0 ? -1 : got;
  }

  private static Content.@Nullable Chunk after(Content.Chunk used) {
    used.release();
    return used.isLast() ? Content.Chunk.EOF : null;
  }

  /** The next chunk with bytes, or the last one. */
  private Content.Chunk next() throws IOException {
    while (true) {
      Content.Chunk next = source.read();
      if (next == null) {
        awaitMore();
      } else if (Content.Chunk.isFailure(next)) {
        throw new IOException("the body ended early", next.getFailure());
      } else if (next.hasRemaining() || next.isLast()) {
        return next;
      } else {
        next.release();
      }
    }
  }

  private void awaitMore() throws IOException {
    CountDownLatch arrived = new CountDownLatch(1);
    source.demand(arrived::countDown);
    try {
      if (!arrived.await(NanoTime.until(deadlineNanos), TimeUnit.NANOSECONDS)) {
        throw new TooSlow();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is stopping");
    }
  }

  @Override
  public void close() {
    if (chunk != null) {
      chunk.release();
      chunk = Content.Chunk.EOF;
    }
  }
}
