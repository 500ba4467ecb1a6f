package dev.parley.media.api;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries notices from a loop to a listener, in order, on a virtual thread of its own. */
final class Notices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final int QUEUE_MAX = 10_000;

  private final BlockingQueue<Consumer<ConferenceListener>> queue =
      new ArrayBlockingQueue<>(QUEUE_MAX);
  private final Thread thread;
  private volatile boolean closed;

  Notices(ConferenceListener listener) {
    this.thread = Thread.ofVirtual().name("media-notices").start(() -> run(listener));
  }

  /** Adds a notice; one too many is dropped and logged, for the loop must not wait. */
  void add(Consumer<ConferenceListener> notice) {
    if (!queue.offer(notice)) {
      LOG.warn("a conference listener is too slow: a notice is lost");
    }
  }

  private void run(ConferenceListener listener) {
    try {
      while (!closed || !queue.isEmpty()) {
        deliver(queue.take(), listener);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void deliver(Consumer<ConferenceListener> notice, ConferenceListener listener) {
    try {
      notice.accept(listener);
    } catch (RuntimeException bug) {
      LOG.error("a conference listener failed", bug);
    }
  }

  /** Delivers what is queued, then stops. */
  @Override
  public void close() {
    closed = true;
    add(listener -> LOG.trace("notices end"));
    LOG.trace("closing {}", thread);
  }
}
