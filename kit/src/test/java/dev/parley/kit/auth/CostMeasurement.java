package dev.parley.kit.auth;

import dev.parley.kit.auth.HmacSignature.Request;
import java.io.PrintStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntConsumer;

/**
 * What one use costs, in nanoseconds on one core: the median of nine rounds after a warm-up. A
 * program and no test, because its result depends on the machine.
 */
public final class CostMeasurement {
  private static final Instant NOW = Instant.parse("2026-11-22T16:37:20Z");
  private static final int ROUNDS = 9;

  private final PrintStream out;

  private CostMeasurement(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    CostMeasurement measurement = new CostMeasurement(System.out);
    measurement.hmac();
    measurement.tokens(Es256.ofJdk());
    measurement.tokens(Es256.fastest());
  }

  private void hmac() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(new byte[0]);
    String hashText = Base64.getEncoder().encodeToString(hash);
    HmacKey key = new HmacKey(new byte[64]);
    HmacKey other = new HmacKey(MessageDigest.getInstance("SHA-512").digest());
    String date = "Sun, 22 Nov 2026 16:37:20 GMT";
    String query = "api-version=2023-10-01";
    String text = "POST\n/identities?" + query + "\n" + date + ";localhost:8443;" + hashText;
    Map<String, String> headers =
        Map.of(
            "host",
            "localhost:8443",
            "x-ms-date",
            date,
            "x-ms-content-sha256",
            hashText,
            "authorization",
            "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                + Base64.getEncoder().encodeToString(key.sign(text)));
    Request good = new Request("POST", "/identities", query, headers::get, hash);
    Request bad = new Request("POST", "/identities/%41", query + "&a='", headers::get, hash);
    HmacSignature signature = new HmacSignature(List.of());
    measure("HMAC, first form fits", 100_000, i -> signature.verify(good, List.of(key), NOW));
    measure(
        "HMAC, second key fits", 100_000, i -> signature.verify(good, List.of(other, key), NOW));
    measure(
        "HMAC, wrong: 3 forms, 2 hosts, 2 keys",
        30_000,
        i -> signature.verify(bad, List.of(other, key), NOW));
  }

  private void tokens(Es256 es256) {
    KeySet keys = KeySet.of(EcKeyPair.generate());
    TokenSigner signer = new TokenSigner(() -> keys, es256);
    TokenVerifier verifier = new TokenVerifier(() -> keys, es256);
    SequencedMap<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "https://localhost:8443/");
    claims.put("skypeid", "acs:3f2504e0-4f89-11d3-9a0c-0305e82c3301_3f2504e0-4f89");
    claims.put("scp", 1792);
    claims.put("csi", "1795364240");
    claims.put("exp", 4_000_000_000L);
    claims.put("acsScope", "chat,voip");
    List<String> tokens = new ArrayList<>();
    String by = " (" + es256.providerName() + ")";
    measure("ES256 sign" + by, 2_000, i -> keep(tokens, signer.sign(claims)));
    int[] next = {0};
    measure(
        "ES256 verify, new token" + by, 1_500, i -> verifier.verify(tokens.get(next[0]++), NOW));
    measure("ES256 verify, seen token" + by, 100_000, i -> verifier.verify(tokens.get(0), NOW));
  }

  private static void keep(List<String> tokens, String token) {
    tokens.add(token);
  }

  private void measure(String name, int count, IntConsumer use) {
    List<Long> nanos = new ArrayList<>();
    for (int round = 0; round < ROUNDS + 3; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        use.accept(i);
      }
      if (round >= 3) {
        nanos.add((System.nanoTime() - start) / count);
      }
    }
    nanos.sort(null);
    out.printf("%-45s %8d ns%n", name, nanos.get(ROUNDS / 2));
  }
}
