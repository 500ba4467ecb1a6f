package dev.parley.services.push;

import dev.parley.kit.base.Secret;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The opaque word that a client keeps and gives back when it reconnects: its session and how far it
 * has come. Signed, and bound to its user, so that the server need not remember sessions: any
 * process with the key takes up where another was killed. URL-safe, since clients do not escape it.
 */
final class ResumeTokens {
  /** Bytes of the key. */
  static final int KEY_BYTES = 32;

  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 1 + 16 + 8 + 4 + 8;
  private static final int MAC_BYTES = 16;

  private final SecretKeySpec key;

  ResumeTokens(Secret<byte[]> key) {
    this.key = new SecretKeySpec(key.reveal(), "HmacSHA256");
  }

  /** What a token says. */
  record Resume(UUID session, Cursor cursor, Instant issuedAt) {}

  String sign(Resume resume, String user) {
    byte[] head =
        ByteBuffer.allocate(HEAD_BYTES)
            .put(VERSION)
            .putLong(resume.session.getMostSignificantBits())
            .putLong(resume.session.getLeastSignificantBits())
            .putLong(resume.cursor.position())
            .putInt(resume.cursor.count())
            .putLong(resume.issuedAt.getEpochSecond())
            .array();
    byte[] token = Arrays.copyOf(head, HEAD_BYTES + MAC_BYTES);
    System.arraycopy(mac(head, user), 0, token, HEAD_BYTES, MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** Reads a token of this user; empty for any other. Its age is for the caller to judge. */
  Optional<Resume> read(String text, String user) {
    try {
      byte[] token = Base64.getUrlDecoder().decode(text);
      if (token.length != HEAD_BYTES + MAC_BYTES || token[0] != VERSION) {
        return Optional.empty();
      }
      byte[] head = Arrays.copyOf(token, HEAD_BYTES);
      byte[] mac = Arrays.copyOfRange(token, HEAD_BYTES, token.length);
      return MessageDigest.isEqual(mac, mac(head, user)) ? Optional.of(of(head)) : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Resume of(byte[] head) throws BufferUnderflowException {
    ByteBuffer fields = ByteBuffer.wrap(head, 1, HEAD_BYTES - 1);
    UUID session = new UUID(fields.getLong(), fields.getLong());
    Cursor cursor = new Cursor(fields.getLong(), fields.getInt());
    return new Resume(session, cursor, Instant.ofEpochSecond(fields.getLong()));
  }

  private byte[] mac(byte[] head, String user) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(head);
      return Arrays.copyOf(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("HMAC-SHA256 is not available in this Java", missing);
    }
  }
}
