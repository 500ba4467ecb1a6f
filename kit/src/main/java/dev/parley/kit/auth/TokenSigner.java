package dev.parley.kit.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** Mints compact ES256 tokens (RFC 7515 §7.1) that Microsoft's SDKs can read. Thread-safe. */
public final class TokenSigner {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final Supplier<KeySet> keys;
  private final Es256 es256;

  /** Takes where the newest keys come from; asked for each token, so it must be cheap. */
  public TokenSigner(Supplier<KeySet> keys, Es256 es256) {
    this.keys = keys;
    this.es256 = es256;
  }

  /**
   * Signs the claims in their order: texts, whole numbers, truth values, lists and objects of
   * these.
   *
   * @throws IllegalArgumentException when {@code exp} is not a whole number, a claim is of another
   *     type, or the token would be longer than {@link TokenVerifier#LENGTH_MAX_CHARS}
   */
  public String sign(SequencedMap<String, ?> claims) {
    Object expiry = claims.get("exp");
    if (!(expiry instanceof Long) && !(expiry instanceof Integer)) {
      throw new IllegalArgumentException("exp is whole seconds since 1970");
    }
    EcKeyPair key = keys.get().current();
    String payload = encode(TokenJson.write(claims));
    if (payload.indexOf('-') >= 0 || payload.indexOf('_') >= 0) {
      throw new IllegalStateException("a payload that the Java SDK cannot decode was written");
    }
    String signed = header(key.id()) + '.' + payload;
    byte[] signature = es256.sign(key.privateKey(), signed.getBytes(StandardCharsets.US_ASCII));
    String token = signed + '.' + BASE64URL.encodeToString(signature);
    if (token.length() > TokenVerifier.LENGTH_MAX_CHARS) {
      throw new IllegalArgumentException("the claims are too long for a token");
    }
    return token;
  }

  static String header(String keyId) {
    return encode("{\"alg\":\"ES256\",\"kid\":\"" + keyId + "\",\"typ\":\"JWT\"}");
  }

  private static String encode(String json) {
    return BASE64URL.encodeToString(json.getBytes(StandardCharsets.US_ASCII));
  }
}
