package dev.parley.media.congestion;

import dev.parley.media.codec.PacketBytes;

/**
 * The bandwidth towards one receiver, from what is sent to it and what it reports. Owned by the
 * receiver's egress loop. The package description tells how it works.
 */
public final class SendSideEstimator {
  private final SentPackets sent = new SentPackets();
  private final TransportFeedbackReader reader = new TransportFeedbackReader();
  private final DelayTrend trend = new DelayTrend();
  private final ArrivedRate arrivedRate = new ArrivedRate();
  private final LossBound lossBound = new LossBound();
  private final ProbePlan probes = new ProbePlan();
  private final RateControl rateControl;
  private final FeedbackSink sink = new FeedbackSink();
  private long wantedBps = CongestionLimits.RATE_MAX;
  private long rembBps = CongestionLimits.RATE_MAX;
  private long roundTripMicros = 100 * CongestionLimits.MILLISECOND;
  private long overusedAt = Long.MIN_VALUE / 2;
  private long raisedAt = Long.MIN_VALUE / 2;
  private long feedbackAt = -1;
  private boolean transportWide;

  /** An estimator that starts at {@code startBps}, or at the usual 300 kbit/s for 0. */
  public SendSideEstimator(long startBps) {
    rateControl = new RateControl(startBps > 0 ? startBps : CongestionLimits.RATE_START);
  }

  /**
   * Notes a packet that leaves with a transport-wide number.
   *
   * @param bytes of the UDP payload
   * @param probe what {@link #probeNumber} said when it was sent, 0 for none
   */
  public void onSent(int sequence, int bytes, int probe, long nowMicros) {
    sent.sent(sequence & 0xffff, bytes, probe, nowMicros);
    if (probe != 0) {
      probes.sent(bytes);
    }
  }

  /**
   * Takes a transport-wide feedback, RTCP header included.
   *
   * @return false when it is malformed and nothing was learnt
   */
  public boolean onFeedback(PacketBytes bytes, int offset, int length, long nowMicros) {
    sink.newestSent = -1;
    boolean valid = reader.read(bytes, offset, length, sink);
    if (sink.newestSent < 0) {
      return valid;
    }
    transportWide = true;
    feedbackAt = nowMicros;
    long roundTrip = Math.max(1, nowMicros - sink.newestSent);
    roundTripMicros = (7 * roundTripMicros + roundTrip) / 8;
    long before = targetBps();
    NetworkUse use = trend.use();
    if (use == NetworkUse.OVER) {
      overusedAt = nowMicros;
    }
    rateControl.update(use, arrived(nowMicros), roundTripMicros, nowMicros);
    lossBound.update(before, arrivedRate.bps(), nowMicros);
    takeProbe(use, nowMicros);
    if (targetBps() < before * 2 / 3) {
      probes.networkChanged(nowMicros);
    }
    return valid;
  }

  /** After a raise the long window still holds the time before it. */
  private long arrived(long nowMicros) {
    boolean raised = nowMicros - raisedAt < CongestionLimits.ARRIVED_SHORT_TRUST;
    return raised ? Math.max(arrivedRate.bps(), arrivedRate.shortBps()) : arrivedRate.bps();
  }

  private void takeProbe(NetworkUse use, long nowMicros) {
    long shown = probes.result(targetBps(), nowMicros);
    if (shown > 0 && use != NetworkUse.OVER) {
      if (shown > rateControl.bps()) {
        raisedAt = nowMicros;
      }
      rateControl.raiseTo(shown);
    }
  }

  /** Takes a receiver report of a receiver without transport-wide feedback. */
  public void onReceiverReport(double fractionLost, long roundTrip) {
    if (!transportWide) {
      roundTripMicros = Math.max(1, roundTrip);
      lossBound.report(fractionLost, targetBps());
    }
  }

  /** Takes a REMB; it counts alone until transport-wide feedback comes. */
  public void onRemb(long bps) {
    rembBps = Math.max(bps, CongestionLimits.RATE_MIN);
  }

  /** What would be sent if there were room; above the estimate it makes probes. */
  public void wanted(long bps) {
    wantedBps = bps;
  }

  /** Starts probes when due; call at least every 25 ms. */
  public void tick(long nowMicros) {
    boolean calm = nowMicros - overusedAt > CongestionLimits.PROBE_AFTER_OVERUSE;
    boolean heard = feedbackAt >= 0 && nowMicros - feedbackAt < CongestionLimits.SECOND;
    probes.tick(targetBps(), wantedBps, calm && heard, trend.noiseMs(), nowMicros);
  }

  /** Bits per second that may be sent now, padding and repairs included. */
  public long targetBps() {
    if (!transportWide) {
      return Math.min(
          rembBps == CongestionLimits.RATE_MAX ? rateControl.bps() : rembBps, lossBound.bps());
    }
    return Math.max(CongestionLimits.RATE_MIN, Math.min(rateControl.bps(), lossBound.bps()));
  }

  /** The probe under way, 0 for none; while one is, send at {@link #probeBps}, with padding. */
  public int probeNumber() {
    return probes.sending();
  }

  /** Rate of the probe under way. */
  public long probeBps() {
    return probes.bps();
  }

  /** Share of packets lost in the last window, 0 to 1. */
  public double loss() {
    return lossBound.loss();
  }

  /** Smoothed round trip, feedback interval included. */
  public long roundTripMicros() {
    return roundTripMicros;
  }

  /** Bits per second that arrived lately. */
  public long arrivedBps() {
    return arrivedRate.bps();
  }

  private final class FeedbackSink implements ArrivalSink {
    private long newestSent = -1;

    @Override
    public void arrived(int sequence, long micros) {
      boolean missedBefore = sent.toldMissing(sequence);
      if (!sent.arrived(sequence)) {
        return;
      }
      if (missedBefore) {
        lossBound.corrected();
      } else {
        lossBound.arrived();
      }
      long sentAt = sent.micros(sequence);
      int bytes = sent.bytes(sequence);
      newestSent = Math.max(newestSent, sentAt);
      arrivedRate.arrived(bytes, micros);
      trend.arrived(sentAt, micros);
      if (sent.probe(sequence) != 0) {
        probes.arrived(sent.probe(sequence), sentAt, bytes, micros);
      }
    }

    @Override
    public void missing(int sequence) {
      if (sent.missing(sequence)) {
        lossBound.missing();
      }
    }
  }
}
