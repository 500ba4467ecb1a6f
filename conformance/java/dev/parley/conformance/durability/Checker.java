package dev.parley.conformance.durability;

import dev.parley.conformance.durability.Promises.Counted;
import dev.parley.conformance.durability.Promises.Sent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Compares a thread after a restart with what its writers were promised; made for one use. */
final class Checker {

  private final StoredThread stored;
  private final List<Promises> promises;
  private final List<String> losses = new ArrayList<>();

  /**
   * @param promises of all who wrote to the thread
   */
  Checker(StoredThread stored, List<Promises> promises) {
    this.stored = stored;
    this.promises = promises;
  }

  /** One line for each promise that was not kept; empty is what we want. */
  List<String> losses() {
    placesRiseWithoutGap();
    Map<String, JsonNode> byName = messagesByName();
    for (Promises one : promises) {
      one.sent().forEach(sent -> message(sent, byName.remove(sent.name)));
      receipt(one);
      membership(one);
    }
    byName.keySet().forEach(name -> lost("message " + name + " was never sent"));
    whatCameLaterStandsLater();
    return losses;
  }

  private void placesRiseWithoutGap() {
    long id = Long.MAX_VALUE;
    long sequence = stored.messages().size() + 1L;
    for (JsonNode message : stored.messages()) {
      require(number(message, "id") < id, "id " + number(message, "id") + " is not below " + id);
      require(
          number(message, "sequenceId") == sequence - 1,
          "sequence " + number(message, "sequenceId") + " does not follow " + sequence);
      id = number(message, "id");
      sequence = number(message, "sequenceId");
    }
  }

  private Map<String, JsonNode> messagesByName() {
    Map<String, JsonNode> byName = new HashMap<>();
    for (JsonNode message : stored.messages()) {
      if (message.required("type").asString().equals("text")) {
        String name = message.path("metadata").path("name").asString("");
        require(byName.put(name, message) == null, "message " + name + " is there twice");
      }
    }
    return byName;
  }

  private void message(Sent sent, @org.jspecify.annotations.Nullable JsonNode found) {
    if (found == null) {
      require(sent.id == 0, "message " + sent.name + " is gone");
      return;
    }
    require(
        sent.id == 0 || sent.id == number(found, "id"), "message " + sent.name + " has another id");
    String[] content = found.required("content").required("message").asString().split(" ");
    require(content[0].equals(sent.name), "message " + sent.name + " has another's content");
    int edit = Integer.parseInt(content[1]);
    require(within(edit, sent.edits), "message " + sent.name + " is at edit " + edit);
    boolean newer = number(found, "version") > number(found, "id");
    require(
        newer == edit > 0 && newer == found.has("editedOn"),
        "message " + sent.name + " has a version that is not its edit's");
  }

  private void receipt(Promises one) {
    List<Long> found =
        stored.receipts().stream()
            .filter(receipt ->
                StoredThread.rawId(receipt.required("senderCommunicationIdentifier"))
                    .equals(one.writer().id()))
            .map(receipt -> number(receipt, "chatMessageId"))
            .toList();
    boolean kept =
        found.isEmpty()
            ? one.receiptAcknowledged() == 0
            : found.equals(List.of(one.receiptAcknowledged()))
                || found.equals(List.of(one.receiptBegun()));
    require(kept, "the receipt is " + found + ", not " + one.receiptAcknowledged());
  }

  private void membership(Promises one) {
    String guest = one.guest().id();
    boolean member = stored.members().contains(guest);
    require(
        member == one.guestIsMember() || one.guestIsUncertain(),
        "membership of " + guest + " is " + member);
    int added = told("participantAdded", guest);
    int removed = told("participantRemoved", guest);
    require(within(added, one.additions), added + " additions of " + guest + " are told");
    require(within(removed, one.removals), removed + " removals of " + guest + " are told");
    require(member == added > removed, "what is told of " + guest + " is not so");
  }

  private int told(String type, String user) {
    int count = 0;
    for (JsonNode message : stored.messages()) {
      if (message.required("type").asString().equals(type)) {
        for (JsonNode who : message.required("content").required("participants")) {
          boolean same = StoredThread.rawId(who.required("communicationIdentifier")).equals(user);
          count += same ? 1 : 0;
        }
      }
    }
    return count;
  }

  /** A message that was sent after another had been acknowledged stands after it. */
  private void whatCameLaterStandsLater() {
    List<Sent> byPlace =
        promises.stream()
            .flatMap(one -> one.sent().stream())
            .filter(sent -> sent.id != 0)
            .sorted((one, other) -> Long.compare(other.id, one.id))
            .toList();
    long earliestAcknowledged = Long.MAX_VALUE;
    for (Sent sent : byPlace) {
      require(sent.begunAt <= earliestAcknowledged, "message " + sent.name + " stands too early");
      earliestAcknowledged = Math.min(earliestAcknowledged, sent.acknowledgedAt);
    }
  }

  private static boolean within(int found, Counted operation) {
    return found >= operation.acknowledged && found <= operation.begun;
  }

  private static long number(JsonNode node, String field) {
    return Long.parseLong(node.required(field).asString());
  }

  private void require(boolean kept, String otherwise) {
    if (!kept) {
      lost(otherwise);
    }
  }

  private void lost(String what) {
    losses.add(stored.id() + ": " + what);
  }
}
