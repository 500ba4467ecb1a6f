package dev.parley.conformance.foreign;

import dev.parley.conformance.ledger.Evidence;
import dev.parley.conformance.ledger.Exchange;
import dev.parley.conformance.ledger.Language;
import dev.parley.conformance.ledger.Operations;
import dev.parley.conformance.ledger.Proof;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One test of a foreign suite, as its harness wrote it: one JSON line.
 *
 * @param test the test's name, the same in every run
 * @param outcome {@code passed}, {@code failed} or {@code skipped}
 * @param message why it failed or was skipped
 * @param proves the operations that it declares; none when absent
 * @param exchanges what the SDK sent and received; none when absent
 */
record ForeignResult(
    String test,
    String outcome,
    @Nullable String message,
    @Nullable List<String> proves,
    @Nullable List<Exchange> exchanges) {

  private static final JsonMapper JSON = new JsonMapper();

  static ForeignResult parse(String line) {
    return JSON.readValue(line, ForeignResult.class);
  }

  List<String> declared() {
    return proves == null ? List.of() : proves;
  }

  List<Exchange> seen() {
    return exchanges == null ? List.of() : exchanges;
  }

  /**
   * Keeps what it proves as evidence of this run.
   *
   * @throws AssertionError when it declares an operation that the SDK did not see succeed
   */
  void keepProofs(Path conformanceFolder, Language language) {
    Operations operations = Operations.read(conformanceFolder);
    for (String id : declared()) {
      Evidence.ofThisRun().add(Proof.of(operations.byId(id), language, test, seen()));
    }
  }

  String reason() {
    return message == null ? "no reason given" : message;
  }
}
