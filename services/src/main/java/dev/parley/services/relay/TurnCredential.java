package dev.parley.services.relay;

import dev.parley.kit.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A credential that a TURN server believes without asking anybody (draft-uberti-behave-turn-rest-00
 * §2.2): the name says until when and for whom, the password is the name's HMAC-SHA1 under a secret
 * that the server knows too.
 *
 * @param username {@code seconds since 1970:for whom}
 * @param password base64 of the HMAC
 */
public record TurnCredential(String username, Secret<String> password) {
  private static final String ALGORITHM = "HmacSHA1";

  /** Makes the credential of {@code who}, valid until {@code expiry}, in whole seconds. */
  static TurnCredential of(Secret<String> secret, Instant expiry, String who) {
    String username = expiry.getEpochSecond() + ":" + who;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] hmac = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
      return new TurnCredential(username, Secret.of(Base64.getEncoder().encodeToString(hmac)));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }
}
