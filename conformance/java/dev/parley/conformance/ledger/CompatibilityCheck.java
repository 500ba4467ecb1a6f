package dev.parley.conformance.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The build's last step: compares {@code docs/compatibility.md} with the evidence of this run, or
 * writes it anew. Arguments: {@code check} or {@code write}, the conformance folder, the folder of
 * the run's evidence.
 */
public final class CompatibilityCheck {

  private static final String REFRESH = "./mvnw -pl conformance verify -Dcompatibility=write";

  private CompatibilityCheck() {}

  /**
   * Runs the check.
   *
   * @throws IllegalStateException when the file differs from the evidence or the evidence
   *     contradicts itself; the message says what to do
   */
  public static void main(String[] arguments) throws IOException {
    Path conformanceFolder = Path.of(arguments[1]);
    Evidence evidence = new Evidence(Path.of(arguments[2]));
    Path table = conformanceFolder.resolveSibling("docs/compatibility.md");
    if (!evidence.exists()) {
      System.out.println(table.getFileName() + " is not checked: no conformance test ran");
      return;
    }
    Ledger ledger = Ledger.read(conformanceFolder, evidence);
    refuseContradictions(ledger.contradictions());
    String fresh = new CompatibilityTable(ledger).markdown();
    if (arguments[0].equals("write")) {
      write(table, fresh, evidence.skipped());
    } else {
      check(table, fresh, evidence.skipped());
    }
  }

  private static void refuseContradictions(List<String> contradictions) {
    if (!contradictions.isEmpty()) {
      throw new IllegalStateException(
          "The ledger contradicts the run:\n  " + String.join("\n  ", contradictions));
    }
  }

  private static void write(Path table, String fresh, Set<Language> skipped) throws IOException {
    if (!skipped.isEmpty()) {
      throw new IllegalStateException("The table needs every language, but skipped: " + skipped);
    }
    Files.createDirectories(table.getParent());
    Files.writeString(table, fresh);
    System.out.println("Wrote docs/compatibility.md");
  }

  private static void check(Path table, String fresh, Set<Language> skipped) throws IOException {
    if (!skipped.isEmpty()) {
      System.out.println("docs/compatibility.md is not checked: skipped " + skipped);
      return;
    }
    String committed = Files.exists(table) ? Files.readString(table) : "";
    if (!committed.equals(fresh)) {
      throw new IllegalStateException(
          "docs/compatibility.md is not what this run proved.%n%s%nBring it up to date with: %s"
              .formatted(firstDifference(committed, fresh), REFRESH));
    }
  }

  private static String firstDifference(String committed, String fresh) {
    List<String> old = committed.lines().toList();
    List<String> now = fresh.lines().toList();
    int line = 0;
    while (line < old.size() && line < now.size() && old.get(line).equals(now.get(line))) {
      line++;
    }
    return "First difference in line %d:%n  committed: %s%n  this run:  %s"
        .formatted(line + 1, lineOrNothing(old, line), lineOrNothing(now, line));
  }

  private static String lineOrNothing(List<String> lines, int line) {
    return line < lines.size() ? lines.get(line) : "(nothing)";
  }
}
