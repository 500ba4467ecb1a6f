package dev.parley.media.audio;

import java.util.Optional;

/** Chooses the Opus tier: libopus through the foreign-function API, or else concentus. */
public final class OpusCodecs {
  private OpusCodecs() {}

  /** The fastest codec that passes a round trip here. */
  public static OpusCodec choose() {
    Optional<OpusCodec> fast = NativeOpus.load().map(OpusCodec.class::cast);
    return fast.filter(OpusCodecs::works).orElseGet(ConcentusOpus::new);
  }

  /** Sends a tone through encoder and decoder and looks for its energy. */
  static boolean works(OpusCodec codec) {
    short[] tone = new short[AudioLimits.FRAME_SAMPLES];
    short[] heard = new short[AudioLimits.PACKET_SAMPLES_MAX];
    byte[] packet = new byte[AudioLimits.PACKET_BYTES_MAX];
    try (AudioEncoder encoder = codec.encoder();
        AudioDecoder decoder = codec.decoder()) {
      int samples = 0;
      for (int frame = 0; frame < 5; frame++) {
        for (int each = 0; each < tone.length; each++) {
          tone[each] = (short) (8000 * Math.sin((frame * tone.length + each) * 0.0576));
        }
        int length = encoder.encode(tone, 0, packet, 0, packet.length);
        samples = decoder.decode(packet, 0, length, heard, 0);
      }
      return samples == AudioLimits.FRAME_SAMPLES
          && Math.abs(AudioLevel.of(heard, 0, samples) - AudioLevel.of(tone, 0, tone.length)) < 6;
    }
  }
}
