package dev.parley.conformance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts, contradictions and the table, on a ledger of three operations. */
class LedgerTest {

  @TempDir private Path repository = Path.of("");

  @BeforeEach
  void writeLedger() throws IOException {
    Path ledger = Files.createDirectories(repository.resolve("conformance/ledger"));
    Files.createDirectories(repository.resolve("docs/decisions"));
    Files.writeString(repository.resolve("docs/decisions/why.md"), "Because.");
    Files.writeString(
        ledger.resolve("operations.tsv"),
        """
        # comment
        operation\tservice\tmethod\tpath\tjava\tjavascript\tpython\tdotnet\tsuccess
        a.one\ta\tGET\t/one\t1\t1\t1\t?\t200
        a.two\ta\tGET\t/two\t1\t-\t1\t?\t200
        b.three\tb\tPOST\t/three/{id}\t1\t1\t1\t?\t201
        """);
    Files.writeString(ledger.resolve("refused.tsv"), "operation\tlanguage\tdecision\n");
    Files.writeString(ledger.resolve("source-read.tsv"), "operation\tpackage\tread\n");
  }

  @Test
  void verdictsFollowTheEvidence() {
    Evidence evidence = answered(200, 501, 400);
    evidence.add(new Proof("a.one", Language.JAVA, "T.b"));
    evidence.add(new Proof("a.one", Language.JAVA, "T.a"));

    assertThat(verdict(evidence, "a.one", Language.JAVA)).isEqualTo(new Verdict.Proven("T.a"));
    assertThat(verdict(evidence, "a.one", Language.PYTHON)).isEqualTo(new Verdict.Unproven());
    assertThat(verdict(evidence, "a.two", Language.JAVA)).isEqualTo(new Verdict.Missing());
    assertThat(verdict(evidence, "a.two", Language.JAVASCRIPT)).isEqualTo(new Verdict.NotInSdk());
    assertThat(ledger(evidence).contradictions()).isEmpty();
  }

  @Test
  void refusalNamesItsDecision() throws IOException {
    append("refused.tsv", "b.three\t*\twhy.md\n");

    assertThat(verdict(answered(200, 501, 403), "b.three", Language.PYTHON))
        .isEqualTo(new Verdict.Refused("why.md"));
  }

  @Test
  void refusalWithoutDecisionRecordStopsTheBuild() throws IOException {
    append("refused.tsv", "b.three\tjava\tnowhere.md\n");

    assertThatThrownBy(() -> ledger(answered(200, 501, 403))).hasMessageContaining("nowhere.md");
  }

  @Test
  void readingIsNeverAProof() throws IOException {
    append("source-read.tsv", "a.one\tPackage 1.0\tpaths\na.two\tPackage 1.0\tpaths\n");
    Evidence evidence = answered(200, 501, 400);

    assertThat(verdict(evidence, "a.one", Language.DOTNET))
        .isEqualTo(new Verdict.SourceRead("Package 1.0"));
    assertThat(verdict(evidence, "a.two", Language.DOTNET)).isEqualTo(new Verdict.Missing());
  }

  @Test
  void provenOperationThatAnswers501IsAContradiction() {
    Evidence evidence = answered(501, 501, 501);
    evidence.add(new Proof("a.one", Language.JAVA, "T.a"));

    assertThat(ledger(evidence).contradictions()).singleElement().asString().contains("a.one");
  }

  @Test
  void unprovenOperationThatAnswersLikeAnUnknownPathIsAContradiction() {
    assertThat(ledger(answered(404, 501, 405)).contradictions()).hasSize(2);
  }

  @Test
  void operationThatWasNotSentIsAContradiction() {
    assertThat(ledger(new Evidence(repository.resolve("empty"))).contradictions()).hasSize(3);
  }

  @Test
  void tableCountsEveryOperationInEveryLanguage() {
    Evidence evidence = answered(200, 501, 501);
    evidence.add(new Proof("a.one", Language.JAVA, "T.a"));

    String table = new CompatibilityTable(ledger(evidence)).markdown();

    assertThat(table)
        .contains("| a | 2 | 1 proven, 1 missing | 1 unproven, 1 not in SDK |")
        .contains("| a.one | `GET /one` | **proven** 1 by `T.a` | unproven |");
  }

  @Test
  void checkFailsWhenTheCommittedTableDiffersAndWriteMendsIt() throws IOException {
    answered(200, 501, 501);
    String[] check = {
      "check", repository.resolve("conformance").toString(), repository.resolve("run").toString()
    };
    String[] write = {"write", check[1], check[2]};

    assertThatThrownBy(() -> CompatibilityCheck.main(check))
        .hasMessageContaining("-Dcompatibility");
    CompatibilityCheck.main(write);
    CompatibilityCheck.main(check);
  }

  private Evidence answered(int one, int two, int three) {
    Evidence evidence = new Evidence(repository.resolve("run"));
    List<Operation> all = Operations.read(repository.resolve("conformance")).all();
    evidence.addAnswer(all.get(0), one);
    evidence.addAnswer(all.get(1), two);
    evidence.addAnswer(all.get(2), three);
    return evidence;
  }

  private Ledger ledger(Evidence evidence) {
    return Ledger.read(repository.resolve("conformance"), evidence);
  }

  private Verdict verdict(Evidence evidence, String operation, Language language) {
    Ledger ledger = ledger(evidence);
    return ledger.verdict(ledger.operations().byId(operation), language);
  }

  private void append(String file, String text) throws IOException {
    Path path = repository.resolve("conformance/ledger/" + file);
    Files.writeString(path, Files.readString(path) + text);
  }
}
