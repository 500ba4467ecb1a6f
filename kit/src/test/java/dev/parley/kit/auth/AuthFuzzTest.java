package dev.parley.kit.auth;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Whatever comes in ends in a refusal: no parser here throws, and nothing unsigned is accepted. */
class AuthFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-22T16:37:20Z");
  private static final KeySet KEYS = KeySet.of(EcKeyPair.generate());
  private static final TokenVerifier VERIFIER = new TokenVerifier(() -> KEYS, Es256.ofJdk());
  private static final TokenSigner SIGNER = new TokenSigner(() -> KEYS, Es256.ofJdk());
  private static final List<HmacKey> HMAC_KEYS = List.of(new HmacKey(new byte[64]));

  @FuzzTest
  void authorizationHeader(byte[] input) {
    String header = new String(input, StandardCharsets.ISO_8859_1);
    HmacSignature.Request request =
        new HmacSignature.Request(
            "GET",
            "/" + header,
            header,
            name ->
                switch (name) {
                  case "authorization" -> "HMAC-SHA256 " + header;
                  case "x-ms-date" -> "Sun, 22 Nov 2026 16:37:20 GMT";
                  case "x-ms-content-sha256" -> Base64.getEncoder().encodeToString(new byte[32]);
                  default -> header;
                },
            new byte[32]);
    mustRefuse(new HmacSignature(List.of("a", "b:1")).verify(request, HMAC_KEYS, NOW));
    for (SignedUrl form : SignedUrl.values()) {
      form.of(header, header);
    }
    Instant date = HttpDate.parse(header);
    if (date != null && header.length() != 29 && header.length() != 28) {
      throw new AssertionError("a date of another length: " + header);
    }
  }

  private static void mustRefuse(HmacSignature.Result result) {
    if (!(result instanceof HmacSignature.Refused)) {
      throw new AssertionError("accepted");
    }
  }

  @FuzzTest
  void token(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    if (VERIFIER.verify(text, NOW) instanceof TokenVerifier.Result.Accepted) {
      throw new AssertionError("accepted");
    }
    SequencedMap<String, Object> claims = new LinkedHashMap<>();
    claims.put("exp", 4_000_000_000L);
    claims.put("text", text.substring(0, Math.min(500, text.length())));
    VERIFIER.verify(SIGNER.sign(claims) + text, NOW);
  }

  @FuzzTest
  void tokenParts(byte[] input) {
    String segment = Base64.getUrlEncoder().withoutPadding().encodeToString(input);
    try {
      TokenParsing.keyId(segment);
    } catch (TokenParsing.Malformed e) {
      // A refusal is the expected answer.
    }
    try {
      TokenParsing.instant(TokenParsing.object(segment), "exp");
    } catch (TokenParsing.Malformed e) {
      // A refusal is the expected answer.
    }
  }
}
