package dev.parley.services.chat;

import dev.parley.kit.base.ResourceId;

/**
 * A thread within its resource.
 *
 * @param text the wire's id, {@code 19:acsV1_…@thread.v2}
 */
public record ThreadId(ResourceId resource, String text) {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** A new id from 44 random bytes; their bias over 62 letters is harmless. */
  static ThreadId of(ResourceId resource, byte[] random) {
    StringBuilder id = new StringBuilder("19:acsV1_");
    for (byte b : random) {
      id.append(ALPHABET.charAt((b & 0xff) % ALPHABET.length()));
    }
    return new ThreadId(resource, id.append("@thread.v2").toString());
  }

  @Override
  public String toString() {
    return text;
  }
}
