package dev.parley.conformance.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The verdict on every operation in every language, from the operations, the two lists that people
 * keep by hand, and the evidence of one run. A proof that did not run in this build does not exist.
 */
public final class Ledger {

  private static final int NOT_IMPLEMENTED = 501;

  /** What a server answers to a path or a method that it does not know. */
  private static final Set<Integer> UNKNOWN = Set.of(404, 405);

  private final Operations operations;
  private final Map<Language, Map<String, String>> refused;
  private final Map<String, String> sourceRead;
  private final Map<Language, Map<String, String>> proofs;
  private final Map<String, Integer> answers;

  private Ledger(
      Operations operations,
      Map<Language, Map<String, String>> refused,
      Map<String, String> sourceRead,
      Evidence evidence) {
    this.operations = operations;
    this.refused = refused;
    this.sourceRead = sourceRead;
    this.proofs = evidence.proofs();
    this.answers = evidence.answers();
  }

  /** Reads the three files of {@code ledger/} and joins them with the evidence of a run. */
  public static Ledger read(Path conformanceFolder, Evidence evidence) {
    Operations operations = Operations.read(conformanceFolder);
    Path folder = conformanceFolder.resolve("ledger");
    return new Ledger(
        operations,
        readRefused(operations, folder),
        readSourceRead(operations, folder.resolve("source-read.tsv")),
        evidence);
  }

  /** The operations that the verdicts are about. */
  public Operations operations() {
    return operations;
  }

  /** The verdict on one operation in one language. */
  public Verdict verdict(Operation operation, Language language) {
    if (!operation.mayBeSentBy(language)) {
      return new Verdict.NotInSdk();
    }
    return proof(operation, language)
        .or(() -> refusal(operation, language))
        .or(() -> reading(operation, language))
        .orElseGet(() -> isMissing(operation) ? new Verdict.Missing() : new Verdict.Unproven());
  }

  /**
   * Everything in which the evidence contradicts itself or the hand-kept lists, as sentences; empty
   * when all is well.
   */
  public List<String> contradictions() {
    List<String> found = new ArrayList<>();
    for (Operation operation : operations.all()) {
      Integer status = answers.get(operation.id());
      if (status == null) {
        found.add(operation.id() + " was not sent by the sweep");
      } else if (status == NOT_IMPLEMENTED && isProven(operation)) {
        found.add(operation.id() + " is proven, yet a bare request is answered 501");
      } else if (UNKNOWN.contains(status) && !isProven(operation)) {
        found.add(operation.id() + " is not proven and must answer 501, but answers " + status);
      }
    }
    refused.forEach((language, list) -> found.addAll(refusedAndProven(language, list)));
    return found;
  }

  private List<String> refusedAndProven(Language language, Map<String, String> list) {
    return list.keySet().stream()
        .filter(id -> proofs.getOrDefault(language, Map.of()).containsKey(id))
        .map(id -> id + " is listed as refused, yet a " + language.title() + " test proves it")
        .toList();
  }

  private Optional<Verdict> proof(Operation operation, Language language) {
    return Optional.ofNullable(proofs.getOrDefault(language, Map.of()).get(operation.id()))
        .map(Verdict.Proven::new);
  }

  private Optional<Verdict> refusal(Operation operation, Language language) {
    return Optional.ofNullable(refused.getOrDefault(language, Map.of()).get(operation.id()))
        .map(Verdict.Refused::new);
  }

  /** Reading says what the wire needs, so it counts only where the server has the operation. */
  private Optional<Verdict> reading(Operation operation, Language language) {
    return language != Language.DOTNET || isMissing(operation)
        ? Optional.empty()
        : Optional.ofNullable(sourceRead.get(operation.id())).map(Verdict.SourceRead::new);
  }

  private boolean isMissing(Operation operation) {
    return answers.getOrDefault(operation.id(), NOT_IMPLEMENTED) == NOT_IMPLEMENTED;
  }

  private boolean isProven(Operation operation) {
    return proofs.values().stream().anyMatch(proven -> proven.containsKey(operation.id()));
  }

  private static Map<Language, Map<String, String>> readRefused(
      Operations operations, Path folder) {
    Path file = folder.resolve("refused.tsv");
    Path decisions = folder.resolve("../../docs/decisions").normalize();
    Map<Language, Map<String, String>> refused = new EnumMap<>(Language.class);
    for (String line : TabbedLines.read(file)) {
      String[] cell = cells(line, file);
      if (!Files.exists(decisions.resolve(cell[2]))) {
        throw new IllegalArgumentException(file + " names no decision record: " + line);
      }
      String id = operations.byId(cell[0]).id();
      List<Language> languages =
          cell[1].equals("*") ? List.of(Language.values()) : List.of(Language.ofKey(cell[1]));
      languages.forEach(
          language -> refused.computeIfAbsent(language, key -> new HashMap<>()).put(id, cell[2]));
    }
    return refused;
  }

  private static Map<String, String> readSourceRead(Operations operations, Path file) {
    Map<String, String> read = new HashMap<>();
    for (String line : TabbedLines.read(file)) {
      String[] cell = cells(line, file);
      read.put(operations.byId(cell[0]).id(), cell[1]);
    }
    return read;
  }

  private static String[] cells(String line, Path file) {
    String[] cells = line.split("\t", -1);
    if (cells.length != 3) {
      throw new IllegalArgumentException(file + " wants three columns: " + line);
    }
    return cells;
  }
}
