package dev.parley.bench.media;

import java.util.function.Supplier;

/** A server under load, in a process of its own, with its signalling. */
interface MediaServer extends AutoCloseable {
  /** What it is called in the report. */
  String name();

  /** The process whose CPU time and memory count. */
  long pid();

  /** Opens a room for one run. */
  void openRoom();

  /** Publishes; gives the server's answer to the offer. */
  String publish(String offer);

  /**
   * Subscribes to what is published.
   *
   * @return the server's offer, and what takes our answer to it
   */
  Subscription subscribe(String name);

  @Override
  void close();

  /** A subscription that waits for its answer. */
  record Subscription(String offer, java.util.function.Consumer<String> answer) {}

  /** Repeats until something is there, for at most 20 s. */
  static <T> T await(String what, Supplier<java.util.Optional<T>> question) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < deadline) {
      java.util.Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
    throw new IllegalStateException("not in time: " + what);
  }
}
