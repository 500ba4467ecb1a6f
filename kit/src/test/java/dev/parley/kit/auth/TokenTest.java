package dev.parley.kit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.auth.TokenVerifier.Refused;
import dev.parley.kit.auth.TokenVerifier.Result;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
  private static final Instant NOW = Instant.parse("2026-11-22T16:37:20Z");
  private static final EcKeyPair FIRST = EcKeyPair.generate();
  private static final EcKeyPair SECOND = EcKeyPair.generate();

  private final AtomicReference<KeySet> keys = new AtomicReference<>(KeySet.of(FIRST));
  private final TokenSigner signer = new TokenSigner(keys::get, Es256.ofJdk());
  private final TokenVerifier verifier = new TokenVerifier(keys::get, Es256.ofJdk());

  private static SequencedMap<String, Object> claims(Instant expiry) {
    SequencedMap<String, Object> claims = new LinkedHashMap<>();
    claims.put("skypeid", "acs:6f0a_1b2c");
    claims.put("scp", 1792);
    claims.put("exp", expiry.getEpochSecond());
    claims.put("acsScope", "chat,voip");
    return claims;
  }

  @Test
  void aSignedTokenIsAcceptedWithItsClaims() {
    SequencedMap<String, Object> claims = claims(NOW.plusSeconds(60));
    claims.put("list", List.of("a", 1, true));
    claims.put("object", Map.of("k", "v"));
    claims.put("name", "é\"\\>?~\u007f\n☎");
    Result result = verifier.verify(signer.sign(claims), NOW);
    assertThat(result).isInstanceOf(Result.Accepted.class);
    TokenClaims read = ((Result.Accepted) result).claims();
    assertThat(read.expiry()).isEqualTo(NOW.plusSeconds(60));
    assertThat(read.text("name")).contains("é\"\\>?~\u007f\n☎");
    assertThat(read.number("scp")).contains(1792L);
    assertThat(read.text("scp")).isEmpty();
    assertThat(read.values()).containsEntry("list", List.of("a", 1, true));
    assertThat(read.values()).containsEntry("object", Map.of("k", "v"));
  }

  /** The independent judge: the JDK's Signature on the text itself. */
  @Test
  void theSignatureIsEs256OverTheFirstTwoSegments() throws Exception {
    String token = signer.sign(claims(NOW.plusSeconds(60)));
    int dot = token.lastIndexOf('.');
    Signature jdk = Signature.getInstance("SHA256withECDSAinP1363Format");
    jdk.initVerify(FIRST.publicKey());
    jdk.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    assertThat(jdk.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)))).isTrue();
  }

  @Test
  void tokensHoldWhileAFasterProviderTakesOver() {
    List<Runnable> later = new ArrayList<>();
    Es256 es256 = Es256.fastestSoon(later::add);
    assertThat(es256.providerName()).isEqualTo("JDK");
    byte[] message = "either side of the change".getBytes(StandardCharsets.US_ASCII);
    byte[] before = es256.sign(FIRST.privateKey(), message);
    later.getFirst().run();
    byte[] after = es256.sign(FIRST.privateKey(), message);
    for (byte[] signed : List.of(before, after)) {
      assertThat(es256.verifies(FIRST.publicKey(), message, signed)).isTrue();
      assertThat(Es256.ofJdk().verifies(FIRST.publicKey(), message, signed)).isTrue();
    }
    assertThat(es256.providerName()).isEqualTo(Es256.fastest().providerName());
  }

  /**
   * What azure-communication-common for Java does with a token (compat note 2.3): plain Base64,
   * then the digits after "exp": and nothing between.
   */
  @Test
  void tenThousandTokensAreReadableByTheJavaSdk() {
    long seed = 2026_11_22L;
    Random random = new Random(seed);
    Pattern expiry = Pattern.compile("\"exp\":*([0-9]+)");
    Es256 signing = Es256.ofJdk();
    TokenSigner plain = new TokenSigner(() -> KeySet.of(FIRST), signing);
    for (int i = 0; i < 10_000; i++) {
      SequencedMap<String, Object> claims = claims(NOW.plusSeconds(random.nextInt(86_400)));
      claims.put("iss", "https://x.localhost:8443/?q=~" + "a".repeat(random.nextInt(4)));
      claims.put("csi", randomText(random));
      String payload = plain.sign(claims).split("\\.", -1)[1];
      String json = new String(Base64.getDecoder().decode(payload), StandardCharsets.US_ASCII);
      Matcher matcher = expiry.matcher(json);
      assertThat(matcher.find()).as("seed %d token %d", seed, i).isTrue();
      assertThat(Long.parseLong(matcher.group(1))).isEqualTo(claims.get("exp"));
      assertThat(json).doesNotContainAnyWhitespaces().doesNotContain(">", "?", "~", "\u007f");
    }
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      // No space: the test asks for compact JSON by looking for white space.
      text.append((char) ('!' + random.nextInt(random.nextInt(10) == 0 ? 0xd000 : 0x5f)));
    }
    return text.toString().replaceAll("\\s", "");
  }

  @Test
  void theTokenEndsAtTheSecondOfItsExpiry() {
    String token = signer.sign(claims(NOW));
    assertThat(verifier.verify(token, NOW.minusNanos(1))).isInstanceOf(Result.Accepted.class);
    assertThat(verifier.verify(token, NOW)).isEqualTo(new Refused.Expired(NOW));
    assertThat(verifier.verify(token, NOW.plusSeconds(1))).isEqualTo(new Refused.Expired(NOW));
    assertThat(verifier.cachedCount()).isZero();
  }

  @Test
  void theTokenBeginsAtTheSecondOfItsNotBefore() {
    SequencedMap<String, Object> claims = claims(NOW.plusSeconds(60));
    claims.put("nbf", NOW.getEpochSecond());
    String token = signer.sign(claims);
    assertThat(verifier.verify(token, NOW.minusNanos(1))).isEqualTo(new Refused.NotYetValid(NOW));
    assertThat(verifier.verify(token, NOW)).isInstanceOf(Result.Accepted.class);
    assertThat(verifier.verify(token, NOW.minusNanos(1))).isEqualTo(new Refused.NotYetValid(NOW));
  }

  @Test
  void aChangedTokenIsRefusedWhereverItIsChanged() {
    String token = signer.sign(claims(NOW.plusSeconds(60)));
    assertThat(verifier.verify(token, NOW)).isInstanceOf(Result.Accepted.class);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(verifier.verify(changed, NOW)).as("character %d", i).isInstanceOf(Refused.class);
      assertThat(verifier.verify(token.substring(0, i), NOW))
          .as("cut at %d", i)
          .isInstanceOf(Refused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\",\"kid\":\"KID\"}",
        "{\"alg\":\"HS256\",\"kid\":\"KID\"}",
        "{\"alg\":\"es256\",\"kid\":\"KID\"}",
        "{\"alg\":\"ES384\",\"kid\":\"KID\"}",
        "{\"kid\":\"KID\"}",
        "{\"alg\":\"ES256\"}",
        "{\"alg\":\"ES256\",\"kid\":1}",
        "{\"alg\":\"ES256\",\"alg\":\"none\",\"kid\":\"KID\"}",
        "{\"alg\":\"ES256\",\"kid\":\"KID\",\"crit\":[\"b64\"]}",
        "{\"alg\":\"ES256\",\"kid\":\"KID\"} x",
        "[\"ES256\"]",
        "null",
        "",
        "{\"alg\":\"ES256\",\"kid\":\"KID\",\"x\":[[[[[[[[[[[[1]]]]]]]]]]]]}",
      })
  void refusesAnyOtherHeaderEvenRightlySigned(String header) {
    String token = forge(header.replace("KID", FIRST.id()), "{\"exp\":4000000000}");
    assertThat(verifier.verify(token, NOW)).isInstanceOf(Refused.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"exp\":\"4000000000\"}",
        "{\"exp\":4000000000.5}",
        "{\"exp\":4e9}",
        "{\"exp\":-1}",
        "{\"exp\":null}",
        "{\"exp\":4000000000000}",
        "{\"exp\":99999999999999999999999}",
        "{\"exp\":4000000000,\"exp\":4000000001}",
        "{\"exp\":4000000000,\"nbf\":\"x\"}",
        "[4000000000]",
        "{\"exp\":4000000000",
        "\u00ff\u00fe",
      })
  void refusesAnyOtherPayloadEvenRightlySigned(String payload) {
    String header = "{\"alg\":\"ES256\",\"kid\":\"" + FIRST.id() + "\"}";
    assertThat(verifier.verify(forge(header, payload), NOW)).isInstanceOf(Refused.Malformed.class);
  }

  /** Signed by the right key over the given texts. */
  private static String forge(String header, String payload) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String signed =
        encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + encoder.encodeToString(payload.getBytes(StandardCharsets.ISO_8859_1));
    byte[] signature =
        Es256.ofJdk().sign(FIRST.privateKey(), signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + encoder.encodeToString(signature);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "...", "a", "a.b", "a.b.", ".b.c", "a..c", "a.b.c.d", "é.b.c"})
  void refusesATextThatIsNoToken(String text) {
    assertThat(verifier.verify(text, NOW)).isInstanceOf(Refused.Malformed.class);
  }

  @Test
  void refusesPaddingAndOtherSpellingsOfTheSameBytes() {
    String token = signer.sign(claims(NOW.plusSeconds(60)));
    assertThat(verifier.verify(token + "==", NOW)).isInstanceOf(Refused.Malformed.class);
    // 64 bytes leave four unused bits in the last character.
    char last = token.charAt(token.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char twin = alphabet.charAt(alphabet.indexOf(last) | 1);
    assertThat(verifier.verify(token.substring(0, token.length() - 1) + twin, NOW))
        .isInstanceOf(Refused.Malformed.class);
  }

  @Test
  void refusesAnOversizedTokenUnread() {
    assertThat(verifier.verify("a".repeat(TokenVerifier.LENGTH_MAX_CHARS + 1), NOW))
        .isEqualTo(new Refused.TooLong());
    assertThat(verifier.verify("a".repeat(TokenVerifier.LENGTH_MAX_CHARS), NOW))
        .isInstanceOf(Refused.Malformed.class);
  }

  @Test
  void refusesTheKeyOfAnotherIssuerAndASwappedKid() {
    keys.set(KeySet.of(SECOND));
    String foreign = signer.sign(claims(NOW.plusSeconds(60)));
    keys.set(KeySet.of(FIRST));
    assertThat(verifier.verify(foreign, NOW)).isEqualTo(new Refused.UnknownKey());

    String[] segments = foreign.split("\\.", -1);
    String swapped = TokenSigner.header(FIRST.id()) + "." + segments[1] + "." + segments[2];
    assertThat(verifier.verify(swapped, NOW)).isEqualTo(new Refused.BadSignature());
  }

  @Test
  void refusesSignaturesOfZerosAndOfOtherLengths() {
    String token = signer.sign(claims(NOW.plusSeconds(60)));
    String signed = token.substring(0, token.lastIndexOf('.') + 1);
    for (int length : new int[] {1, 63, 64, 65, 72, 128}) {
      String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[length]);
      assertThat(verifier.verify(signed + zeros, NOW)).isEqualTo(new Refused.BadSignature());
    }
  }

  @Test
  void afterARotationOldTokensAreGoodUntilTheirKeyRetires() {
    String old = signer.sign(claims(NOW.plus(Duration.ofDays(2))));
    assertThat(verifier.verify(old, NOW)).isInstanceOf(Result.Accepted.class);
    Instant retireAt = NOW.plus(Duration.ofDays(1));
    keys.set(keys.get().rotate(SECOND, retireAt, NOW));
    String fresh = signer.sign(claims(NOW.plus(Duration.ofDays(2))));
    TokenVerifier cold = new TokenVerifier(keys::get, Es256.ofJdk());
    for (TokenVerifier each : List.of(verifier, cold)) {
      assertThat(each.verify(old, retireAt.minusNanos(1))).isInstanceOf(Result.Accepted.class);
      assertThat(each.verify(old, retireAt)).isEqualTo(new Refused.UnknownKey());
      assertThat(each.verify(fresh, retireAt)).isInstanceOf(Result.Accepted.class);
    }
    assertThat(fresh).startsWith(TokenSigner.header(SECOND.id()));
  }

  @Test
  void theKeySetShowsWhatVerifiesAndKeepsABoundedPast() {
    Instant retireAt = NOW.plusSeconds(10);
    KeySet rotated = KeySet.of(FIRST).rotate(SECOND, retireAt, NOW);
    assertThat(rotated.jwks(NOW)).contains(FIRST.id(), SECOND.id(), "\"alg\":\"ES256\"");
    assertThat(rotated.jwks(retireAt)).contains(SECOND.id()).doesNotContain(FIRST.id());
    KeySet many = rotated;
    for (int i = 0; i < 2 * KeySet.PREVIOUS_MAX; i++) {
      many = many.rotate(EcKeyPair.generate(), retireAt, NOW);
    }
    assertThat(many.previous()).hasSize(KeySet.PREVIOUS_MAX);
    assertThat(many.rotate(FIRST, NOW.plusSeconds(99), retireAt).previous()).hasSize(1);
  }

  @Test
  void aStoredKeyPairComesBackAndNeverShowsItsPrivateHalf() {
    EcKeyPair restored = EcKeyPair.restore(FIRST.encodedPublicKey(), FIRST.encodedPrivateKey());
    assertThat(restored.id()).isEqualTo(FIRST.id());
    keys.set(KeySet.of(restored));
    assertThat(verifier.verify(signer.sign(claims(NOW.plusSeconds(1))), NOW))
        .isInstanceOf(Result.Accepted.class);
    assertThat(FIRST.toString()).isEqualTo("EcKeyPair[" + FIRST.id() + "]");
    assertThatThrownBy(() -> EcKeyPair.restore(new byte[3], new byte[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCacheIsBoundedAndForgetsTheLeastUsed() {
    TokenVerifier small = new TokenVerifier(keys::get, Es256.ofJdk(), 8);
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      SequencedMap<String, Object> claims = claims(NOW.plusSeconds(60));
      claims.put("csi", i);
      tokens.add(signer.sign(claims));
      assertThat(small.verify(tokens.getLast(), NOW)).isInstanceOf(Result.Accepted.class);
      assertThat(small.verify(tokens.getFirst(), NOW)).isInstanceOf(Result.Accepted.class);
      assertThat(small.cachedCount()).isBetween(1, 8);
    }
    assertThat(small.verify("a.b.c", NOW)).isInstanceOf(Refused.Malformed.class);
    tokens.forEach(token -> small.verify(token, NOW.plusSeconds(60)));
    assertThat(small.cachedCount()).isZero();
  }

  @Test
  void refusesToMintWhatTheSdksCannotRead() {
    SequencedMap<String, Object> none = new LinkedHashMap<>();
    assertThatThrownBy(() -> signer.sign(none)).hasMessageContaining("exp");
    SequencedMap<String, Object> fraction = claims(NOW);
    fraction.put("exp", 1.5);
    assertThatThrownBy(() -> signer.sign(fraction)).hasMessageContaining("exp");
    SequencedMap<String, Object> date = claims(NOW);
    date.put("at", NOW);
    assertThatThrownBy(() -> signer.sign(date)).hasMessageContaining("Instant");
    SequencedMap<String, Object> big = claims(NOW);
    big.put("x", "y".repeat(TokenVerifier.LENGTH_MAX_CHARS));
    assertThatThrownBy(() -> signer.sign(big)).hasMessageContaining("too long");
  }
}
