package dev.parley.media.audio;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;

/** Opus in plain Java, on any machine. Allocates while it works and costs about four times more. */
public final class ConcentusOpus implements OpusCodec {
  @Override
  public String name() {
    return "concentus (Java)";
  }

  @Override
  public AudioEncoder encoder() {
    try {
      return new Encoder();
    } catch (OpusException fault) {
      throw new IllegalStateException("concentus refuses 48 kHz mono", fault);
    }
  }

  @Override
  public AudioDecoder decoder() {
    try {
      return new Decoder();
    } catch (OpusException fault) {
      throw new IllegalStateException("concentus refuses 48 kHz mono", fault);
    }
  }

  private static final class Encoder implements AudioEncoder {
    private final OpusEncoder opus;

    Encoder() throws OpusException {
      opus = new OpusEncoder(AudioLimits.SAMPLE_RATE, 1, OpusApplication.OPUS_APPLICATION_VOIP);
      opus.setBitrate(AudioLimits.OPUS_BITRATE);
      opus.setComplexity(AudioLimits.OPUS_COMPLEXITY);
      opus.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
      opus.setUseInbandFEC(true);
      opus.setPacketLossPercent(AudioLimits.OPUS_LOSS_PERCENT);
    }

    @Override
    public int encode(short[] pcm, int pcmOffset, byte[] out, int offset, int capacity) {
      try {
        return opus.encode(pcm, pcmOffset, AudioLimits.FRAME_SAMPLES, out, offset, capacity);
      } catch (OpusException fault) {
        throw new IllegalStateException("a frame of 20 ms was refused", fault);
      }
    }

    @Override
    public int timestampStep() {
      return AudioLimits.FRAME_SAMPLES;
    }

    @Override
    public void close() {
      // Plain Java: nothing to free.
    }
  }

  private static final class Decoder implements AudioDecoder {
    private final OpusDecoder opus;
    private final ConcealFade fade = new ConcealFade();

    Decoder() throws OpusException {
      opus = new OpusDecoder(AudioLimits.SAMPLE_RATE, 1);
    }

    /**
     * concentus answers some malformed packets with unchecked exceptions of the Java runtime or
     * with failed assertions of its own, and its state cannot be trusted after that.
     */
    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
      if (length <= 0 || length > AudioLimits.PACKET_BYTES_MAX) {
        return -1;
      }
      try {
        int samples =
            opus.decode(
                payload, offset, length, pcm, pcmOffset, AudioLimits.PACKET_SAMPLES_MAX, false);
        fade.heard(pcm, pcmOffset, samples);
        return samples > 0 ? samples : -1;
      } catch (OpusException | RuntimeException | AssertionError malformed) {
        opus.resetState();
        return -1;
      }
    }

    @Override
    public void conceal(
        byte[] next, int offset, int length, short[] pcm, int pcmOffset, int samples) {
      try {
        if (length > 0) {
          opus.decode(next, offset, length, pcm, pcmOffset, samples, true);
        } else {
          opus.decode(null, 0, 0, pcm, pcmOffset, samples, false);
        }
      } catch (OpusException | RuntimeException | AssertionError malformed) {
        opus.resetState();
        fade.conceal(pcm, pcmOffset, samples);
      }
    }

    @Override
    public void close() {
      // Plain Java: nothing to free.
    }
  }
}
