package dev.parley.media.mixer;

import dev.parley.media.audio.JitterBuffer;
import dev.parley.media.memory.Memory;
import dev.parley.media.rtp.RtpPacket;
import dev.parley.media.sfu.PacketTap;
import dev.parley.media.sfu.SourceTrack;
import java.util.Queue;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;

/**
 * One track of the room at the mixer: the loop puts packets in, the mixer's thread takes sound out.
 */
final class TrackEar implements PacketTap {
  private static final int QUEUE_MAX = 128;

  final int number;
  final SourceTrack track;
  final Runnable free;
  private final JitterBuffer buffer;
  private final Queue<byte[]> arrived = new SpscAtomicArrayQueue<>(QUEUE_MAX);
  private final RtpPacket view = new RtpPacket();

  TrackEar(int number, SourceTrack track, JitterBuffer buffer, Runnable free) {
    this.free = free;
    this.number = number;
    this.track = track;
    this.buffer = buffer;
  }

  @Override
  public void packet(long packet, int length, int encoding, long arrivalMicros) {
    if (!view.parse(packet, length) || view.payloadLength() == 0) {
      return;
    }
    byte[] copy = new byte[6 + view.payloadLength()];
    Memory.copyOut(packet + 2, copy, 0, 6);
    Memory.copyOut(packet + view.headerLength(), copy, 6, view.payloadLength());
    boolean kept = arrived.offer(copy);
    assert kept || arrived.size() == QUEUE_MAX : "only a full queue refuses";
  }

  /** The next 20 ms; false when there is no sound. */
  boolean next(short[] frame, long nowMicros) {
    for (byte[] each = arrived.poll(); each != null; each = arrived.poll()) {
      int sequence = (each[0] & 0xff) << 8 | each[1] & 0xff;
      long timestamp =
          (each[2] & 0xffL) << 24 | (each[3] & 0xff) << 16 | (each[4] & 0xff) << 8 | each[5] & 0xff;
      buffer.put(sequence, timestamp, each, 6, each.length - 6, nowMicros);
    }
    return buffer.next(frame) != JitterBuffer.Played.SILENT && !track.withheld();
  }
}
