package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;

/** Runs callers for a while and counts; each caller is its own platform thread. */
final class Load {
  private Load() {}

  /**
   * What a window showed.
   *
   * @param perSecond calls finished in a second
   * @param cpuMicros processor time of the measured process for one call
   */
  record Figures(double perSecond, double cpuMicros) {}

  /** The compiler needs its time on few cores: one caller makes 20,000 requests in this time. */
  private static final double WARM_UP_SECONDS = 15;

  /** Warms up, then measures for so many seconds. */
  static Figures run(
      int callers, double seconds, DoubleSupplier cpuSeconds, IntFunction<Runnable> caller) {
    AtomicLong done = new AtomicLong();
    CountDownLatch started = new CountDownLatch(callers);
    List<Thread> threads = new ArrayList<>();
    boolean[] stop = new boolean[1];
    Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
    for (int at = 0; at < callers; at++) {
      Runnable call = caller.apply(at);
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((thread, failed) -> broken.add(failed))
              .start(() -> {
                started.countDown();
                while (!isStopped(stop)) {
                  call.run();
                  done.incrementAndGet();
                }
              }));
    }
    try {
      started.await();
      Thread.sleep((long) (WARM_UP_SECONDS * 1000));
      long countBefore = done.get();
      double cpuBefore = cpuSeconds.getAsDouble();
      long nanosBefore = System.nanoTime();
      Thread.sleep((long) (seconds * 1000));
      long count = done.get() - countBefore;
      double cpu = cpuSeconds.getAsDouble() - cpuBefore;
      double elapsed = (System.nanoTime() - nanosBefore) * 1e-9;
      stop(stop);
      for (Thread thread : threads) {
        thread.join();
      }
      if (!broken.isEmpty()) {
        throw new IllegalStateException("a caller failed, so the figures are none", broken.peek());
      }
      return new Figures(count / elapsed, cpu / Math.max(1, count) * 1e6);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(hurry);
    }
  }

  private static synchronized boolean isStopped(boolean[] stop) {
    return stop[0];
  }

  private static synchronized void stop(boolean[] stop) {
    stop[0] = true;
  }
}
