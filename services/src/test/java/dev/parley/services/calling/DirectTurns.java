package dev.parley.services.calling;

import java.util.ArrayDeque;

/** Owners of calls that take their turns on the thread that woke them, one after the other. */
final class DirectTurns implements CallPorts.Turns {
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  @Override
  public Runnable waking(String name, Runnable turn) {
    return () -> run(turn);
  }

  private synchronized void run(Runnable turn) {
    waiting.add(turn);
    if (running) {
      return;
    }
    running = true;
    try {
      for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        next.run();
      }
    } finally {
      running = false;
    }
  }
}
