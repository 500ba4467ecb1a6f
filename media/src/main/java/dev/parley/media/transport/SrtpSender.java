package dev.parley.media.transport;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;

/**
 * Protects outgoing RTP and RTCP of one connection (RFC 3711, RFC 7714). Owned by one media loop.
 * The caller counts packets per SSRC and passes the 48-bit index, so no lookup is needed here.
 */
public final class SrtpSender implements AutoCloseable {
  private final SrtpProfile profile;
  private final SrtpLayer rtp;
  private final SrtpLayer rtcp;
  private final NativeBlock scratch = new NativeBlock(64);
  private int rtcpIndex;

  /** Keys both ciphers. */
  public SrtpSender(SrtpCipher cipher, SrtpKeys keys) {
    this.profile = keys.profile();
    this.rtp =
        SrtpLayer.of(
            cipher, profile, keys.rtpKey(), keys.rtpAuthentication(), keys.rtpSalt(), true);
    this.rtcp =
        SrtpLayer.of(
            cipher, profile, keys.rtcpKey(), keys.rtcpAuthentication(), keys.rtcpSalt(), true);
  }

  /**
   * Protects an RTP packet in place; the slot has room for {@link SrtpProfile#tagBytes} more.
   *
   * @param headerLength bytes that stay readable: fixed header, sources and extensions
   * @param index roll-over counter and sequence number: the extended sequence number of its SSRC,
   *     used once for the life of the key
   * @return the new length
   */
  public int protectRtp(long packet, int headerLength, int length, long index) {
    int ssrc = Memory.i32(packet + 8);
    return switch (rtp) {
      case SrtpLayer.Gcm gcm -> {
        gcm.nonce(scratch.address(), ssrc, index);
        gcm.aead.seal(
            scratch.address(), packet, headerLength, packet + headerLength, length - headerLength);
        yield length + profile.tagBytes();
      }
      case SrtpLayer.Cm cm -> {
        cm.counter(scratch.address(), ssrc, index);
        cm.cipher.apply(scratch.address(), packet + headerLength, length - headerLength);
        Memory.put32(packet + length, (int) (index >>> 16));
        cm.cipher.authenticate(packet, length + 4, scratch.address() + 16);
        Memory.copy(scratch.address() + 16, packet + length, profile.tagBytes());
        yield length + profile.tagBytes();
      }
    };
  }

  /** The profile of the keys. */
  public SrtpProfile profile() {
    return profile;
  }

  /** Protects a compound RTCP packet in place and gives the new length (at most 20 bytes more). */
  public int protectRtcp(long packet, int length) {
    int ssrc = Memory.i32(packet + 4);
    int index = rtcpIndex++ & 0x7fffffff;
    int flagged = index | 0x80000000;
    return switch (rtcp) {
      case SrtpLayer.Gcm gcm -> {
        gcm.nonce(scratch.address(), ssrc, index);
        Memory.copy(packet, scratch.address() + 16, 8);
        Memory.put32(scratch.address() + 24, flagged);
        gcm.aead.seal(scratch.address(), scratch.address() + 16, 12, packet + 8, length - 8);
        Memory.put32(packet + length + profile.tagBytes(), flagged);
        yield length + profile.tagBytes() + 4;
      }
      case SrtpLayer.Cm cm -> {
        cm.counter(scratch.address(), ssrc, index);
        cm.cipher.apply(scratch.address(), packet + 8, length - 8);
        Memory.put32(packet + length, flagged);
        cm.cipher.authenticate(packet, length + 4, scratch.address() + 16);
        Memory.copy(scratch.address() + 16, packet + length + 4, profile.tagBytes());
        yield length + 4 + profile.tagBytes();
      }
    };
  }

  @Override
  public void close() {
    rtp.close();
    rtcp.close();
    scratch.close();
  }
}
