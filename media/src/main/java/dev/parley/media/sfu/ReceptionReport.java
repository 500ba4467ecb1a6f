package dev.parley.media.sfu;

/** Jitter and loss of one incoming source, as RFC 3550 §6.4.1 and appendix A.8 reckon them. */
final class ReceptionReport {
  private final int clockHz;
  private double jitter;
  private long lastTransit;
  private boolean started;
  private long lastExpected;
  private long lastReceived;
  private int fractionLost;
  private int lastSenderReport;
  private long lastSenderReportAt;

  ReceptionReport(int clockHz) {
    this.clockHz = clockHz;
  }

  void arrived(long timestamp, long arrivalMicros) {
    long transit = arrivalMicros * clockHz / 1_000_000 - timestamp;
    if (started) {
      int difference = Math.abs((int) (transit - lastTransit));
      jitter += (difference - jitter) / 16;
    }
    lastTransit = transit;
    started = true;
  }

  void senderReport(long ntpTimestamp, long now) {
    lastSenderReport = (int) (ntpTimestamp >>> 16);
    lastSenderReportAt = now;
  }

  /** Closes an interval and gives the fraction lost in it, in 256ths. */
  int close(long expected, long received) {
    long expectedNow = expected - lastExpected;
    long lostNow = expectedNow - (received - lastReceived);
    lastExpected = expected;
    lastReceived = received;
    fractionLost = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) (lostNow * 256 / expectedNow);
    return Math.min(255, fractionLost);
  }

  int fractionLost() {
    return Math.min(255, fractionLost);
  }

  long jitter() {
    return (long) jitter;
  }

  double jitterMillis() {
    return jitter * 1000 / clockHz;
  }

  int lastSenderReport() {
    return lastSenderReport;
  }

  /** Time since the last sender report in 1/65536 s, 0 when there was none. */
  int sinceSenderReport(long now) {
    return lastSenderReport == 0
        ? 0
        : (int) ((now - lastSenderReportAt) / 1000 * 65_536 / 1_000_000);
  }
}
