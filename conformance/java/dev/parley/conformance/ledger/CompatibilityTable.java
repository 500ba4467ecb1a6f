package dev.parley.conformance.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the ledger as {@code docs/compatibility.md}: counts first, then one table per service. */
final class CompatibilityTable {

  private final Ledger ledger;

  CompatibilityTable(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The whole document; equal evidence gives equal text. */
  String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    Map<String, List<Operation>> services = services();
    appendSummary(page, services);
    services.forEach((service, operations) -> appendService(page, service, operations));
    return page.toString();
  }

  private Map<String, List<Operation>> services() {
    Map<String, List<Operation>> services = new LinkedHashMap<>();
    for (Operation operation : ledger.operations().all()) {
      services.computeIfAbsent(operation.service(), key -> new ArrayList<>()).add(operation);
    }
    return services;
  }

  private void appendSummary(StringBuilder page, Map<String, List<Operation>> services) {
    page.append("\n## Counts\n\n| service | operations |");
    for (Language language : Language.values()) {
      page.append(' ').append(language.title()).append(" |");
    }
    page.append("\n|---|---|---|---|---|---|\n");
    services.forEach((service, operations) -> appendCounts(page, service, operations));
    appendCounts(page, "**all**", ledger.operations().all());
  }

  private void appendCounts(StringBuilder page, String name, List<Operation> operations) {
    page.append("| ").append(name).append(" | ").append(operations.size()).append(" |");
    for (Language language : Language.values()) {
      page.append(' ').append(counts(operations, language)).append(" |");
    }
    page.append('\n');
  }

  private String counts(List<Operation> operations, Language language) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String word : WORDS) {
      counts.put(word, 0);
    }
    for (Operation operation : operations) {
      counts.merge(word(ledger.verdict(operation, language)), 1, Integer::sum);
    }
    counts.values().removeIf(count -> count == 0);
    List<String> parts = new ArrayList<>();
    counts.forEach((word, count) -> parts.add(count + " " + word));
    return String.join(", ", parts);
  }

  private void appendService(StringBuilder page, String service, List<Operation> operations) {
    page.append("\n## ").append(service).append("\n\n| operation | request |");
    for (Language language : Language.values()) {
      page.append(' ').append(language.title()).append(" |");
    }
    page.append("\n|---|---|---|---|---|---|\n");
    for (Operation operation : operations) {
      page.append("| ").append(operation.id()).append(" | `");
      page.append(operation.method()).append(' ').append(operation.path()).append("` |");
      for (Language language : Language.values()) {
        page.append(' ').append(cell(operation, language)).append(" |");
      }
      page.append('\n');
    }
  }

  private String cell(Operation operation, Language language) {
    Verdict verdict = ledger.verdict(operation, language);
    return switch (verdict) {
      case Verdict.Proven(String test) ->
          "**proven** " + operation.apiVersion(language) + " by `" + test + "`";
      case Verdict.Refused(String decision) -> "refused: [why](decisions/" + decision + ")";
      case Verdict.SourceRead(String sdkPackage) -> "source-read: " + sdkPackage;
      case Verdict.Unproven unproven -> word(unproven);
      case Verdict.Missing missing -> word(missing);
      case Verdict.NotInSdk notInSdk -> word(notInSdk);
    };
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Proven proven -> "proven";
      case Verdict.Refused refused -> "refused";
      case Verdict.SourceRead read -> "source-read";
      case Verdict.Unproven unproven -> "unproven";
      case Verdict.Missing missing -> "missing";
      case Verdict.NotInSdk notInSdk -> "not in SDK";
    };
  }

  private static final List<String> WORDS =
      List.of("proven", "refused", "source-read", "unproven", "missing", "not in SDK");

  private static final String HEAD =
      """
      # Compatibility

      Which operations of Azure Communication Services' wire Parley serves, told by the tests of
      `conformance/`, which run Microsoft's unmodified packages against a started server. This file is
      generated; the build fails when it differs from what the tests proved. To bring it up to date:
      `./mvnw -pl conformance verify -Dcompatibility=write`.

      - **proven**: the named test ran in the build, and the SDK saw the status that it takes as success.
        The date is the api-version that the SDK sent.
      - **refused**: Parley says no on purpose; the linked decision says why.
      - **source-read**: the wire form was checked by reading the package's source. That is not a proof.
      - **unproven**: the server has the operation; no test with this language's SDK proves it.
      - **missing**: the server answers 501 with an error code.
      - **not in SDK**: the package that the tests pin cannot send this operation.
      """;
}
