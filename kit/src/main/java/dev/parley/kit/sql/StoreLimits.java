package dev.parley.kit.sql;

import java.time.Duration;

/**
 * Every number of the store.
 *
 * @param writeQueue writers that may wait; one more is refused at once
 * @param readQueue readers that may wait for a connection
 * @param readers reader connections (and, for SQLite, platform threads)
 * @param batchWorks works made durable by one COMMIT at most
 * @param batchTime a batch that ran this long takes no further works, so that its first caller does
 *     not wait for all who come later
 * @param workLimit how long one work may run before it is interrupted and fails
 * @param waitLimit how long a work may wait for its turn before it fails
 * @param lockWait how long a batch waits for the writer of another process
 * @param probeEvery how often a store that failed is tried again
 */
public record StoreLimits(
    int writeQueue,
    int readQueue,
    int readers,
    int batchWorks,
    Duration batchTime,
    Duration workLimit,
    Duration waitLimit,
    Duration lockWait,
    Duration probeEvery) {
  /** What a server runs with unless configured otherwise. */
  public static final StoreLimits DEFAULTS =
      new StoreLimits(
          4096,
          4096,
          4,
          256,
          Duration.ofMillis(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));

  public StoreLimits {
    if (writeQueue < 1 || readQueue < 1 || readers < 1 || batchWorks < 1) {
      throw new IllegalArgumentException("store limits must be at least 1");
    }
  }

  public StoreLimits withWriteQueue(int works) {
    return new StoreLimits(
        works,
        readQueue,
        readers,
        batchWorks,
        batchTime,
        workLimit,
        waitLimit,
        lockWait,
        probeEvery);
  }

  public StoreLimits withReaders(int count) {
    return new StoreLimits(
        writeQueue,
        readQueue,
        count,
        batchWorks,
        batchTime,
        workLimit,
        waitLimit,
        lockWait,
        probeEvery);
  }

  public StoreLimits withWaitLimit(Duration longest) {
    return new StoreLimits(
        writeQueue,
        readQueue,
        readers,
        batchWorks,
        batchTime,
        workLimit,
        longest,
        lockWait,
        probeEvery);
  }
}
