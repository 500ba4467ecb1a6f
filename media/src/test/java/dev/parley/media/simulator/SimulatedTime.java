package dev.parley.media.simulator;

import java.util.PriorityQueue;

/** Events in order of time, and of scheduling when at the same time. */
public final class SimulatedTime {
  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long order;

  /** Microseconds since the start of the simulation. */
  public long nowMicros() {
    return now;
  }

  /** Runs {@code action} at the given time, or now if that has passed. */
  public void at(long micros, Runnable action) {
    events.add(new Event(Math.max(micros, now), order++, action));
  }

  /** Runs {@code action} after a delay. */
  public void in(long micros, Runnable action) {
    at(now + micros, action);
  }

  /** Runs {@code action} again and again. */
  public void every(long micros, Runnable action) {
    in(
        micros,
        () -> {
          action.run();
          every(micros, action);
        });
  }

  /** Lets time pass until {@code micros}. */
  public void runUntil(long micros) {
    while (!events.isEmpty() && events.element().at() <= micros) {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
    now = micros;
  }
}
