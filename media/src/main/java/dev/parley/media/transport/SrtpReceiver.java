package dev.parley.media.transport;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;

/**
 * Opens incoming SRTP and SRTCP of one connection and refuses replays (RFC 3711, RFC 7714). Owned
 * by one media loop. An SSRC takes memory only after a packet of it was authentic.
 */
public final class SrtpReceiver implements AutoCloseable {
  /** The packet is too short or not of the right form. */
  public static final int MALFORMED = -1;

  /** The tag is wrong. */
  public static final int FORGED = -2;

  /** The packet was seen before, or is too old to know. */
  public static final int REPLAYED = -3;

  /** The connection sends from more sources than {@link #SOURCES_MAX}. */
  public static final int TOO_MANY_SOURCES = -4;

  /** SSRCs that one connection may send from: every layer and its retransmissions, with room. */
  public static final int SOURCES_MAX = 256;

  private static final int RTCP_HEADER = 8;

  private final SrtpProfile profile;
  private final SrtpLayer rtp;
  private final SrtpLayer rtcp;
  private final NativeBlock scratch = new NativeBlock(64);
  private final SourceWindows rtpWindows = new SourceWindows();
  private final SourceWindows rtcpWindows = new SourceWindows();
  private final ReplayWindow unknown = new ReplayWindow();

  /** Keys both ciphers. */
  public SrtpReceiver(SrtpCipher cipher, SrtpKeys keys) {
    this.profile = keys.profile();
    this.rtp =
        SrtpLayer.of(
            cipher, profile, keys.rtpKey(), keys.rtpAuthentication(), keys.rtpSalt(), false);
    this.rtcp =
        SrtpLayer.of(
            cipher, profile, keys.rtcpKey(), keys.rtcpAuthentication(), keys.rtcpSalt(), false);
  }

  /**
   * Opens an RTP packet in place.
   *
   * @return the length of the plain packet, or {@link #MALFORMED}, {@link #FORGED}, {@link
   *     #REPLAYED}, {@link #TOO_MANY_SOURCES}
   */
  public int openRtp(long packet, int length) {
    int header = headerLength(packet, length - profile.tagBytes());
    if (header < 0) {
      return MALFORMED;
    }
    int ssrc = Memory.i32(packet + 8);
    ReplayWindow window = rtpWindows.find(ssrc);
    if (window == null && rtpWindows.full()) {
      return TOO_MANY_SOURCES;
    }
    long index = (window == null ? unknown : window).index(Memory.u16(packet + 2));
    if (window != null && window.isReplay(index)) {
      return REPLAYED;
    }
    int plain = length - profile.tagBytes();
    if (!openRtp(packet, header, plain, ssrc, index)) {
      return FORGED;
    }
    (window == null ? rtpWindows.add(ssrc) : window).accept(index);
    return plain;
  }

  private boolean openRtp(long packet, int header, int plain, int ssrc, long index) {
    return switch (rtp) {
      case SrtpLayer.Gcm gcm -> {
        gcm.nonce(scratch.address(), ssrc, index);
        yield gcm.aead.open(scratch.address(), packet, header, packet + header, plain - header);
      }
      case SrtpLayer.Cm cm -> {
        Memory.copy(packet + plain, scratch.address() + 40, profile.tagBytes());
        Memory.put32(packet + plain, (int) (index >>> 16));
        cm.cipher.authenticate(packet, plain + 4, scratch.address() + 16);
        if (!equal(scratch.address() + 16, scratch.address() + 40, profile.tagBytes())) {
          yield false;
        }
        cm.counter(scratch.address(), ssrc, index);
        cm.cipher.apply(scratch.address(), packet + header, plain - header);
        yield true;
      }
    };
  }

  /** The end of the header extensions, or -1 when the packet does not hold them. */
  private static int headerLength(long packet, int length) {
    if (length < 12) {
      return -1;
    }
    int first = Memory.u8(packet);
    int header = 12 + (first & 0x0f) * 4;
    if ((first & 0x10) != 0) {
      header = header + 4 > length ? length + 1 : header + 4 + Memory.u16(packet + header + 2) * 4;
    }
    return header > length ? -1 : header;
  }

  /**
   * Opens a compound RTCP packet in place.
   *
   * @return the length of the plain packet, or {@link #MALFORMED}, {@link #FORGED}, {@link
   *     #REPLAYED}, {@link #TOO_MANY_SOURCES}
   */
  public int openRtcp(long packet, int length) {
    int plain = length - profile.tagBytes() - 4;
    if (plain < RTCP_HEADER) {
      return MALFORMED;
    }
    boolean gcm = profile == SrtpProfile.AEAD_AES_128_GCM;
    int flagged = Memory.i32(packet + (gcm ? length - 4 : plain));
    long index = flagged & 0x7fffffff;
    int ssrc = Memory.i32(packet + 4);
    ReplayWindow window = rtcpWindows.find(ssrc);
    if (window == null && rtcpWindows.full()) {
      return TOO_MANY_SOURCES;
    }
    if (window != null && window.isReplay(index)) {
      return REPLAYED;
    }
    if (!openRtcp(packet, plain, flagged)) {
      return FORGED;
    }
    (window == null ? rtcpWindows.add(ssrc) : window).accept(index);
    return plain;
  }

  private boolean openRtcp(long packet, int plain, int flagged) {
    int ssrc = Memory.i32(packet + 4);
    boolean encrypted = flagged < 0;
    long index = flagged & 0x7fffffff;
    return switch (rtcp) {
      case SrtpLayer.Gcm gcm -> {
        gcm.nonce(scratch.address(), ssrc, index);
        Memory.copy(packet, scratch.address() + 16, RTCP_HEADER);
        Memory.put32(scratch.address() + 24, flagged);
        // Unencrypted SRTCP authenticates everything instead; no WebRTC client sends it.
        yield encrypted
            && gcm.aead.open(
                scratch.address(),
                scratch.address() + 16,
                12,
                packet + RTCP_HEADER,
                plain - RTCP_HEADER);
      }
      case SrtpLayer.Cm cm -> {
        cm.cipher.authenticate(packet, plain + 4, scratch.address() + 16);
        if (!equal(scratch.address() + 16, packet + plain + 4, profile.tagBytes())) {
          yield false;
        }
        if (encrypted) {
          cm.counter(scratch.address(), ssrc, index);
          cm.cipher.apply(scratch.address(), packet + RTCP_HEADER, plain - RTCP_HEADER);
        }
        yield true;
      }
    };
  }

  private static boolean equal(long left, long right, int length) {
    int difference = 0;
    for (int i = 0; i < length; i++) {
      difference |= Memory.u8(left + i) ^ Memory.u8(right + i);
    }
    return difference == 0;
  }

  @Override
  public void close() {
    rtp.close();
    rtcp.close();
    scratch.close();
  }
}
