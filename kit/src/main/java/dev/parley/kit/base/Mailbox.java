package dev.parley.kit.base;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue with one owner: messages are handled one at a time, in the order they were
 * offered, on a virtual thread that lives only while there are messages. An owner that throws loses
 * that message only; the failure is logged.
 */
public final class Mailbox<M> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  private final String name;
  private final Consumer<M> owner;
  private final LinkedBlockingQueue<M> queue;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final LongAdder dropped = new LongAdder();

  /** Held while the owner handles a message, so that {@link #close} can wait for it. */
  private final ReentrantLock handling = new ReentrantLock();

  private volatile boolean closed;

  /**
   * @param name shows in thread names and logs
   * @param capacity messages that may wait; more are dropped and counted
   */
  public Mailbox(String name, int capacity, Consumer<M> owner) {
    this.name = name;
    this.owner = owner;
    this.queue = new LinkedBlockingQueue<>(capacity);
  }

  /** Queues {@code message}; false when the mailbox is full or closed, and then it is dropped. */
  public boolean offer(M message) {
    if (closed || !queue.offer(message)) {
      dropped.increment();
      return false;
    }
    drainSoon();
    return true;
  }

  /** Messages that wait now. */
  public int depth() {
    return queue.size();
  }

  /** Messages that found the mailbox full or closed, since it was made. */
  public long dropped() {
    return dropped.sum();
  }

  /**
   * Drops what waits and returns when the owner is not handling anything any more; the owner may
   * close its own mailbox from inside, and then finishes the message it has.
   */
  @Override
  public void close() {
    closed = true;
    queue.clear();
    handling.lock();
    handling.unlock();
  }

  private void drainSoon() {
    if (draining.compareAndSet(false, true)) {
      Thread.ofVirtual().name("mailbox-" + name).start(this::drain);
    }
  }

  private void drain() {
    for (M message = queue.poll(); message != null; message = queue.poll()) {
      handle(message);
    }
    draining.set(false);
    // A message may have come between the last poll and the line above.
    if (!queue.isEmpty()) {
      drainSoon();
    }
  }

  private void handle(M message) {
    handling.lock();
    try {
      if (!closed) {
        owner.accept(message);
      }
    } catch (RuntimeException failure) {
      LOG.error("mailbox {}: a message was lost because its owner failed", name, failure);
    } finally {
      handling.unlock();
    }
  }
}
