package dev.parley.services.rooms;

import dev.parley.kit.base.ResourceId;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * A room within its resource.
 *
 * @param text the wire's id: 16 or 17 digits (recordings of the Python SDK show both); ours have 17
 */
public record RoomId(ResourceId resource, String text) {
  private static final int DIGITS_MIN = 16;
  private static final int DIGITS_MAX = 17;
  private static final long SPACE = 1_000_000_000_000_000L;

  /** Random bytes of a new id. */
  static final int RANDOM_BYTES = Long.BYTES;

  /** A new id: 99, as all ids of ACS begin, and fifteen digits from eight random bytes. */
  static RoomId of(ResourceId resource, byte[] random) {
    long number = Long.remainderUnsigned(ByteBuffer.wrap(random).getLong(), SPACE);
    return new RoomId(resource, "99" + String.format(Locale.ROOT, "%015d", number));
  }

  /** The id that a caller gave; empty when no room can have it. */
  public static Optional<RoomId> parse(ResourceId resource, String text) {
    boolean wellFormed =
        text.length() >= DIGITS_MIN
            && text.length() <= DIGITS_MAX
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return wellFormed ? Optional.of(new RoomId(resource, text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
