package dev.parley.conformance.ledger;

import java.util.Arrays;
import java.util.Optional;

/**
 * One request that an SDK sent and the status that it saw.
 *
 * @param method the HTTP method in capitals
 * @param target path and query as sent, for example {@code /identities?api-version=2023-10-01}
 * @param status the HTTP status that the SDK received
 */
public record Exchange(String method, String target, int status) {

  /** The path as sent, with leading slashes collapsed: some SDKs send two. */
  public String path() {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    return path.replaceFirst("^/+", "/");
  }

  /** The value of {@code api-version}, when the request had one. */
  public Optional<String> apiVersion() {
    int question = target.indexOf('?');
    if (question < 0) {
      return Optional.empty();
    }
    return Arrays.stream(target.substring(question + 1).split("&"))
        .filter(pair -> pair.startsWith("api-version="))
        .map(pair -> pair.substring("api-version=".length()))
        .findFirst();
  }
}
