package dev.parley.media.sfu;

import dev.parley.media.codec.ProjectedPacket;
import dev.parley.media.codec.VideoPacket;
import dev.parley.media.memory.NativeBlock;
import dev.parley.media.rtp.RtcpReader;
import dev.parley.media.rtp.RtcpWriter;
import dev.parley.media.rtp.RtpPacket;
import dev.parley.media.transport.PacketIo;

/** The reusable objects of one media loop, so that a packet makes none. */
public final class LoopScratch {
  final RtpPacket incoming = new RtpPacket();
  final NativeBlock injected = new NativeBlock(PacketIo.SLOT_BYTES);
  final RtpPacket cached = new RtpPacket();
  final VideoPacket video = new VideoPacket();
  final VideoPacket cachedVideo = new VideoPacket();
  final ProjectedPacket projected = new ProjectedPacket();
  final SlotBytes source = new SlotBytes();
  final SlotBytes copy = new SlotBytes();
  final EgressHeader header = new EgressHeader();
  final RtcpReader rtcp = new RtcpReader();
  final RtcpWriter report = new RtcpWriter();
}
