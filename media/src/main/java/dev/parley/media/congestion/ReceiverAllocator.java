package dev.parley.media.congestion;

/**
 * Shares the bandwidth of one receiver among its videos. Audio is taken off before. Every video
 * gets its lowest step, in order of priority, while there is room; then each, in the same order, as
 * many further steps as fit: shared screens, pinned people, speakers by recency.
 *
 * <p>A step down takes place at once. A step up must leave some room free and waits after a step
 * down, longer each time the step did not hold, so that a rate at the edge does not make the
 * picture flicker between two sizes. Owned by the receiver's egress loop.
 */
public final class ReceiverAllocator {
  private final VideoDemand[] order = new VideoDemand[CongestionLimits.DEMANDS_MAX];
  private final int[] chosen = new int[CongestionLimits.DEMANDS_MAX];
  private int count;

  /** Forgets all videos; they keep their steps for when they are added again. */
  public void clear() {
    count = 0;
  }

  /**
   * Adds a video to share with.
   *
   * @return false when there are too many; it is not sent then
   */
  public boolean add(VideoDemand demand) {
    if (count == order.length) {
      demand.level = VideoDemand.NONE;
      return false;
    }
    int at = count++;
    while (at > 0 && demand.before(order[at - 1])) {
      order[at] = order[at - 1];
      at--;
    }
    order[at] = demand;
    return true;
  }

  /** What all videos together would take at their best, for probing. */
  public long wantedBps() {
    long sum = 0;
    for (int each = 0; each < count; each++) {
      sum += order[each].wantedBps();
    }
    return sum;
  }

  /**
   * Chooses a step for every video.
   *
   * @param availableBps for video
   * @return bits per second the choice is expected to take
   */
  public long allocate(long availableBps, long nowMicros) {
    long used = 0;
    for (int each = 0; each < count; each++) {
      chosen[each] = VideoDemand.NONE;
      used += raise(each, 0, availableBps, used, nowMicros);
    }
    for (int each = 0; each < count; each++) {
      used += raise(each, order[each].steps() - 1, availableBps, used, nowMicros);
    }
    for (int each = 0; each < count; each++) {
      settle(order[each], chosen[each], nowMicros);
    }
    return used;
  }

  /** Raises one video as far as fits, at most to {@code top}; gives the added cost. */
  private long raise(int index, int top, long available, long used, long nowMicros) {
    VideoDemand demand = order[index];
    long before = demand.cost(chosen[index]);
    for (int step = Math.min(top, demand.steps() - 1); step > chosen[index]; step--) {
      long total = used - before + demand.cost(step);
      if (total <= room(demand, step, available, nowMicros)) {
        chosen[index] = step;
        return demand.cost(step) - before;
      }
    }
    return 0;
  }

  private static long room(VideoDemand demand, int step, long available, long nowMicros) {
    if (step <= demand.level) {
      return available;
    }
    boolean waiting = nowMicros - demand.loweredAt < demand.raiseWait;
    return waiting ? -1 : (long) (available * (1 - CongestionLimits.RAISE_MARGIN));
  }

  private static void settle(VideoDemand demand, int step, long nowMicros) {
    // A step that its owner or the viewer took away did not fail for want of bandwidth.
    if (step < Math.min(demand.level, demand.steps() - 1)) {
      boolean held = nowMicros - demand.raisedAt > CongestionLimits.RAISE_HELD;
      demand.raiseWait =
          held
              ? CongestionLimits.RAISE_WAIT_MIN
              : Math.min(2 * demand.raiseWait, CongestionLimits.RAISE_WAIT_MAX);
      demand.loweredAt = nowMicros;
    } else if (step > demand.level) {
      demand.raisedAt = nowMicros;
    }
    demand.level = step;
  }
}
