package dev.parley.conformance.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.durability.Promises.Sent;
import dev.parley.conformance.push.ChatUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The proof of durability is worth what its checker sees: every kind of loss is shown to it. */
class CheckerTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final ChatUser WRITER = new ChatUser("8:acs:r_w", "");
  private static final ChatUser GUEST = new ChatUser("8:acs:r_g", "");

  private final Promises promises = new Promises("t", 0, WRITER, GUEST);
  private final List<JsonNode> messages = new ArrayList<>();
  private final List<JsonNode> receipts = new ArrayList<>();
  private Set<String> members = Set.of(WRITER.id(), GUEST.id());

  /** Two messages, the first edited and read, and a guest: all of it promised and all there. */
  CheckerTest() {
    Sent first = promises.beginSend(1);
    promises.acknowledgeSend(first, 20, 2);
    Sent second = promises.beginSend(3);
    promises.acknowledgeSend(second, 30, 4);
    promises.begin(first.edits);
    promises.acknowledge(first.edits);
    promises.beginReceipt(20);
    promises.acknowledgeReceipt();
    promises.begin(promises.additions);
    promises.acknowledge(promises.additions);
    messages.add(text(30, 3, 30, "0-1 0"));
    messages.add(text(20, 2, 25, "0-0 1"));
    messages.add(
        json(
            """
            {"id":"10","sequenceId":"1","version":"10","type":"participantAdded","content":
             {"participants":[{"communicationIdentifier":{"rawId":"8:acs:r_g"}}]}}
            """));
    receipts.add(receipt(20));
  }

  @Test
  void keptPromisesAreNoLoss() {
    assertThat(losses()).isEmpty();
    assertThat(promises.acknowledged()).isEqualTo(5);
  }

  @Test
  void unacknowledgedOperationMayBeThereOrNot() {
    Sent third = promises.beginSend(5);
    assertThat(losses()).isEmpty();
    messages.addFirst(text(40, 4, 40, third.name + " 0"));
    assertThat(losses()).isEmpty();
  }

  @Test
  void lostMessageIsSeen() {
    messages.removeFirst();
    assertThat(losses()).containsExactly("t: message 0-1 is gone");
  }

  @Test
  void doubledMessageIsSeen() {
    messages.addFirst(text(31, 4, 31, "0-1 0"));
    assertThat(losses()).contains("t: message 0-1 is there twice");
  }

  @Test
  void messageThatNobodySentIsSeen() {
    messages.addFirst(text(31, 4, 31, "0-9 0"));
    assertThat(losses()).containsExactly("t: message 0-9 was never sent");
  }

  @Test
  void gapInTheSequenceIsSeen() {
    messages.set(0, text(30, 4, 30, "0-1 0"));
    assertThat(losses()).hasSize(2).allMatch(loss -> loss.contains("does not follow"));
  }

  @Test
  void lostEditIsSeen() {
    messages.set(1, text(20, 2, 20, "0-0 0"));
    assertThat(losses()).containsExactly("t: message 0-0 is at edit 0");
  }

  @Test
  void wrongOrderIsSeen() {
    Sent late = promises.beginSend(9);
    promises.acknowledgeSend(late, 15, 10);
    messages.add(2, text(15, 2, 15, late.name + " 0"));
    assertThat(losses()).contains("t: message 0-2 stands too early");
  }

  @Test
  void lostReceiptIsSeen() {
    receipts.clear();
    assertThat(losses()).containsExactly("t: the receipt is [], not 20");
  }

  @Test
  void lostMembershipIsSeen() {
    members = Set.of(WRITER.id());
    assertThat(losses()).contains("t: membership of 8:acs:r_g is false");
  }

  private List<String> losses() {
    StoredThread stored = new StoredThread("t", messages, receipts, members);
    return new Checker(stored, List.of(promises)).losses();
  }

  private static JsonNode text(long id, long sequence, long version, String content) {
    String name = content.substring(0, content.indexOf(' '));
    String edited = version > id ? ",\"editedOn\":\"2026-01-01T00:00:00Z\"" : "";
    return json(
        """
        {"id":"%d","sequenceId":"%d","version":"%d","type":"text","content":{"message":"%s"},
         "metadata":{"name":"%s"}%s}
        """
            .formatted(id, sequence, version, content, name, edited));
  }

  private static JsonNode receipt(long messageId) {
    return json(
        """
        {"senderCommunicationIdentifier":{"rawId":"8:acs:r_w"},"chatMessageId":"%d"}
        """
            .formatted(messageId));
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }
}
