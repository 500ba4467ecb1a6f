package dev.parley.media.sfu;

import dev.parley.media.congestion.PacingBudget;
import org.jspecify.annotations.Nullable;

/**
 * Spreads one receiver's video over time. What must wait is remembered by its number only: the
 * bytes are in the track's cache and are made into a packet when its time comes. Audio and repairs
 * never wait, but count.
 */
final class Pacer {
  /** Packets that may wait; two seconds at 4 Mbit/s. More means the estimate is wrong. */
  static final int QUEUE_MAX = 1024;

  private static final int MASK = QUEUE_MAX - 1;

  private final PacingBudget budget = new PacingBudget();
  private final @Nullable VideoForward[] forwards = new VideoForward[QUEUE_MAX];
  private final int[] sequences = new int[QUEUE_MAX];
  private int head;
  private int tail;
  long overflowed;

  /** Whether a packet may leave now, ahead of nothing that waits. */
  boolean free(long nowMicros) {
    return head == tail && budget.waitMicros(nowMicros) == 0;
  }

  /** Lets the packet wait; when too many do, the oldest leave at once. */
  void defer(VideoForward forward, int sequence, LoopScratch scratch) {
    if (tail - head == QUEUE_MAX) {
      overflowed++;
      sendNext(scratch);
    }
    forwards[tail & MASK] = forward;
    sequences[tail++ & MASK] = sequence;
  }

  /** Sends what may leave by now. */
  void drain(long nowMicros, LoopScratch scratch) {
    while (head != tail && budget.waitMicros(nowMicros) == 0) {
      sendNext(scratch);
    }
  }

  private void sendNext(LoopScratch scratch) {
    VideoForward forward = forwards[head & MASK];
    int sequence = sequences[head & MASK];
    forwards[head++ & MASK] = null;
    if (forward != null) {
      forward.sendDeferred(sequence, scratch);
    }
  }

  boolean isEmpty() {
    return head == tail;
  }

  void sent(int bytes, long nowMicros) {
    budget.sent(bytes, nowMicros);
  }

  void follow(long targetBps, long nowMicros) {
    budget.follow(targetBps, nowMicros);
  }

  void exactly(long paceBps, long nowMicros) {
    budget.exactly(paceBps, nowMicros);
  }

  int waiting() {
    return tail - head;
  }
}
