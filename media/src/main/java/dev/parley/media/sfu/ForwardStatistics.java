package dev.parley.media.sfu;

/**
 * How one track does on its way to one receiver.
 *
 * @param trackId the track
 * @param packets sent for the first time
 * @param octets of payload in them
 * @param paced packets that had to wait for their turn
 * @param retransmitted packets sent again because the receiver asked or a probe needed them
 * @param asked packets that the receiver asked for
 * @param unserved asked packets that were no longer kept
 * @param encoding the simulcast encoding that passes now, -1 for none; 0 for audio
 * @param spatial the highest spatial layer within it
 * @param temporal the highest temporal layer
 * @param lostShare what the receiver reported lost in its last interval, 0 to 1
 */
public record ForwardStatistics(
    String trackId,
    long packets,
    long octets,
    long paced,
    long retransmitted,
    long asked,
    long unserved,
    int encoding,
    int spatial,
    int temporal,
    double lostShare) {
  static ForwardStatistics of(Forward forward) {
    double lost = forward.remoteFractionLost / 256.0;
    return switch (forward) {
      case AudioForward audio ->
          new ForwardStatistics(
              audio.track.id(), audio.packets, audio.octets, 0, 0, 0, 0, 0, 0, 0, lost);
      case VideoForward video ->
          new ForwardStatistics(
              video.track.id(),
              video.packets,
              video.octets,
              video.paced,
              video.retransmitted,
              video.nacked,
              video.unserved,
              video.projection.encoding(),
              video.projection.spatialId(),
              video.projection.temporalId(),
              lost);
    };
  }
}
