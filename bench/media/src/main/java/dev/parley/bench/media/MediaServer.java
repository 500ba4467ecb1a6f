package dev.parley.bench.media;

import dev.parley.media.client.TestClient;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A server under load, in a process of its own, with its signalling. */
interface MediaServer extends AutoCloseable {
  /** What it is called in the report. */
  String name();

  /** The process whose CPU time and memory count. */
  long pid();

  /** Opens a room for one run and closes the one before. */
  void openRoom();

  /** Joins, publishes one audio and one VP8 track and connects {@code client} to the server. */
  void publish(String name, TestClient client);

  /**
   * Joins, takes every video that is published and connects {@code client} to the server. May be
   * called from several threads.
   *
   * @param publishers how many publish
   */
  void subscribe(String name, TestClient client, int publishers);

  @Override
  void close();

  /** Repeats until something is there, for at most 20 s. */
  static <T> T await(String what, Supplier<Optional<T>> question) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < deadline) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      LockSupport.parkNanos(20_000_000);
    }
    throw new IllegalStateException("not in time: " + what);
  }
}
