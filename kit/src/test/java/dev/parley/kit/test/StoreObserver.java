package dev.parley.kit.test;

import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.StoreListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets a test wait for what a store does on its own threads. */
public final class StoreObserver implements StoreListener {
  private static final long GIVE_UP_SECONDS = 30;

  private final List<Integer> committed = new ArrayList<>();
  private final List<Integer> failed = new ArrayList<>();
  private final List<String> turnedAway = new ArrayList<>();
  private int queued;
  private boolean writable = true;

  /** Waits until {@code count} works in all have been queued for writing since the store opened. */
  public void awaitQueued(int count) {
    await(count + " works queued", () -> queued >= count);
  }

  /** Works that have been queued for writing since the store opened. */
  public synchronized int queued() {
    return queued;
  }

  public void awaitWritable(boolean expected) {
    await("writable = " + expected, () -> writable == expected);
  }

  /** Waits until {@code count} batches have failed to commit. */
  public void awaitFailedBatches(int count) {
    await(count + " batches failed", () -> failed.size() >= count);
  }

  /** The number of works in each COMMIT that succeeded. */
  public synchronized List<Integer> committed() {
    return List.copyOf(committed);
  }

  /** The number of works in each COMMIT that failed. */
  public synchronized List<Integer> failed() {
    return List.copyOf(failed);
  }

  public synchronized List<String> turnedAway() {
    return List.copyOf(turnedAway);
  }

  @Override
  public synchronized void batchCommitted(int works, long commitNanos) {
    committed.add(works);
    notifyAll();
  }

  @Override
  public synchronized void batchFailed(int works) {
    failed.add(works);
    notifyAll();
  }

  @Override
  public synchronized void queued(Lane lane, int depth) {
    if (lane == Lane.WRITER) {
      queued++;
      notifyAll();
    }
  }

  @Override
  public synchronized void turnedAway(Lane lane, String name) {
    turnedAway.add(name);
    notifyAll();
  }

  @Override
  public synchronized void healthChanged(Database.Health health) {
    writable = health.writable();
    notifyAll();
  }

  private synchronized void await(String what, BooleanSupplier condition) {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
    try {
      while (!condition.getAsBoolean()) {
        long left = giveUp - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("never happened: " + what);
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }
}
