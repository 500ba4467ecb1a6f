package dev.parley.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.SecureIds;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small parts that read the wire: escapes, queries, versions, tokens of pages, buckets. */
class WirePartsTest {
  @Test
  void whatIsEncodedIsDecodedAgain() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 5000; run++) {
      StringBuilder text = new StringBuilder();
      for (int points = random.nextInt(12); points > 0; points--) {
        int point = 1 + random.nextInt(random.nextBoolean() ? 0x7f : 0x1ffff);
        if (point < 0xd800 || point > 0xdfff) {
          text.appendCodePoint(point);
        }
      }
      String encoded = PercentCoding.encode(text.toString());
      assertThat(encoded).as("seed " + seed).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
      assertThat(PercentCoding.decode(encoded, false))
          .as("seed " + seed)
          .isEqualTo(text.toString());
      assertThat(PercentCoding.decode(encoded, true)).as("seed " + seed).isEqualTo(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%1", "%zz", "a%", "%%20", "%ff", "%c3", "%ed%a0%80", "%00", "%-1"})
  void malformedEscapeIsNull(String raw) {
    assertThat(PercentCoding.decode(raw, true)).isNull();
  }

  @Test
  void plusIsASpaceInQueriesOnly() {
    assertThat(PercentCoding.decode("a+b%2Bc", true)).isEqualTo("a b+c");
    assertThat(PercentCoding.decode("a+b%2Bc", false)).isEqualTo("a+b+c");
  }

  @Test
  void firstOfAParameterCounts() {
    QueryString query = QueryString.parse("a=1&a=2&b&=c&%64=e%3Df&&g=h=i");
    assertThat(query.get("a")).isEqualTo("1");
    assertThat(query.get("b")).isEmpty();
    assertThat(query.get("d")).isEqualTo("e=f");
    assertThat(query.get("g")).isEqualTo("h=i");
    assertThat(query.get("x")).isNull();
    assertThat(QueryString.parse(null).get("a")).isNull();
    assertThat(QueryString.parse("").get("")).isNull();
    assertThatThrownBy(() -> QueryString.parse("a=%")).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> QueryString.parse("%=a")).isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.5", "0", "11", "99999999999", "-1", " 1"})
  void numberOutsideItsBoundsIsRefused(String text) {
    QueryString query = QueryString.parse("n=" + PercentCoding.encode(text));
    assertThatThrownBy(() -> query.number("n", 1, 1, 10)).isInstanceOf(ProblemException.class);
    assertThat(query.number("other", 7, 1, 10)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-10-01, true",
    "2023-10-01-preview, true",
    "2021-10-20-preview.1, true",
    "2023-1-01, false",
    "2023-10-01preview, false",
    "2023-10-01-, false",
    "'', false",
    "2023-10-0١, false",
    "2023/10/01, false",
    "latest, false",
    "2023-10-01-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false"
  })
  void versionIsADateWithASuffix(String version, boolean fits) {
    QueryString query = QueryString.parse("api-version=" + PercentCoding.encode(version));
    if (fits) {
      ApiVersion.require(query);
    } else {
      assertThatThrownBy(() -> ApiVersion.require(query)).isInstanceOf(ProblemException.class);
    }
  }

  @Test
  void requestsHaveIdsOfTheirOwnThatLookRandom() {
    SecureIds ids = new SecureIds();
    RequestIds one = new RequestIds(ids);
    RequestIds other = new RequestIds(ids);
    Set<UUID> seen = new HashSet<>();
    for (int at = 0; at < 10_000; at++) {
      for (UUID id : List.of(one.get(), other.get())) {
        assertThat(seen.add(id)).isTrue();
        assertThat(id.version()).isEqualTo(4);
        assertThat(id.variant()).isEqualTo(2);
      }
    }
  }

  @Test
  void cursorComesBackOutOfItsToken() {
    assertThat(Paging.cursor(Paging.token("a/ü+ 8:x"), "p")).isEqualTo("a/ü+ 8:x");
    assertThat(Paging.token("????>>>>~~~~")).matches("[A-Za-z0-9_-]+");
    assertThat(Paging.cursor(null, "p")).isNull();
    assertThat(Paging.cursor("", "p")).isNull();
    assertThatThrownBy(() -> Paging.cursor("%%", "p")).isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2",
    "2001:db8:1:2:0:0:0:1%eth0, 2001:db8:1:2",
    "0:0:0:0:0:0:0:1, 0:0:0:0",
    "local, local"
  })
  void addressStandsForItsPeer(String address, String peer) {
    assertThat(AddressLimits.peer(address)).isEqualTo(peer);
  }

  /** Over any stretch of time at most burst + rate × time are let through, and not many fewer. */
  @Test
  void bucketGivesWhatItsRateAllows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      double perSecond = 0.1 + random.nextDouble() * 50;
      double burst = 1 + random.nextInt(20);
      TokenBucket bucket = new TokenBucket(perSecond, burst, 0);
      long now = 0;
      long taken = 0;
      for (int step = 0; step < 500; step++) {
        now +=
            (long) (random.nextDouble() * 2e9 / perSecond * (random.nextInt(20) == 0 ? 10 : 0.5));
        boolean there = bucket.hasOne(now);
        long wait = bucket.take(now);
        assertThat(wait == 0).as("seed " + seed).isEqualTo(there);
        taken += wait == 0 ? 1 : 0;
        if (wait > 0) {
          assertThat(wait)
              .as("seed " + seed)
              .isLessThanOrEqualTo((long) Math.ceil(1 / perSecond) + 1);
        }
      }
      assertThat((double) taken)
          .as("seed " + seed)
          .isLessThanOrEqualTo(burst + now * 1e-9 * perSecond + 1e-6);
      assertThat(bucket.isFull(now + (long) (1e9 * (burst + 1) / perSecond))).isTrue();
    }
  }

  @Test
  void bucketToldToWaitHasOneThen() {
    TokenBucket bucket = new TokenBucket(0.3, 1, 0);
    assertThat(bucket.take(0)).isZero();
    long wait = bucket.take(0);
    assertThat(bucket.hasOne((wait - 1) * 1_000_000_000L)).isFalse();
    assertThat(bucket.take(wait * 1_000_000_000L)).isZero();
  }
}
