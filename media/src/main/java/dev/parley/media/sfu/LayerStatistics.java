package dev.parley.media.sfu;

/**
 * How one incoming encoding does.
 *
 * @param rid of the encoding, empty without simulcast
 * @param packets received, retransmitted ones included
 * @param bytes of them, headers included
 * @param bitrateBps over the last half second
 * @param lost packets that never came
 * @param recovered packets that came after being asked for
 * @param jitterMillis as RFC 3550 reckons it
 * @param keyFrames received
 * @param audioLevel of the last packet of sound, 0 for the loudest to 127 for silence (RFC 6464)
 */
public record LayerStatistics(
    String rid,
    long packets,
    long bytes,
    long bitrateBps,
    long lost,
    long recovered,
    double jitterMillis,
    long keyFrames,
    int audioLevel) {
  static LayerStatistics of(SourceLayer layer) {
    return new LayerStatistics(
        layer.rid,
        layer.packets,
        layer.bytes,
        layer.rate.bitrateBps(),
        Math.max(0, layer.loss.expected() - layer.loss.received()),
        layer.loss.recovered(),
        layer.reception.jitterMillis(),
        layer.keyFrameCount,
        layer.track.level());
  }
}
