package dev.parley.media.sfu;

/** One track on its way to one receiver, with the source that the receiver sees. */
abstract sealed class Forward permits AudioForward, VideoForward {
  final SourceTrack track;
  final ReceiveSide receiver;
  final int ssrc;
  final String mid;
  boolean accepted;
  boolean paused;
  long highestIndex = -1;
  long packets;
  long octets;
  long lastTimestamp;
  int timestampShift;
  int remoteFractionLost;
  long remoteJitter;
  int reportSent;
  long reportSentAt;

  Forward(SourceTrack track, ReceiveSide receiver, int ssrc, String mid) {
    this.track = track;
    this.receiver = receiver;
    this.ssrc = ssrc;
    this.mid = mid;
  }

  /** Whether packets may go. */
  boolean open() {
    return accepted && !track.withheld() && !receiver.member().held() && receiver.link().secured();
  }

  /** The 48-bit index of a sequence number that is close to the highest one sent. */
  long index(int sequence) {
    if (highestIndex < 0) {
      highestIndex = sequence;
      return sequence;
    }
    long index = highestIndex + (short) (sequence - (int) highestIndex);
    highestIndex = Math.max(highestIndex, index);
    return index;
  }

  void sent(int payloadLength, long timestamp) {
    packets++;
    octets += payloadLength;
    lastTimestamp = timestamp;
  }
}
