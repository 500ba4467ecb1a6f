package dev.parley.kit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.auth.HmacSignature.Refused;
import dev.parley.kit.auth.HmacSignature.Request;
import dev.parley.kit.auth.HmacSignature.Result;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HmacSignatureTest {
  private static final Instant NOW = Instant.parse("2026-11-22T16:37:20Z");
  private static final String DATE = "Sun, 22 Nov 2026 16:37:20 GMT";
  private static final String SIGNED = "x-ms-date;host;x-ms-content-sha256";
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] KEY = key(1);
  private static final byte[] OTHER_KEY = key(2);

  private final HmacSignature signature = new HmacSignature(List.of());

  /** What a client sends, and what it signed: written here without any code of ours. */
  private static final class Client {
    String method = "POST";
    String path = "/identities";
    @Nullable String query = "api-version=2023-10-01";
    String sentHost = "localhost:8443";
    String signedHost = "localhost:8443";
    String signedUrl = "/identities?api-version=2023-10-01";
    String signedMethod = "POST";
    String date = DATE;
    String dateHeader = "x-ms-date";
    byte[] body = BODY;
    byte[] key = KEY;
    final Map<String, String> headers = new HashMap<>();

    Client url(String wirePath, @Nullable String wireQuery, String signed) {
      path = wirePath;
      query = wireQuery;
      signedUrl = signed;
      return this;
    }

    Client host(String sent, String signed) {
      sentHost = sent;
      signedHost = signed;
      return this;
    }

    Client date(String value) {
      date = value;
      return this;
    }

    Request request() {
      String hash = Base64.getEncoder().encodeToString(sha256(body));
      String text = signedMethod + "\n" + signedUrl + "\n" + date + ";" + signedHost + ";" + hash;
      headers.putIfAbsent(dateHeader, date);
      headers.putIfAbsent("host", sentHost);
      headers.putIfAbsent("x-ms-content-sha256", hash);
      headers.putIfAbsent(
          "authorization",
          "HMAC-SHA256 SignedHeaders="
              + SIGNED.replace("x-ms-date", dateHeader)
              + "&Signature="
              + hmac(key, text));
      return new Request(method, path, query, headers::get, sha256(body));
    }
  }

  private Result verify(Client client) {
    return signature.verify(client.request(), List.of(new HmacKey(KEY)), NOW);
  }

  // The rows marked "recorded" are those of the wire notes: what Microsoft's SDKs sent and signed.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "raw | /identities | api-version=2023-10-01 | /identities?api-version=2023-10-01",
        "no query | /x | - | /x",
        "Java keeps + and : raw | /phoneNumbers/4:+1555 | a=b+c | /phoneNumbers/4:+1555?a=b+c",
        "JavaScript keeps the path encoded | /p/4%3A%2B1555 | a=1 | /p/4%3A%2B1555?a=1",
        "JavaScript re-encodes the query (recorded) | /x"
            + " | administrativeDivision=it%27s%20a%20~test~%20(x)%20%C3%A9%2B*!"
            + " | /x?administrativeDivision=it%27s+a+%7Etest%7E+%28x%29+%C3%A9%2B*%21",
        "a name without value gains = | /x | a&b=%20 | /x?a=&b=+",
        "empty pieces vanish | /x | &&a=(1)& | /x?a=%281%29",
        "a plus is a space | /x | a=1+2!| /x?a=1+2%21",
        "a second = is encoded | /x | a=b=c | /x?a=b%3Dc",
        "a broken escape is a percent | /x | a=%zz%4 | /x?a=%25zz%254",
        "an empty query vanishes | /x | '' | /x",
        "Python decodes all | /phoneNumbers/%2B1555 | q=it%27s%20%C3%A9 | /phoneNumbers/+1555?q=it's é",
        "Python keeps a plus | /r/%40me | a=1+2 | /r/@me?a=1+2",
        "Python decodes once | /r/%2541 | - | /r/%41",
        "Python keeps a broken escape | /r/%zz%41% | - | /r/%zzA%",
      })
  void acceptsEveryFormOfTheUrl(
      String name, String path, @Nullable String query, String signedUrl) {
    assertThat(verify(new Client().url(path, query, signedUrl)))
        .as(name)
        .isEqualTo(new Result.Accepted(0));
  }

  @ParameterizedTest
  @CsvSource({
    "/rooms/a%0Ab, '/rooms/a\nb'",
    "/rooms/%2541, /rooms/A",
    "/a+b, '/a b'",
    "/identities, /identities/",
    "/identities/x, /identities/y",
    "/Identities, /identities",
  })
  void refusesAnUrlThatNoFormGives(String path, String signedUrl) {
    assertThat(verify(new Client().url(path, null, signedUrl)))
        .isEqualTo(new Refused.SignatureMismatch());
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8443, localhost:8443",
    "localhost:8443, localhost",
    "localhost, localhost",
    "[::1]:8443, [::1]:8443",
    "[::1]:8443, [::1]",
    "[::1], [::1]",
  })
  void acceptsTheHostWithAndWithoutPort(String sent, String signed) {
    assertThat(verify(new Client().host(sent, signed))).isEqualTo(new Result.Accepted(0));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost:8443",
    "localhost:8443, localhost:8444",
    "[::1], [:",
    "parley.example, localhost",
    "parley.example, ''",
  })
  void refusesAnotherHost(String sent, String signed) {
    assertThat(verify(new Client().host(sent, signed))).isEqualTo(new Refused.SignatureMismatch());
  }

  @Test
  void acceptsThePublicHostBehindAProxy() {
    HmacSignature proxied = new HmacSignature(List.of("parley.example", "parley.example:9443"));
    List<HmacKey> keys = List.of(new HmacKey(KEY));
    for (String signed : List.of("parley.example", "parley.example:9443", "10.0.0.5:8443")) {
      Request request = new Client().host("10.0.0.5:8443", signed).request();
      assertThat(proxied.verify(request, keys, NOW)).isEqualTo(new Result.Accepted(0));
    }
  }

  @Test
  void tellsWhichKeySigned() {
    List<HmacKey> keys = List.of(new HmacKey(OTHER_KEY), new HmacKey(KEY));
    assertThat(signature.verify(new Client().request(), keys, NOW))
        .isEqualTo(new Result.Accepted(1));
    assertThat(signature.verify(new Client().request(), List.of(keys.getFirst()), NOW))
        .isEqualTo(new Refused.SignatureMismatch());
    assertThat(signature.verify(new Client().request(), List.of(), NOW))
        .isEqualTo(new Refused.SignatureMismatch());
  }

  @ParameterizedTest
  @CsvSource({"-900,true", "900,true", "-901,false", "901,false", "0,true"})
  void allowsFifteenMinutesOfSkewAndNoSecondMore(long seconds, boolean accepted) {
    Instant date = NOW.plusSeconds(seconds);
    Result expected =
        accepted ? new Result.Accepted(0) : new Refused.Skewed(Duration.ofSeconds(seconds));
    assertThat(verify(new Client().date(rfc1123(date)))).isEqualTo(expected);
  }

  @Test
  void skewIsJudgedToTheNanosecond() {
    Instant justTooLate = NOW.plus(HmacSignature.SKEW_MAX).plusNanos(1);
    assertThat(signature.verify(new Client().request(), List.of(new HmacKey(KEY)), justTooLate))
        .isInstanceOf(Refused.Skewed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "2026-11-22T16:37:20Z",
        "Sun, 22 Nov 2026 16:37:20 UTC",
        "Sun, 22 Nov 2026 16:37:20 +0000",
        "Sun, 32 Nov 2026 16:37:20 GMT",
        "Sun, 30 Feb 2026 16:37:20 GMT",
        "Sun, 22 ovD 2026 16:37:20 GMT",
        "Sun, 22 Nov 2026 24:37:20 GMT",
        "Sun, 22 Nov 2026 16:37:60 GMT",
        "Sun, 22 Nov 2026 16-37-20 GMT",
        "Sun, -2 Nov 2026 16:37:20 GMT",
        "Sunday, 22-Nov-26 16:37:20 GMT",
      })
  void refusesAnythingElseAsDate(String date) {
    assertThat(verify(new Client().date(date))).isInstanceOf(Refused.MalformedHeader.class);
  }

  @Test
  void readsTheSingleDigitDayOfJavasFormatter() {
    Instant ninth = Instant.parse("2026-11-09T01:02:03Z");
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ninth.atOffset(ZoneOffset.UTC));
    assertThat(date).startsWith("Mon, 9 Nov");
    assertThat(HttpDate.parse(date)).isEqualTo(ninth);
    assertThat(HttpDate.parse("Mon, 09 Nov 2026 01:02:03 GMT")).isEqualTo(ninth);
  }

  @Test
  void acceptsTheOlderDateHeaderAndAnyOrderOfSignedHeaders() {
    Client older = new Client();
    older.dateHeader = "date";
    assertThat(verify(older)).isEqualTo(new Result.Accepted(0));

    String hash = Base64.getEncoder().encodeToString(sha256(BODY));
    String text =
        "POST\n/identities?api-version=2023-10-01\n" + hash + ";v;" + DATE + ";localhost:8443";
    Client reordered = new Client();
    reordered.headers.put("x-extra", "v");
    reordered.headers.put(
        "authorization",
        "hmac-sha256 signature="
            + hmac(KEY, text)
            + "& signedheaders=X-MS-Content-SHA256;x-extra;x-ms-date; Host&unknown=1");
    assertThat(verify(reordered)).isEqualTo(new Result.Accepted(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-ms-date", "host", "x-ms-content-sha256"})
  void refusesWhenAHeaderIsAbsent(String name) {
    Client client = new Client();
    Request complete = client.request();
    client.headers.remove(name);
    assertThat(signature.verify(complete, List.of(new HmacKey(KEY)), NOW))
        .isEqualTo(new Refused.MissingHeader(name));
  }

  @ParameterizedTest
  @CsvSource({
    "host;x-ms-content-sha256, x-ms-date",
    "x-ms-date;x-ms-content-sha256, host",
    "x-ms-date;host, x-ms-content-sha256",
    "x-ms-date;host;x-ms-content-sha256;x-absent, x-absent",
  })
  void refusesWhenANeededHeaderIsNotSigned(String signedHeaders, String missing) {
    Client client = new Client();
    client.headers.put(
        "authorization", "HMAC-SHA256 SignedHeaders=" + signedHeaders + "&Signature=" + SIGNATURE);
    assertThat(verify(client)).isEqualTo(new Refused.MissingHeader(missing));
  }

  @Test
  void refusesWithoutAuthorization() {
    Request request = new Request("GET", "/", null, name -> null, sha256(new byte[0]));
    assertThat(signature.verify(request, List.of(new HmacKey(KEY)), NOW))
        .isEqualTo(new Refused.MissingHeader("Authorization"));
  }

  private static final String SIGNATURE = hmac(KEY, "anything");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer abc",
        "HMAC-SHA256",
        "HMAC-SHA256X SignedHeaders=host&Signature=S",
        "HMAC-SHA256 SignedHeaders=" + SIGNED,
        "HMAC-SHA256 Signature=S",
        "HMAC-SHA256 SignedHeaders&Signature=S",
        "HMAC-SHA256 SignedHeaders=" + SIGNED + "&Signature=",
        "HMAC-SHA256 SignedHeaders=" + SIGNED + "&Signature=AAAA",
        "HMAC-SHA256 SignedHeaders=" + SIGNED + "&Signature=%%%",
        "HMAC-SHA256 SignedHeaders=" + SIGNED + "&Signature=S&Signature=S",
        "HMAC-SHA256 SignedHeaders=" + SIGNED + "&SignedHeaders=" + SIGNED + "&Signature=S",
        "HMAC-SHA256 SignedHeaders=&Signature=S",
        "HMAC-SHA256 SignedHeaders=host;;x-ms-date&Signature=S",
        "HMAC-SHA256 SignedHeaders=host;HOST&Signature=S",
        "HMAC-SHA256 SignedHeaders=ho st&Signature=S",
        "HMAC-SHA256 SignedHeaders=a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q&Signature=S",
      })
  void refusesAMalformedAuthorization(String header) {
    Client client = new Client();
    client.headers.put("authorization", header.replace("=S", "=" + SIGNATURE));
    assertThat(verify(client)).isInstanceOf(Refused.MalformedHeader.class);
  }

  @Test
  void refusesAnEndlessAuthorization() {
    Client client = new Client();
    client.headers.put("authorization", "HMAC-SHA256 " + "a=b&".repeat(2000));
    assertThat(verify(client)).isInstanceOf(Refused.MalformedHeader.class);
  }

  @Test
  void aRefusalQuotesNothingOfTheHeader() {
    Client client = new Client();
    client.headers.put("authorization", "HMAC-SHA256 SignedHeaders=<secret>&Signature=<secret>");
    assertThat(verify(client).toString()).doesNotContain("secret");
  }

  @Test
  void everyPartIsCoveredByTheSignature() {
    Client body = new Client();
    Request sent = body.request();
    Request changed =
        new Request("POST", sent.rawPath(), sent.rawQuery(), sent.headers(), sha256(new byte[1]));
    assertThat(signature.verify(changed, List.of(new HmacKey(KEY)), NOW))
        .isEqualTo(new Refused.BodyMismatch());

    Client method = new Client();
    method.method = "PUT";
    assertThat(verify(method)).isEqualTo(new Refused.SignatureMismatch());

    Client query = new Client();
    query.query = "api-version=2023-10-02";
    assertThat(verify(query)).isEqualTo(new Refused.SignatureMismatch());

    Client date = new Client();
    date.headers.put("x-ms-date", rfc1123(NOW.plusSeconds(1)));
    assertThat(verify(date)).isEqualTo(new Refused.SignatureMismatch());

    Client key = new Client();
    key.key = OTHER_KEY;
    assertThat(verify(key)).isEqualTo(new Refused.SignatureMismatch());
  }

  @Test
  void everyBitOfTheSignatureCounts() {
    String text = "POST\n/identities?api-version=2023-10-01\n" + DATE + ";localhost:8443;";
    byte[] good =
        Base64.getDecoder()
            .decode(hmac(KEY, text + Base64.getEncoder().encodeToString(sha256(BODY))));
    for (int bit = 0; bit < 256; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      Client client = new Client();
      client.headers.put(
          "authorization",
          "HMAC-SHA256 SignedHeaders="
              + SIGNED
              + "&Signature="
              + Base64.getEncoder().encodeToString(bad));
      assertThat(verify(client)).as("bit %d", bit).isEqualTo(new Refused.SignatureMismatch());
    }
  }

  /** Random texts against the JDK's own Mac: the copied keyed state computes the same. */
  @Test
  void keysComputeWhatTheJdkComputes() {
    long seed = 20261122L;
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] key = new byte[32 + random.nextInt(100)];
      random.nextBytes(key);
      HmacKey reused = new HmacKey(key);
      for (int use = 0; use < 3; use++) {
        String text =
            random
                .ints(random.nextInt(200), 0, 0xd800)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(Base64.getEncoder().encodeToString(reused.sign(text)))
            .as("seed %d", seed)
            .isEqualTo(hmac(key, text));
      }
    }
  }

  @Test
  void aShortKeyIsRefusedAndAKeyNeverShows() {
    assertThatThrownBy(() -> new HmacKey(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new HmacKey(KEY).toString()).isEqualTo("[redacted]");
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[64];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  private static String rfc1123(Instant instant) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
        .format(instant.atOffset(ZoneOffset.UTC));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
