package dev.parley.media.congestion;

/** Decides when to probe, how fast, and what the answer of a probe is worth. */
final class ProbePlan {
  private int number;
  private long probeBps;
  private int bytesLeft;
  private int packetsPlanned;
  private long startedAt;
  private boolean open;
  private long nextAt;
  private long interval = CongestionLimits.PROBE_INTERVAL_MIN;
  private int initialLeft = 2;

  private int arrivedPackets;
  private long arrivedBytes;
  private long firstSent;
  private long lastSent;
  private int lastSentBytes;
  private long firstArrival;
  private long lastArrival;
  private int firstArrivalBytes;

  /** Number to send padding and media under, 0 when no probe is being sent. */
  int sending() {
    return bytesLeft > 0 ? number : 0;
  }

  long bps() {
    return probeBps;
  }

  void sent(int bytes) {
    bytesLeft = Math.max(0, bytesLeft - bytes);
  }

  /**
   * Starts a probe when it is time.
   *
   * @param calm whether the network has not been overused lately
   * @param noiseMs scatter of arrivals
   * @param wantedBps what would be sent if there were room
   */
  void tick(long currentBps, long wantedBps, boolean calm, double noiseMs, long nowMicros) {
    boolean unsent = bytesLeft > 0 && nowMicros - startedAt > CongestionLimits.PROBE_TIMEOUT;
    if (open && (unsent || nowMicros - startedAt > 2 * CongestionLimits.PROBE_TIMEOUT)) {
      finish();
      backOff(nowMicros);
    }
    boolean measurable = noiseMs < CongestionLimits.PROBE_NOISE_MAX_MS;
    if (open || !calm || !measurable || wantedBps <= currentBps || nowMicros < nextAt) {
      return;
    }
    long multiple = initialLeft > 0 ? 3 : 2;
    begin(Math.min(multiple * currentBps, wantedBps + wantedBps / 5), noiseMs, nowMicros);
  }

  private void begin(long bps, double noiseMs, long nowMicros) {
    double lasting = noiseMs * CongestionLimits.PROBE_TIME_PER_NOISE * 1000;
    long time = Math.max(CongestionLimits.PROBE_TIME, (long) lasting);
    number++;
    probeBps = bps;
    initialLeft = Math.max(0, initialLeft - 1);
    long bytes = bps * time / CongestionLimits.SECOND / 8;
    packetsPlanned =
        (int)
            Math.max(
                CongestionLimits.PROBE_PACKETS_MIN, bytes / CongestionLimits.PROBE_PACKET_BYTES);
    bytesLeft = packetsPlanned * CongestionLimits.PROBE_PACKET_BYTES;
    startedAt = nowMicros;
    arrivedPackets = 0;
    arrivedBytes = 0;
    open = true;
  }

  private void finish() {
    open = false;
    bytesLeft = 0;
  }

  /** A packet of a probe arrived. */
  void arrived(int probeNumber, long sent, int bytes, long arrival) {
    if (!open || probeNumber != number) {
      return;
    }
    if (arrivedPackets == 0) {
      firstSent = sent;
      lastSent = sent;
      lastSentBytes = bytes;
      firstArrival = arrival;
      firstArrivalBytes = bytes;
      lastArrival = arrival;
    }
    if (sent >= lastSent) {
      lastSent = sent;
      lastSentBytes = bytes;
    }
    firstSent = Math.min(firstSent, sent);
    if (arrival < firstArrival) {
      firstArrival = arrival;
      firstArrivalBytes = bytes;
    }
    lastArrival = Math.max(lastArrival, arrival);
    arrivedPackets++;
    arrivedBytes += bytes;
  }

  /** The rate a finished probe has shown, or 0. Asked after every feedback. */
  long result(long currentBps, long nowMicros) {
    boolean enough =
        open
            && bytesLeft == 0
            && arrivedBytes
                >= CongestionLimits.PROBE_SHARE_MIN
                    * packetsPlanned
                    * CongestionLimits.PROBE_PACKET_BYTES;
    if (!enough || lastSent <= firstSent || lastArrival <= firstArrival) {
      return 0;
    }
    finish();
    long sentBps = rate(arrivedBytes - lastSentBytes, lastSent - firstSent);
    long arrivedBps = rate(arrivedBytes - firstArrivalBytes, lastArrival - firstArrival);
    long shown =
        arrivedBps < CongestionLimits.PROBE_SATURATED * sentBps
            ? (long) (CongestionLimits.PROBE_SAFETY * arrivedBps)
            : Math.min(sentBps, arrivedBps);
    shown = Math.min(shown, probeBps);
    if (shown > CongestionLimits.PROBE_GAIN_MIN * currentBps) {
      interval = CongestionLimits.PROBE_INTERVAL_MIN;
      boolean more = shown > CongestionLimits.PROBE_CONTINUE * probeBps;
      nextAt = more ? nowMicros : nowMicros + interval;
    } else {
      backOff(nowMicros);
    }
    return shown;
  }

  private void backOff(long nowMicros) {
    nextAt = nowMicros + interval;
    interval = Math.min(2 * interval, CongestionLimits.PROBE_INTERVAL_MAX);
  }

  /** After a fall of the estimate probing starts afresh, to recover soon. */
  void networkChanged(long nowMicros) {
    interval = CongestionLimits.PROBE_INTERVAL_MIN;
    nextAt = Math.min(nextAt, nowMicros + interval);
  }

  private static long rate(long bytes, long micros) {
    return bytes * 8 * CongestionLimits.SECOND / micros;
  }
}
