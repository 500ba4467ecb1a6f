package dev.parley.media.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A STUN message as read from the network (RFC 8489 §5). Reading never throws. */
public final class StunMessage {
  public static final int BINDING_REQUEST = 0x0001;
  public static final int BINDING_INDICATION = 0x0011;
  public static final int BINDING_SUCCESS = 0x0101;
  public static final int BINDING_ERROR = 0x0111;

  public static final int USERNAME = 0x0006;
  public static final int MESSAGE_INTEGRITY = 0x0008;
  public static final int ERROR_CODE = 0x0009;
  public static final int XOR_MAPPED_ADDRESS = 0x0020;
  public static final int PRIORITY = 0x0024;
  public static final int USE_CANDIDATE = 0x0025;
  public static final int FINGERPRINT = 0x8028;
  public static final int ICE_CONTROLLED = 0x8029;
  public static final int ICE_CONTROLLING = 0x802a;

  static final int MAGIC = 0x2112a442;
  static final int HEADER_BYTES = 20;
  static final int FINGERPRINT_XOR = 0x5354554e;

  /** Longest message that is read: RFC 8489 §6.1 wants requests below 548 bytes over IPv4. */
  static final int BYTES_MAX = 1280;

  private static final int ATTRIBUTES_MAX = 32;

  private final byte[] bytes;
  private final int type;
  private final Map<Integer, byte[]> attributes;
  private final int integrityAt;

  private StunMessage(byte[] bytes, int type, Map<Integer, byte[]> attributes, int integrityAt) {
    this.bytes = bytes;
    this.type = type;
    this.attributes = attributes;
    this.integrityAt = integrityAt;
  }

  /** Reads a message; empty when it is not well-formed or its fingerprint is wrong. */
  public static Optional<StunMessage> parse(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes.length > BYTES_MAX || (bytes[0] & 0xc0) != 0) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int type = buffer.getShort() & 0xffff;
    int length = buffer.getShort() & 0xffff;
    boolean framed = length == bytes.length - HEADER_BYTES && (length & 3) == 0;
    if (!framed || buffer.getInt() != MAGIC) {
      return Optional.empty();
    }
    return attributes(bytes, type);
  }

  private static Optional<StunMessage> attributes(byte[] bytes, int type) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(HEADER_BYTES);
    Map<Integer, byte[]> found = new HashMap<>();
    int integrityAt = -1;
    while (buffer.remaining() >= 4 && found.size() < ATTRIBUTES_MAX) {
      int start = buffer.position();
      int name = buffer.getShort() & 0xffff;
      int length = buffer.getShort() & 0xffff;
      int padded = length + 3 & ~3;
      if (padded > buffer.remaining()) {
        return Optional.empty();
      }
      byte[] value = Arrays.copyOfRange(bytes, start + 4, start + 4 + length);
      buffer.position(start + 4 + padded);
      if (name == FINGERPRINT) {
        boolean right = length == 4 && !buffer.hasRemaining() && fingerprint(bytes, start, value);
        if (!right) {
          return Optional.empty();
        }
      } else if (integrityAt < 0) {
        // What follows the integrity is not protected by it and is ignored (RFC 8489 §14.5).
        found.putIfAbsent(name, value);
      }
      if (name == MESSAGE_INTEGRITY && integrityAt < 0) {
        integrityAt = start;
      }
    }
    return Optional.of(new StunMessage(bytes, type, found, integrityAt));
  }

  private static boolean fingerprint(byte[] bytes, int at, byte[] value) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, at);
    return ((int) crc.getValue() ^ FINGERPRINT_XOR) == ByteBuffer.wrap(value).getInt();
  }

  /** Class and method, for example {@link #BINDING_REQUEST}. */
  public int type() {
    return type;
  }

  /** The 12 bytes that tie an answer to its request. */
  public byte[] transaction() {
    return Arrays.copyOfRange(bytes, 8, HEADER_BYTES);
  }

  /** Whether the attribute is there. */
  public boolean has(int attribute) {
    return attributes.containsKey(attribute);
  }

  /** The value of an attribute. */
  public Optional<byte[]> attribute(int name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** The user name, or an empty text. */
  public String username() {
    return new String(attributes.getOrDefault(USERNAME, new byte[0]), StandardCharsets.UTF_8);
  }

  /** Whether the message was made by someone who knows {@code password} (RFC 8489 §14.5). */
  public boolean authentic(String password) {
    byte[] claimed = attributes.getOrDefault(MESSAGE_INTEGRITY, new byte[0]);
    if (integrityAt < 0 || claimed.length != 20) {
      return false;
    }
    byte[] covered = Arrays.copyOf(bytes, integrityAt);
    ByteBuffer.wrap(covered).putShort(2, (short) (integrityAt + 24 - HEADER_BYTES));
    return MessageDigest.isEqual(claimed, hmac(password, covered, covered.length));
  }

  static byte[] hmac(String password, byte[] bytes, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      mac.update(bytes, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has HMAC-SHA1", missing);
    }
  }
}
