package dev.parley.services.push.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A packet of socket.io 0.9, {@code type:id[+]:endpoint:data}. Several travel in one WebSocket
 * message as a payload, each after its length in UTF-16 units between U+FFFD marks.
 *
 * @param id by which the sender wants it acknowledged, or 0 for none
 * @param withData whether the acknowledgement is to carry data
 */
record Packet(Type type, long id, boolean withData, String endpoint, String data) {
  private static final char MARK = '\ufffd';
  private static final byte[] MARK_UTF_8 = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

  /** Digits of an id or a length; more are no number that a client counts to. */
  private static final int DIGITS_MAX = 15;

  /** The types in the order of their numbers. */
  enum Type {
    DISCONNECT,
    CONNECT,
    HEARTBEAT,
    MESSAGE,
    JSON,
    EVENT,
    ACK,
    ERROR,
    NOOP
  }

  static Packet of(Type type, String data) {
    return new Packet(type, 0, false, "", data);
  }

  /** Acknowledges a packet, with a JSON array when it asked for data. */
  static Packet ack(Packet packet, String json) {
    String data = packet.withData ? packet.id + "+" + json : Long.toString(packet.id);
    return of(Type.ACK, data);
  }

  /** The packet on the wire. */
  String encoded() {
    String mark = id == 0 ? "" : id + (withData ? "+" : "");
    String head = type.ordinal() + ":" + mark + ":" + endpoint;
    return data.isEmpty() ? head + (type == Type.CONNECT ? "" : ":") : head + ":" + data;
  }

  /** Several packets as one message in UTF-8, which the client takes in one step. */
  static byte[] payload(List<Packet> packets) {
    if (packets.size() == 1) {
      return packets.getFirst().encoded().getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream payload = new ByteArrayOutputStream(1024 * packets.size());
    for (Packet packet : packets) {
      String encoded = packet.encoded();
      payload.writeBytes(MARK_UTF_8);
      payload.writeBytes(Integer.toString(encoded.length()).getBytes(StandardCharsets.US_ASCII));
      payload.writeBytes(MARK_UTF_8);
      payload.writeBytes(encoded.getBytes(StandardCharsets.UTF_8));
    }
    return payload.toByteArray();
  }

  /** Reads a message; throws {@link MalformedPacket}. */
  static List<Packet> parseAll(String message) throws MalformedPacket {
    if (message.isEmpty() || message.charAt(0) != MARK) {
      return List.of(parse(message));
    }
    List<Packet> packets = new ArrayList<>();
    int at = 0;
    while (at < message.length()) {
      int end = message.indexOf(MARK, at + 1);
      if (message.charAt(at) != MARK || end < 0) {
        throw new MalformedPacket("a payload without a length");
      }
      long length = number(message.substring(at + 1, end));
      if (length > message.length() - end - 1L) {
        throw new MalformedPacket("a payload shorter than its length");
      }
      at = end + 1 + (int) length;
      packets.add(parse(message.substring(end + 1, at)));
    }
    return packets;
  }

  private static Packet parse(String text) throws MalformedPacket {
    int afterType = text.indexOf(':');
    int afterId = afterType < 0 ? -1 : text.indexOf(':', afterType + 1);
    if (afterType != 1 || afterId < 0) {
      throw new MalformedPacket("a packet without type and id");
    }
    int type = text.charAt(0) - '0';
    if (type < 0 || type >= Type.values().length) {
      throw new MalformedPacket("a packet of unknown type");
    }
    int afterEndpoint = text.indexOf(':', afterId + 1);
    int endpointEnd = afterEndpoint < 0 ? text.length() : afterEndpoint;
    String mark = text.substring(afterType + 1, afterId);
    boolean withData = mark.endsWith("+");
    String digits = withData ? mark.substring(0, mark.length() - 1) : mark;
    return new Packet(
        Type.values()[type],
        digits.isEmpty() ? 0 : number(digits),
        withData && !digits.isEmpty(),
        text.substring(afterId + 1, endpointEnd),
        afterEndpoint < 0 ? "" : text.substring(afterEndpoint + 1));
  }

  private static long number(String digits) throws MalformedPacket {
    if (digits.isEmpty()
        || digits.length() > DIGITS_MAX
        || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      throw new MalformedPacket("not a number");
    }
    return Long.parseLong(digits);
  }

  /** The peer does not speak socket.io 0.9. */
  static final class MalformedPacket extends Exception {
    private static final long serialVersionUID = 1;

    MalformedPacket(String message) {
      super(message, null, false, false);
    }
  }
}
