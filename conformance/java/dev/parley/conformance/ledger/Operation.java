package dev.parley.conformance.ledger;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One operation of the wire.
 *
 * @param id its name in this project, for example {@code identity.create}
 * @param service the service it belongs to, for example {@code identity}
 * @param method the HTTP method in capitals
 * @param path the path with {@code {parameters}}
 * @param apiVersions the api-version that each pinned SDK sends, or one of the marks {@link
 *     #NO_VERSION}, {@link #NOT_IN_SDK}, {@link #NOT_LOOKED_UP}
 * @param success the statuses that an SDK takes as success, the one to expect first
 */
public record Operation(
    String id,
    String service,
    String method,
    String path,
    Map<Language, String> apiVersions,
    List<Integer> success) {

  /** The SDK sends the operation without an api-version. */
  public static final String NO_VERSION = "none";

  /** The pinned SDK of that language has no such operation. */
  public static final String NOT_IN_SDK = "-";

  /** Nobody has looked at the SDK of that language yet. */
  public static final String NOT_LOOKED_UP = "?";

  private static final int COLUMNS = 9;

  public Operation {
    apiVersions = Map.copyOf(apiVersions);
    success = List.copyOf(success);
    if (success.isEmpty()) {
      throw new IllegalArgumentException(id + ": an operation needs a status of success");
    }
  }

  /**
   * Reads one line of {@code operations.tsv}.
   *
   * @throws IllegalArgumentException when the line has the wrong number of columns
   */
  static Operation parse(String line) {
    String[] cell = line.split("\t", -1);
    if (cell.length != COLUMNS) {
      throw new IllegalArgumentException(COLUMNS + " columns wanted: " + line);
    }
    Map<Language, String> versions = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      versions.put(language, cell[4 + language.ordinal()]);
    }
    List<Integer> success = List.of(cell[8].split(",")).stream().map(Integer::valueOf).toList();
    return new Operation(cell[0], cell[1], cell[2], cell[3], versions, success);
  }

  /** The api-version mark or date of a language. */
  public String apiVersion(Language language) {
    return apiVersions.getOrDefault(language, NOT_LOOKED_UP);
  }

  /** Whether the pinned SDK of that language can send this operation, as far as is known. */
  public boolean mayBeSentBy(Language language) {
    return !apiVersion(language).equals(NOT_IN_SDK);
  }

  /** Whether an exchange is a success of this operation: method, path and status agree. */
  public boolean succeededIn(Exchange exchange) {
    return exchange.method().equals(method)
        && success.contains(exchange.status())
        && pathPattern().matcher(exchange.path()).matches();
  }

  /**
   * A parameter is one segment, up to an action suffix; ids come raw or percent-encoded. The scope
   * of ARM is the id of a resource: many segments.
   */
  private Pattern pathPattern() {
    StringBuilder pattern = new StringBuilder();
    int from = 0;
    while (from < path.length()) {
      int open = path.indexOf('{', from);
      if (open < 0) {
        break;
      }
      int close = path.indexOf('}', open);
      boolean manySegments = path.substring(open + 1, close).equals("scope");
      pattern.append(Pattern.quote(path.substring(from, open)));
      pattern.append(manySegments ? ".+?" : "[^/]+?");
      from = close + 1;
    }
    return Pattern.compile(pattern.append(Pattern.quote(path.substring(from))).toString());
  }
}
