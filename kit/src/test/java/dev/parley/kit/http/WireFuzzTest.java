package dev.parley.kit.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Whatever a stranger sends, these parsers answer or refuse; nothing else comes out of them. Runs
 * the kept inputs as a test, and fuzzes with {@code JAZZER_FUZZ=1}.
 */
class WireFuzzTest {
  private static final Router ROUTER = new Router();

  static {
    for (String path : List.of("/a", "/a/{x}", "/a/{x}:v", "/a/{x}/:w", "/a/{x}/b/{y}", "/")) {
      ROUTER.add(
          Operation.plain(path, "GET", path, Access.anyone(), exchange -> Answer.empty(204)));
    }
  }

  record Body(String text, int number, boolean flag, List<Body> list, Map<String, Body> map) {}

  @FuzzTest
  void path(byte[] input) {
    String raw = "/" + new String(input, StandardCharsets.ISO_8859_1);
    if (ROUTER.find("GET", raw) instanceof Router.Match.Found found) {
      for (String value : found.parameters().values()) {
        if (value.isEmpty() || value.indexOf('\0') >= 0) {
          throw new AssertionError("a parameter without a value, or with NUL: " + raw);
        }
      }
    }
  }

  @FuzzTest
  void query(byte[] input) {
    try {
      QueryString query = QueryString.parse(new String(input, StandardCharsets.ISO_8859_1));
      int number = query.number("n", 1, 0, 9);
      if (number < 0 || number > 9) {
        throw new AssertionError("out of its bounds: " + number);
      }
      ApiVersion.require(query);
      Paging.cursor(query.get("after"), "after");
    } catch (ProblemException refused) {
      requireBadRequest(refused);
    }
  }

  @FuzzTest
  void json(byte[] input) {
    try {
      Body body = Json.read(input, Body.class);
      if (body.text() != null && body.text().indexOf('\0') >= 0) {
        throw new AssertionError("NUL came through");
      }
    } catch (ProblemException refused) {
      requireBadRequest(refused);
    }
    try {
      Json.readObject(input);
    } catch (ProblemException refused) {
      requireBadRequest(refused);
    }
  }

  @FuzzTest
  void host(byte[] input) {
    String header = new String(input, StandardCharsets.ISO_8859_1);
    BaseUrls urls = new BaseUrls(URI.create("https://parley.test:7443"), "r.parley.test"::equals);
    String base = urls.of(header);
    if (!List.of("https://parley.test:7443", "https://r.parley.test:7443").contains(base)) {
      throw new AssertionError("a stranger's host became the base of links: " + base);
    }
    AddressLimits.peer(header);
  }

  private static void requireBadRequest(ProblemException refused) {
    if (refused.problem().status() != 400) {
      throw new AssertionError("refused with " + refused.problem());
    }
  }
}
