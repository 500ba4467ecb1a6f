package dev.parley.conformance.ledger;

import java.util.List;

/**
 * A test that passed and the operation that it proves.
 *
 * @param operation the id of the operation
 * @param language the language whose SDK was used
 * @param test the test's name, the same in every run
 */
public record Proof(String operation, Language language, String test) {

  /**
   * Turns what a passed test declares into a proof, when the SDK really saw it.
   *
   * @param operation the operation that the test declares
   * @param language the language of the SDK
   * @param test the test's name
   * @param exchanges everything that the SDK sent and received in the test
   * @throws AssertionError when no exchange is a success of the operation, or when the SDK sent
   *     another api-version than the ledger says
   */
  public static Proof of(
      Operation operation, Language language, String test, List<Exchange> exchanges) {
    List<Exchange> successes = exchanges.stream().filter(operation::succeededIn).toList();
    if (successes.isEmpty()) {
      throw new AssertionError(
          "%s declares %s, but the SDK saw no %s %s with status %s; it saw %s"
              .formatted(
                  test,
                  operation.id(),
                  operation.method(),
                  operation.path(),
                  operation.success(),
                  exchanges));
    }
    String recorded = operation.apiVersion(language);
    String sent = successes.getFirst().apiVersion().orElse(Operation.NO_VERSION);
    if (!sent.equals(recorded)) {
      throw new AssertionError(
          "%s: the %s SDK sent api-version %s for %s, the ledger says %s: correct operations.tsv"
              .formatted(test, language.title(), sent, operation.id(), recorded));
    }
    return new Proof(operation.id(), language, test);
  }
}
