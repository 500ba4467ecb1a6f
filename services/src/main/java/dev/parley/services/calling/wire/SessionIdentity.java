package dev.parley.services.calling.wire;

import dev.parley.services.calling.ClientId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What a session is found by and proven with.
 *
 * @param secret only its client knows it
 */
record SessionIdentity(ClientId id, String secret) {
  /** Whether the key proves the session, in constant time. */
  boolean isProvenBy(ClientMessage.SessionKey key) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), key.secret().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "session " + id;
  }
}
