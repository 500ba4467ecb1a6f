package dev.parley.media.sfu;

import dev.parley.media.memory.Memory;
import dev.parley.media.rtp.RtpPacket;

/**
 * Audio to one receiver. Sequence numbers are shifted so that a time of silence on purpose (the
 * speaker was not among the last N) does not look like loss.
 */
final class AudioForward extends Forward {
  private int shift;
  private int lastSource = -1;
  private boolean silent;
  private boolean wanted = true;

  AudioForward(SourceTrack track, ReceiveSide receiver, int ssrc, String mid, int firstSequence) {
    super(track, receiver, ssrc, mid);
    highestIndex = firstSequence & 0x7fff;
    silent = true;
  }

  /** Whether the receiver shall hear it now. */
  void want(boolean on) {
    wanted = on;
  }

  boolean wanted() {
    return wanted;
  }

  void packet(RtpPacket source, int level, LoopScratch scratch) {
    if (!wanted || paused || !open()) {
      silent = true;
      return;
    }
    int sequence = source.sequence();
    if (silent) {
      shift = (int) (highestIndex + 1) - sequence;
      silent = false;
    } else if ((short) (sequence - lastSource) < -100) {
      // Older than the pause that may lie between: its number could have been given away.
      return;
    }
    lastSource = sequence;
    send(source, sequence + shift & 0xffff, level, scratch);
  }

  private void send(RtpPacket source, int sequence, int level, LoopScratch scratch) {
    long slot = receiver.slot();
    EgressHeader.fixed(
        slot, source.marker(), track.format().egressType(), sequence, source.timestamp(), ssrc);
    int payload = source.payloadLength();
    int header = scratch.header.audio(slot, receiver.nextTransportSequence(), level);
    Memory.copy(source.address() + source.headerLength(), slot + header, payload);
    receiver.send(slot, header, header + payload, index(sequence), false);
    sent(payload, source.timestamp());
  }
}
