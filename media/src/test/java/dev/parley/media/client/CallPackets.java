package dev.parley.media.client;

import dev.parley.media.memory.Memory;
import java.nio.ByteBuffer;

/** The packets of a publisher that {@link TestCall} has connected: Opus with levels, and VP8. */
public final class CallPackets {
  /** The payload type under which the engine sends Opus. */
  public static final int OPUS = 111;

  /** The payload type under which the engine sends VP8. */
  public static final int VP8 = 96;

  private static final int PAYLOAD = 200;

  private final TestClient publisher;
  private long audioIndex = 1;
  private long videoIndex = 1;
  private int transportSequence;

  public CallPackets(TestClient publisher) {
    this.publisher = publisher;
  }

  /**
   * Sends 20 ms of sound.
   *
   * @param level 0 for the loudest to 127 for silence
   */
  public void audio(int level) {
    long slot = publisher.slot();
    Memory.put16(slot, 0x906f);
    Memory.put16(slot + 2, (int) audioIndex);
    Memory.put32(slot + 4, (int) audioIndex * 960);
    Memory.put32(slot + 8, TestCall.AUDIO_SSRC);
    Memory.put32(slot + 12, 0xbede0001);
    Memory.put16(slot + 16, 0x1000 | level);
    Memory.put16(slot + 18, 0);
    Memory.put32(slot + 20, 0x12345678);
    publisher.sendRtp(20, 24, audioIndex++);
  }

  /** Sends a picture of one packet. */
  public void video(boolean keyFrame) {
    long slot = publisher.slot();
    Memory.put16(slot, 0x9080 | VP8);
    Memory.put16(slot + 2, (int) videoIndex);
    Memory.put32(slot + 4, (int) (videoIndex * 3000));
    Memory.put32(slot + 8, TestCall.VIDEO_SSRC);
    Memory.put32(slot + 12, 0xbede0001);
    Memory.put8(slot + 16, 0x31);
    Memory.put16(slot + 17, transportSequence++);
    Memory.put8(slot + 19, 0);
    Memory.put32(slot + 20, (int) (0x90808000 | videoIndex & 0x7fff));
    // VP8 says in the first bit of its frame tag whether others are needed (RFC 6386 §9.1).
    Memory.put8(slot + 24, keyFrame ? 0x10 : 0x11);
    Memory.put24(slot + 27, 0x9d012a);
    Memory.put32(slot + 30, 0x40016801);
    publisher.sendRtp(20, 20 + PAYLOAD, videoIndex++);
  }

  /**
   * Sends a key frame of one packet of a simulcast encoding, as an offer of {@link
   * TestCall#simulcast} allows.
   *
   * @param named whether the packet says its section (extension 4) and its encoding (5)
   */
  public void encoding(int ssrc, String mid, String rid, boolean named) {
    long slot = publisher.slot();
    Memory.put16(slot, 0x9080 | VP8);
    Memory.put16(slot + 2, (int) videoIndex);
    Memory.put32(slot + 4, (int) (videoIndex * 3000));
    Memory.put32(slot + 8, ssrc);
    Memory.put32(slot + 12, 0xbede0001);
    if (named) {
      Memory.put8(slot + 16, 0x40);
      Memory.put8(slot + 17, mid.charAt(0));
      Memory.put8(slot + 18, 0x50);
      Memory.put8(slot + 19, rid.charAt(0));
    } else {
      Memory.put32(slot + 16, 0);
    }
    Memory.put32(slot + 20, (int) (0x90808000 | videoIndex & 0x7fff));
    Memory.put24(slot + 24, 0x100000);
    Memory.put24(slot + 27, 0x9d012a);
    Memory.put32(slot + 30, 0x40016801);
    publisher.sendRtp(20, 20 + PAYLOAD, videoIndex++);
  }

  /** The payload type of a media packet, -1 for RTCP. */
  public static int payloadType(ByteBuffer datagram) {
    int second = datagram.get(1) & 0xff;
    return second >= 192 && second < 224 ? -1 : second & 0x7f;
  }

  /** The number of a media packet. */
  public static int sequence(ByteBuffer datagram) {
    return datagram.getShort(2) & 0xffff;
  }
}
