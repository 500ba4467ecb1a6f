package dev.parley.media.sfu;

/** Sees the plain RTP packets of a track: recorders, mixers, bots. */
@FunctionalInterface
public interface PacketTap {
  /**
   * One packet, in the order of arrival. Called on the media loop: take a copy and return.
   *
   * @param packet address of the packet, valid during the call
   * @param length its bytes
   * @param encoding index of the simulcast encoding
   * @param arrivalMicros when it came; only differences mean anything
   */
  void packet(long packet, int length, int encoding, long arrivalMicros);
}
