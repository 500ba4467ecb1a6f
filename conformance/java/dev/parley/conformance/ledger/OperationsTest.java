package dev.parley.conformance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationsTest {

  private final Operations operations =
      Operations.read(Path.of(System.getProperty("conformance.folder", "")));

  @Test
  void ledgerHoldsEveryOperationOnce() {
    assertThat(operations.all()).hasSize(305);
    assertThat(operations.all()).extracting(Operation::id).doesNotHaveDuplicates();
    assertThat(operations.all().stream().map(each -> each.method() + each.path()))
        .doesNotHaveDuplicates();
  }

  @Test
  void unknownIdIsRefused() {
    assertThatThrownBy(() -> operations.byId("identity.fly")).hasMessageContaining("identity.fly");
  }

  @Test
  void successNeedsMethodPathAndStatus() {
    Operation delete = operations.byId("identity.delete");

    assertThat(delete.succeededIn(new Exchange("DELETE", "/identities/8:acs:a_b?x=1", 204)))
        .isTrue();
    assertThat(delete.succeededIn(new Exchange("DELETE", "//identities/8%3Aacs", 204))).isTrue();
    assertThat(delete.succeededIn(new Exchange("POST", "/identities/a", 204))).isFalse();
    assertThat(delete.succeededIn(new Exchange("DELETE", "/identities/a", 404))).isFalse();
    assertThat(delete.succeededIn(new Exchange("DELETE", "/identities/a/b", 204))).isFalse();
  }

  @Test
  void actionSuffixTellsOperationsApart() {
    Operation pause = operations.byId("callAutomation.pauseRecording");

    assertThat(pause.succeededIn(new Exchange("POST", "/calling/recordings/r1:pause", 202)))
        .isTrue();
    assertThat(pause.succeededIn(new Exchange("POST", "/calling/recordings/r1:resume", 202)))
        .isFalse();
  }

  @Test
  void proofNeedsASuccessThatTheSdkSaw() {
    Operation create = operations.byId("identity.create");
    List<Exchange> refused =
        List.of(new Exchange("POST", "/identities?api-version=2022-10-01", 401));

    assertThatThrownBy(() -> Proof.of(create, Language.JAVA, "T.t", refused))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("saw no POST /identities");
  }

  @Test
  void proofNeedsTheApiVersionOfTheLedger() {
    Operation create = operations.byId("identity.create");
    List<Exchange> other = List.of(new Exchange("POST", "/identities?api-version=1999-01-01", 201));

    assertThatThrownBy(() -> Proof.of(create, Language.JAVA, "T.t", other))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1999-01-01");
  }

  @Test
  void scopeOfArmHasManySegments() {
    Operation get = operations.byId("armEventGrid.scope.extensionTopics.get");
    String resource = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Communication/a/b";

    assertThat(
            get.succeededIn(
                new Exchange(
                    "GET",
                    resource + "/providers/Microsoft.EventGrid/extensionTopics/default",
                    200)))
        .isTrue();
  }
}
