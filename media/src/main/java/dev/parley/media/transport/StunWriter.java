package dev.parley.media.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Writes one STUN message, attribute by attribute (RFC 8489 §5). */
public final class StunWriter {
  private final ByteBuffer buffer = ByteBuffer.allocate(StunMessage.BYTES_MAX);

  /** Starts a message; {@code transaction} has 12 bytes. */
  public StunWriter(int type, byte[] transaction) {
    buffer.putShort((short) type).putShort((short) 0).putInt(StunMessage.MAGIC).put(transaction);
  }

  /** Adds an attribute with its padding. */
  public StunWriter attribute(int name, byte... value) {
    buffer.putShort((short) name).putShort((short) value.length).put(value);
    while ((buffer.position() & 3) != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  /** Adds the user name. */
  public StunWriter username(String name) {
    return attribute(StunMessage.USERNAME, name.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds where the request was seen to come from (RFC 8489 §14.2). */
  public StunWriter mappedAddress(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    byte[] mask = Arrays.copyOfRange(buffer.array(), 4, 4 + ip.length);
    ByteBuffer value = ByteBuffer.allocate(4 + ip.length);
    value.put((byte) 0).put((byte) (ip.length == 4 ? 1 : 2));
    value.putShort((short) (address.getPort() ^ StunMessage.MAGIC >>> 16));
    for (int i = 0; i < ip.length; i++) {
      value.put((byte) (ip[i] ^ mask[i]));
    }
    return attribute(StunMessage.XOR_MAPPED_ADDRESS, value.array());
  }

  /** Adds an error, for example 487 (RFC 8489 §14.8). */
  public StunWriter error(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    ByteBuffer value = ByteBuffer.allocate(4 + text.length);
    value.putShort((short) 0).put((byte) (code / 100)).put((byte) (code % 100)).put(text);
    return attribute(StunMessage.ERROR_CODE, value.array());
  }

  /** Adds integrity and fingerprint, which end the message, and gives its bytes. */
  public byte[] finish(String password) {
    lengthWith(24);
    byte[] tag = StunMessage.hmac(password, buffer.array(), buffer.position());
    attribute(StunMessage.MESSAGE_INTEGRITY, tag);
    lengthWith(8);
    CRC32 crc = new CRC32();
    crc.update(buffer.array(), 0, buffer.position());
    int fingerprint = (int) crc.getValue() ^ StunMessage.FINGERPRINT_XOR;
    attribute(StunMessage.FINGERPRINT, ByteBuffer.allocate(4).putInt(fingerprint).array());
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private void lengthWith(int more) {
    buffer.putShort(2, (short) (buffer.position() + more - StunMessage.HEADER_BYTES));
  }
}
