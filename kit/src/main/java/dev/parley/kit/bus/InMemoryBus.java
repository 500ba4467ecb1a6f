package dev.parley.kit.bus;

import dev.parley.kit.base.Mailbox;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The bus of one process: a bounded mailbox per subscription. Exact subjects are found by hash, so
 * that one subscription per user costs a publisher nothing; wildcards are looked through.
 */
public final class InMemoryBus implements Bus {
  /** Messages that may wait per subscription unless told otherwise. */
  public static final int QUEUE = 1024;

  private final int queue;
  private final Map<String, List<Subscriber>> exact = new ConcurrentHashMap<>();
  private final List<Subscriber> wildcards = new CopyOnWriteArrayList<>();
  private final LongAdder dropped = new LongAdder();
  private volatile boolean closed;

  public InMemoryBus() {
    this(QUEUE);
  }

  /**
   * @param queue messages that may wait for one subscriber; more are dropped
   */
  public InMemoryBus(int queue) {
    this.queue = queue;
  }

  @Override
  public void publish(String subject, byte[] message) {
    Subjects.requireSubject(subject);
    var delivered = new Message(subject, message);
    exact.getOrDefault(subject, List.of()).forEach(subscriber -> deliver(subscriber, delivered));
    for (Subscriber subscriber : wildcards) {
      if (Subjects.matches(subscriber.pattern, subject)) {
        deliver(subscriber, delivered);
      }
    }
  }

  @Override
  public Subscription subscribe(String pattern, Consumer<Message> receiver) {
    Subjects.requirePattern(pattern);
    if (closed) {
      throw new IllegalStateException("the bus is closed");
    }
    var subscriber = new Subscriber(pattern, new Mailbox<>("bus-" + pattern, queue, receiver));
    if (Subjects.isWildcard(pattern)) {
      wildcards.add(subscriber);
    } else {
      exact.compute(pattern, (subject, others) -> with(others, subscriber));
    }
    return subscriber;
  }

  /** Messages dropped because a subscriber was full, since the bus was made. */
  public long dropped() {
    return dropped.sum();
  }

  /** Messages that wait for their subscribers now. */
  public long depth() {
    long waiting = wildcards.stream().mapToLong(Subscriber::depth).sum();
    for (List<Subscriber> subscribers : exact.values()) {
      waiting += subscribers.stream().mapToLong(Subscriber::depth).sum();
    }
    return waiting;
  }

  @Override
  public void close() {
    closed = true;
    wildcards.forEach(Subscriber::close);
    exact.values().forEach(subscribers -> subscribers.forEach(Subscriber::close));
  }

  private void deliver(Subscriber subscriber, Message message) {
    if (!subscriber.mailbox.offer(message)) {
      dropped.increment();
    }
  }

  private static List<Subscriber> with(
      @org.jspecify.annotations.Nullable List<Subscriber> others, Subscriber added) {
    List<Subscriber> all = new CopyOnWriteArrayList<>(others == null ? List.of() : others);
    all.add(added);
    return all;
  }

  private void remove(Subscriber subscriber) {
    wildcards.remove(subscriber);
    exact.computeIfPresent(
        subscriber.pattern,
        (subject, others) -> {
          others.remove(subscriber);
          return others.isEmpty() ? null : others;
        });
  }

  /** One subscription; its mailbox calls the receiver. */
  private final class Subscriber implements Subscription {
    private final String pattern;
    private final Mailbox<Message> mailbox;

    Subscriber(String pattern, Mailbox<Message> mailbox) {
      this.pattern = pattern;
      this.mailbox = mailbox;
    }

    int depth() {
      return mailbox.depth();
    }

    @Override
    public void close() {
      remove(this);
      mailbox.close();
    }
  }
}
