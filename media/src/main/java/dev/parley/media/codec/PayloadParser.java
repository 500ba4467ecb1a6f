package dev.parley.media.codec;

/** Reads the codec's part of an RTP payload. Keeps no state between packets. */
public sealed interface PayloadParser permits Vp8Payload, Vp9Payload, H264Payload, Av1Payload {
  /**
   * Fills what the payload tells into {@code packet}, which {@link VideoPacket#begin} has prepared.
   *
   * @param offset first byte of the payload, after RTP header and extensions
   * @param length bytes of payload, without RTP padding
   * @return false when the payload is malformed or cut short; the packet is then to be dropped
   */
  boolean parse(PacketBytes bytes, int offset, int length, VideoPacket packet);
}
