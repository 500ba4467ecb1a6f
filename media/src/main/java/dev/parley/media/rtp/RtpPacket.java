package dev.parley.media.rtp;

import dev.parley.media.memory.Memory;
import java.util.Arrays;

/**
 * A look at one RTP packet (RFC 3550 §5.1) and its header extensions (RFC 8285). One object serves
 * all packets of a loop, one after the other.
 */
public final class RtpPacket {
  /** Bytes of the fixed header. */
  public static final int FIXED_BYTES = 12;

  /** Highest extension id that is remembered; SDP keeps to 1-14 unless it must not. */
  public static final int EXTENSION_ID_MAX = 15;

  private static final int ONE_BYTE_FORM = 0xbede;
  private static final int TWO_BYTE_FORM = 0x100;

  private final int[] extensionAt = new int[EXTENSION_ID_MAX + 1];
  private final int[] extensionLength = new int[EXTENSION_ID_MAX + 1];
  private long address;
  private int length;
  private int headerLength;
  private int paddingLength;

  /**
   * Looks at the packet of {@code length} bytes at {@code address}.
   *
   * @return false when it is not well-formed; nothing else may be asked then
   */
  public boolean parse(long address, int length) {
    this.address = address;
    this.length = length;
    Arrays.fill(extensionAt, 0);
    if (length < FIXED_BYTES || Memory.u8(address) >>> 6 != 2) {
      return false;
    }
    int first = Memory.u8(address);
    int header = FIXED_BYTES + (first & 0x0f) * 4;
    if ((first & 0x10) != 0) {
      if (header + 4 > length) {
        return false;
      }
      int extensionBytes = Memory.u16(address + header + 2) * 4;
      if (header + 4 + extensionBytes > length) {
        return false;
      }
      parseExtensions(Memory.u16(address + header), header + 4, extensionBytes);
      header += 4 + extensionBytes;
    }
    headerLength = header;
    return header <= length && parsePadding((first & 0x20) != 0);
  }

  private boolean parsePadding(boolean padded) {
    paddingLength = padded && length > headerLength ? Memory.u8(address + length - 1) : 0;
    boolean zero = padded && paddingLength == 0;
    return !zero && headerLength + paddingLength <= length;
  }

  private void parseExtensions(int form, int start, int bytes) {
    if (form == ONE_BYTE_FORM) {
      parseOneByte(start, start + bytes);
    } else if (form >>> 4 == TWO_BYTE_FORM) {
      parseTwoByte(start, start + bytes);
    }
  }

  private void parseOneByte(int start, int end) {
    int at = start;
    while (at < end) {
      int head = Memory.u8(address + at++);
      int id = head >>> 4;
      if (id == 15) {
        return;
      }
      if (id != 0) {
        at = note(id, at, (head & 0x0f) + 1, end);
      }
    }
  }

  private void parseTwoByte(int start, int end) {
    int at = start;
    while (at < end) {
      int id = Memory.u8(address + at++);
      if (id != 0) {
        if (at == end) {
          return;
        }
        int bytes = Memory.u8(address + at++);
        at = note(id, at, bytes, end);
      }
    }
  }

  private int note(int id, int at, int bytes, int end) {
    if (at + bytes <= end && id <= EXTENSION_ID_MAX) {
      extensionAt[id] = at;
      extensionLength[id] = bytes;
    }
    return at + bytes;
  }

  /** The address of the packet. */
  public long address() {
    return address;
  }

  /** Bytes of the packet. */
  public int length() {
    return length;
  }

  /** Bytes before the payload. */
  public int headerLength() {
    return headerLength;
  }

  /** Bytes of payload, without padding. */
  public int payloadLength() {
    return length - headerLength - paddingLength;
  }

  /** Bytes of padding at the end. */
  public int paddingLength() {
    return paddingLength;
  }

  /** The marker bit. */
  public boolean marker() {
    return (Memory.u8(address + 1) & 0x80) != 0;
  }

  /** The payload type, 0 to 127. */
  public int payloadType() {
    return Memory.u8(address + 1) & 0x7f;
  }

  /** The sequence number, 0 to 65535. */
  public int sequence() {
    return Memory.u16(address + 2);
  }

  /** The timestamp, 0 to 2^32-1. */
  public long timestamp() {
    return Memory.u32(address + 4);
  }

  /** The source. */
  public int ssrc() {
    return Memory.i32(address + 8);
  }

  /** Where the extension with this id starts, counted from the packet; 0 when it is not there. */
  public int extensionAt(int id) {
    return id > 0 && id <= EXTENSION_ID_MAX ? extensionAt[id] : 0;
  }

  /** Bytes of the extension; only asked when it is there. */
  public int extensionLength(int id) {
    return extensionLength[id];
  }
}
