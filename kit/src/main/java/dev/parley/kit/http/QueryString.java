package dev.parley.kit.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a query; of a name that comes twice the first counts. */
public final class QueryString {
  private final Map<String, String> values;

  private QueryString(Map<String, String> values) {
    this.values = values;
  }

  /** Decodes a raw query as a form; throws {@link ProblemException} 400 for a malformed escape. */
  public static QueryString parse(@Nullable String raw) {
    Map<String, String> values = new LinkedHashMap<>();
    if (raw != null && !raw.isEmpty()) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        values.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return new QueryString(values);
  }

  public @Nullable String get(String name) {
    return values.get(name);
  }

  /** A whole number within bounds, or {@code otherwise} when absent. */
  public int number(String name, int otherwise, int min, int max) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException notNumber) {
      throw Problem.badRequest("Query parameter " + name + " must be a number.", name).exception();
    }
    if (value < min || value > max) {
      String rule = "Query parameter " + name + " must be from " + min + " to " + max + ".";
      throw Problem.badRequest(rule, name).exception();
    }
    return value;
  }

  private static String decode(String raw) {
    String decoded = PercentCoding.decode(raw, true);
    if (decoded == null) {
      throw Problem.badRequest("The query has a malformed escape.", null).exception();
    }
    return decoded;
  }
}
