package dev.parley.media.sfu;

import dev.parley.media.memory.Memory;
import dev.parley.media.rtp.HeaderExtension;
import dev.parley.media.rtp.RtpPacket;

/**
 * Writes the header of an outgoing packet with this engine's own extension ids. The order is fixed,
 * so that packets of one track keep one size and can leave as one run.
 */
final class EgressHeader {
  private static final int ONE_BYTE_FORM = 0xbede;
  private static final int TWO_BYTE_FORM = 0x1000;
  private static final int ONE_BYTE_MAX = 16;

  private long at;
  private boolean twoByte;
  private int descriptorAt;

  /** Where the dependency descriptor was written, counted from the packet; 0 for none. */
  int descriptorAt() {
    return descriptorAt;
  }

  /** The fixed part (RFC 3550 §5.1), always with extensions. */
  static void fixed(
      long slot, boolean marker, int payloadType, int sequence, long timestamp, int ssrc) {
    Memory.put8(slot, 0x90);
    Memory.put8(slot + 1, (marker ? 0x80 : 0) | payloadType);
    Memory.put16(slot + 2, sequence);
    Memory.put32(slot + 4, (int) timestamp);
    Memory.put32(slot + 8, ssrc);
  }

  /** Extensions of an audio packet; gives the header's length. */
  int audio(long slot, int transportSequence, int level) {
    begin(slot, false);
    if (level >= 0) {
      element(HeaderExtension.AUDIO_LEVEL, 1);
      Memory.put8(at++, level);
    }
    return finish(slot, transportSequence);
  }

  /**
   * Extensions of a video packet, taken from {@code source} where the client sent them.
   *
   * @param orientationAt where the source has the orientation, 0 for nowhere
   * @param descriptorSource where the source has the dependency descriptor, 0 for nowhere
   */
  int video(
      long slot,
      int transportSequence,
      RtpPacket source,
      int orientationAt,
      int descriptorSource,
      int descriptorLength) {
    begin(slot, descriptorSource != 0 && descriptorLength > ONE_BYTE_MAX);
    if (orientationAt != 0) {
      element(HeaderExtension.VIDEO_ORIENTATION, 1);
      Memory.put8(at++, Memory.u8(source.address() + orientationAt));
    }
    if (descriptorSource != 0) {
      element(HeaderExtension.DEPENDENCY_DESCRIPTOR, descriptorLength);
      descriptorAt = (int) (at - slot);
      Memory.copy(source.address() + descriptorSource, at, descriptorLength);
      at += descriptorLength;
    }
    return finish(slot, transportSequence);
  }

  /** Only the transport sequence number; for padding. */
  int bare(long slot, int transportSequence) {
    begin(slot, false);
    return finish(slot, transportSequence);
  }

  private void begin(long slot, boolean longForm) {
    at = slot + RtpPacket.FIXED_BYTES + 4;
    twoByte = longForm;
    descriptorAt = 0;
  }

  private void element(HeaderExtension extension, int length) {
    if (twoByte) {
      Memory.put8(at++, extension.egressId());
      Memory.put8(at++, length);
    } else {
      Memory.put8(at++, extension.egressId() << 4 | length - 1);
    }
  }

  private int finish(long slot, int transportSequence) {
    element(HeaderExtension.TRANSPORT_SEQUENCE, 2);
    Memory.put16(at, transportSequence);
    at += 2;
    while ((at - slot & 3) != 0) {
      Memory.put8(at++, 0);
    }
    int length = (int) (at - slot);
    Memory.put16(slot + RtpPacket.FIXED_BYTES, twoByte ? TWO_BYTE_FORM : ONE_BYTE_FORM);
    Memory.put16(slot + RtpPacket.FIXED_BYTES + 2, (length - RtpPacket.FIXED_BYTES - 4) / 4);
    return length;
  }
}
