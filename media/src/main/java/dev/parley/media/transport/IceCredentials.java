package dev.parley.media.transport;

import dev.parley.kit.base.Ids;

/**
 * A user name fragment and password of ICE (RFC 8445 §5.3).
 *
 * @param fragment at least 4 characters of the ice-char set
 * @param password at least 22 characters of it
 */
public record IceCredentials(String fragment, String password) {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int FRAGMENT_CHARACTERS = 12;
  private static final int PASSWORD_CHARACTERS = 24;

  /** New random credentials: 72 and 144 bits. */
  public static IceCredentials random(Ids ids) {
    return new IceCredentials(
        text(ids.bytes(FRAGMENT_CHARACTERS)), text(ids.bytes(PASSWORD_CHARACTERS)));
  }

  private static String text(byte[] random) {
    StringBuilder text = new StringBuilder(random.length);
    for (byte each : random) {
      text.append(ALPHABET.charAt(each & 63));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "IceCredentials[" + fragment + "]";
  }
}
