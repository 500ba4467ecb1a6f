package dev.parley.services.push;

/**
 * One message for one user.
 *
 * @param eventId what clients choose their handler by, for example 200
 * @param bodyLiteral the finished JSON object, which itself names {@code eventId}, written as a
 *     JSON string with its quotes: escaped once for all who get it
 * @param key names the message within its fact: the same fact always gives the same keys, and no
 *     two of its messages for one user share one. Position and key together are the message's
 *     identity, by which nothing is delivered twice.
 * @param position of the fact in the journal, or {@link #EPHEMERAL} for a signal that nobody misses
 *     (typing)
 */
public record PushMessage(int eventId, String bodyLiteral, String key, long position) {
  /** The position of a message that is in no journal: it is sent once to who is there, or lost. */
  public static final long EPHEMERAL = 0;

  /** Characters of a body: a chat message of 280 KB that has to be escaped throughout fits. */
  public static final int BODY_CHARACTERS_MAX = 4 * 1024 * 1024;

  /** Throws {@link IllegalArgumentException} for a body that is too long or a negative position. */
  public PushMessage {
    if (bodyLiteral.length() > BODY_CHARACTERS_MAX) {
      throw new IllegalArgumentException("a push body has at most " + BODY_CHARACTERS_MAX);
    }
    if (position < 0) {
      throw new IllegalArgumentException("a journal position is not negative: " + position);
    }
  }
}
