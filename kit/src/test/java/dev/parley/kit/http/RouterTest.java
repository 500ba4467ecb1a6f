package dev.parley.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private static Operation operation(String method, String path) {
    return Operation.plain(
        method + " " + path, method, path, Access.anyone(), exchange -> Answer.empty(204));
  }

  private static Router router(String... operations) {
    Router router = new Router();
    for (String operation : operations) {
      int space = operation.indexOf(' ');
      router.add(operation(operation.substring(0, space), operation.substring(space + 1)));
    }
    return router;
  }

  private static String found(Router router, String method, String path) {
    return switch (router.find(method, path)) {
      case Router.Match.Found found -> found.operation().path().text();
      case Router.Match.WrongMethod wrong -> "405 " + wrong.allowed();
      case Router.Match.NoPath none -> "404";
    };
  }

  @Test
  void literalWinsOverVerbAndVerbOverParameter() {
    Router router = router("GET /a/b:c", "GET /a/{x}:c", "GET /a/{x}");
    assertThat(found(router, "GET", "/a/b:c")).isEqualTo("/a/b:c");
    assertThat(found(router, "GET", "/a/d:c")).isEqualTo("/a/{x}:c");
    assertThat(found(router, "GET", "/a/d:e")).isEqualTo("/a/{x}");
    assertThat(found(router, "GET", "/a/:c")).isEqualTo("/a/{x}");
  }

  @Test
  void placeThatLedNowhereIsLeftAgain() {
    Router router = router("GET /a/b/c", "GET /a/{x}/d", "GET /{y}/b/e");
    assertThat(found(router, "GET", "/a/b/d")).isEqualTo("/a/{x}/d");
    assertThat(found(router, "GET", "/a/b/e")).isEqualTo("/{y}/b/e");
    assertThat(found(router, "GET", "/a/b/f")).isEqualTo("404");
    assertThat(
            router.find("GET", "/a/b/d") instanceof Router.Match.Found match
                ? match.parameters()
                : Map.of())
        .isEqualTo(Map.of("x", "b"));
  }

  @Test
  void methodOfALessSpecificPathIsFound() {
    Router router = router("PUT /a/special", "GET /a/{x}");
    assertThat(found(router, "GET", "/a/special")).isEqualTo("/a/{x}");
    assertThat(found(router, "PUT", "/a/special")).isEqualTo("/a/special");
    assertThat(found(router, "POST", "/a/special")).isEqualTo("405 [PUT]");
  }

  @Test
  void onePlaceHasOneOperation() {
    assertThatThrownBy(() -> router("GET /a/{x}", "GET /a/{y}"))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/{}", "/{a", "/{a}b", "/{a}b:c"})
  void malformedTemplateIsRefused(String text) {
    assertThatThrownBy(() -> PathTemplate.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Whatever id is put into a template, encoded in any way that is right, comes out again. */
  @Test
  void everyIdComesOutAsItWentIn() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Router router = router("GET /x/{a}/y/{b}", "POST /x/{a}:verb", "POST /x/{a}/:act");
    for (int run = 0; run < 3000; run++) {
      String a = text(random);
      String b = text(random);
      String path = "/".repeat(1 + random.nextInt(3)) + "x/" + encode(random, a);
      assertParameters(
          router, "GET", path + "/y/" + encode(random, b), Map.of("a", a, "b", b), seed);
      assertParameters(router, "POST", path + ":verb", Map.of("a", a), seed);
      assertParameters(router, "POST", path + "/:act", Map.of("a", a), seed);
    }
  }

  private static void assertParameters(
      Router router, String method, String path, Map<String, String> expected, long seed) {
    assertThat(router.find(method, path))
        .as("seed " + seed + " " + method + " " + path)
        .isInstanceOfSatisfying(
            Router.Match.Found.class, found -> assertThat(found.parameters()).isEqualTo(expected));
  }

  private static String text(Random random) {
    List<String> parts = List.of("a", "8:acs:", "+", "@", "%", "/", ":", "..", "ü", "😀", " ", "~");
    StringBuilder text = new StringBuilder("i");
    for (int part = random.nextInt(6); part > 0; part--) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }

  /** Leaves what a client may leave, and encodes the rest. */
  private static String encode(Random random, String text) {
    StringBuilder raw = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          String one = Character.toString(point);
          boolean free = "a8:cs+@.~i".contains(one) && random.nextBoolean();
          raw.append(free ? one : PercentCoding.encode(one));
        });
    return raw.toString();
  }

  /** The router agrees with the plainest reading of its rules: try every template in turn. */
  @Test
  void routerFindsWhateverATemplateTakes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> words = List.of("a", "b", "{x}", "{x}:v", ":v");
    List<String> given = List.of("a", "b", "c", "a:v", ":v", "c:v", "", "..");
    for (int run = 0; run < 500; run++) {
      List<Operation> operations = new ArrayList<>();
      Router router = new Router();
      for (int count = 0; count < 6; count++) {
        Operation operation = operation("GET", path(random, words));
        try {
          router.add(operation);
          operations.add(operation);
        } catch (IllegalStateException samePlace) {
          assertThat(operations).isNotEmpty();
        }
      }
      String path = path(random, given);
      boolean expected =
          operations.stream().anyMatch(one -> takes(one.path(), PathTemplate.rawSegments(path)));
      assertThat(router.find("GET", path) instanceof Router.Match.Found)
          .as("seed " + seed + " " + path + " of " + operations)
          .isEqualTo(expected);
    }
  }

  private static String path(Random random, List<String> words) {
    StringBuilder path = new StringBuilder();
    for (int segments = 1 + random.nextInt(3); segments > 0; segments--) {
      path.append('/').append(words.get(random.nextInt(words.size())));
    }
    return path.toString();
  }

  private static boolean takes(PathTemplate template, List<String> raw) {
    if (template.segments().size() != raw.size()) {
      return false;
    }
    for (int at = 0; at < raw.size(); at++) {
      String given = raw.get(at);
      boolean takes =
          switch (template.segments().get(at)) {
            case PathTemplate.Segment.Literal literal -> literal.text().equals(given);
            case PathTemplate.Segment.Parameter named ->
                given.endsWith(named.verb()) && given.length() > named.verb().length();
          };
      if (!takes) {
        return false;
      }
    }
    return true;
  }
}
