package dev.parley.conformance.foreign;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** Reads a suite's result file while the suite appends to it; ends when the process has ended. */
final class ForeignResults implements Iterator<ForeignResult> {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final int PROGRESS_EVERY = 20;

  private final BoundedProcess process;
  private final Path file;
  private final String suite;
  private final Queue<ForeignResult> waiting = new ArrayDeque<>();
  private long offset;
  private int count;
  private boolean ended;

  ForeignResults(BoundedProcess process, Path file, String suite) {
    this.process = process;
    this.file = file;
    this.suite = suite;
  }

  /** How many results were read so far. */
  int count() {
    return count;
  }

  @Override
  public boolean hasNext() {
    while (waiting.isEmpty() && !ended) {
      ended = processEnded();
      readWholeLines();
    }
    return !waiting.isEmpty();
  }

  @Override
  public ForeignResult next() {
    if (!hasNext()) {
      throw new NoSuchElementException(suite + " has no more results");
    }
    return waiting.remove();
  }

  private boolean processEnded() {
    try {
      return process.endedWithin(LOOK_EVERY);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** A line without its end is still being written; it is read in the next round. */
  private void readWholeLines() {
    try (RandomAccessFile results = new RandomAccessFile(file.toFile(), "r")) {
      results.seek(offset);
      byte[] fresh = new byte[(int) (results.length() - offset)];
      results.readFully(fresh);
      String text = new String(fresh, StandardCharsets.UTF_8);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      offset += whole.getBytes(StandardCharsets.UTF_8).length;
      whole.lines().map(ForeignResult::parse).forEach(this::keep);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The results of " + suite + " cannot be read", unreadable);
    }
  }

  private void keep(ForeignResult result) {
    waiting.add(result);
    count++;
    if (count % PROGRESS_EVERY == 0) {
      System.out.println(suite + ": " + count + " tests so far");
    }
  }
}
