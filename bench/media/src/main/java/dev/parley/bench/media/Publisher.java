package dev.parley.bench.media;

import dev.parley.media.client.TestCall;
import dev.parley.media.client.TestClient;
import dev.parley.media.memory.Memory;

/** Sends VP8 pictures with transport-wide numbers; each packet tells when it left. */
final class Publisher implements AutoCloseable {
  /** Bytes of a packet: header, payload. */
  static final int HEADER = 20;

  static final int PAYLOAD = 1064;

  /** Where in the payload the time stands that the packet left at. */
  static final int SENT_AT = 40;

  private final TestClient client;
  private long index = 1;
  private int transportSequence;
  private long frame;

  Publisher(TestClient client) {
    this.client = client;
  }

  /** Packets sent so far. */
  long sent() {
    return index - 1;
  }

  void check() {
    client.check();
  }

  /** Sends a key frame of so many packets at once, as a camera does. */
  void frame(int packets) {
    for (int i = 0; i < packets; i++) {
      packet(i == 0, i == packets - 1);
    }
    frame++;
  }

  private void packet(boolean first, boolean last) {
    long slot = client.slot();
    Memory.put16(slot, 0x9000 | (last ? 0x80 : 0) | 96);
    Memory.put16(slot + 2, (int) index);
    Memory.put32(slot + 4, (int) (frame * 3000));
    Memory.put32(slot + 8, TestCall.VIDEO_SSRC);
    Memory.put32(slot + 12, 0xbede0001);
    Memory.put8(slot + 16, 0x31);
    Memory.put16(slot + 17, transportSequence++);
    Memory.put8(slot + 19, 0);
    Memory.put8(slot + 20, first ? 0x90 : 0x80);
    Memory.put8(slot + 21, 0x80);
    Memory.put16(slot + 22, (int) (0x8000 | frame & 0x7fff));
    Memory.put8(slot + 24, first ? 0x10 : 0);
    Memory.put24(slot + 27, 0x9d012a);
    Memory.put32(slot + 30, 0x40016801);
    Memory.put64(slot + HEADER + SENT_AT, System.nanoTime());
    client.sendRtp(HEADER, HEADER + PAYLOAD, index++);
  }

  @Override
  public void close() {
    client.close();
  }
}
