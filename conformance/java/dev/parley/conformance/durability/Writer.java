package dev.parley.conformance.durability;

import dev.parley.conformance.durability.Promises.Counted;
import dev.parley.conformance.durability.Promises.Sent;
import dev.parley.conformance.push.ChatUser;
import dev.parley.conformance.server.Connection;
import dev.parley.conformance.server.RawClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.json.JsonMapper;

/**
 * One client: sends, edits, acknowledges reading, adds and removes a guest, until it is cut off.
 */
final class Writer implements Runnable {

  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int PERCENT = 100;
  private static final int EDITS_FROM = 55;
  private static final int RECEIPTS_FROM = 80;
  private static final int MEMBERSHIP_FROM = 90;
  private static final JsonMapper JSON = new JsonMapper();

  private final Connection connection;
  private final Promises promises;
  private final Semaphore acknowledged;
  private final SplittableRandom random;
  private final String thread;
  private final List<String> refusals = new ArrayList<>();

  /**
   * @param acknowledged is released once for each acknowledged operation
   */
  Writer(
      Connection connection, Promises promises, Semaphore acknowledged, SplittableRandom random) {
    this.connection = connection;
    this.promises = promises;
    this.acknowledged = acknowledged;
    this.random = random;
    this.thread = "/chat/threads/" + promises.thread();
  }

  Promises promises() {
    return promises;
  }

  /** Answers that were neither success nor the end of the connection. */
  List<String> refusals() {
    return refusals;
  }

  @Override
  public void run() {
    try (RawClient client = new RawClient(connection)) {
      while (refusals.isEmpty()) {
        operate(client);
        acknowledged.release();
      }
    } catch (IOException killed) {
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void operate(RawClient client) throws IOException, InterruptedException {
    int choice = random.nextInt(PERCENT);
    List<Sent> sent = promises.sent();
    if (choice < EDITS_FROM || sent.isEmpty()) {
      send(client);
    } else if (choice < RECEIPTS_FROM) {
      edit(client, sent.get(random.nextInt(sent.size())));
    } else if (choice < MEMBERSHIP_FROM && sent.getLast().id > promises.receiptAcknowledged()) {
      receipt(client, sent.getLast().id);
    } else {
      changeMembership(client);
    }
  }

  private void send(RawClient client) throws IOException, InterruptedException {
    Sent message = promises.beginSend(System.nanoTime());
    String body =
        "{\"content\":\"%s 0\",\"metadata\":{\"name\":\"%s\"}}"
            .formatted(message.name, message.name);
    HttpResponse<String> answer = call(client, "POST", "/messages", body);
    if (expect(answer, CREATED)) {
      long id = Long.parseLong(JSON.readTree(answer.body()).required("id").asString());
      promises.acknowledgeSend(message, id, System.nanoTime());
    }
  }

  private void edit(RawClient client, Sent message) throws IOException, InterruptedException {
    promises.begin(message.edits);
    String body = "{\"content\":\"%s %d\"}".formatted(message.name, message.edits.begun);
    if (expect(call(client, "PATCH", "/messages/" + message.id, body), NO_CONTENT)) {
      promises.acknowledge(message.edits);
    }
  }

  private void receipt(RawClient client, long id) throws IOException, InterruptedException {
    promises.beginReceipt(id);
    String body = "{\"chatMessageId\":\"" + id + "\"}";
    if (expect(call(client, "POST", "/readReceipts", body), OK)) {
      promises.acknowledgeReceipt();
    }
  }

  private void changeMembership(RawClient client) throws IOException, InterruptedException {
    boolean removes = promises.guestIsMember();
    Counted change = removes ? promises.removals : promises.additions;
    ChatUser guest = promises.guest();
    promises.begin(change);
    HttpResponse<String> answer =
        removes
            ? call(client, "POST", "/participants/:remove", guest.asIdentifier())
            : call(
                client,
                "POST",
                "/participants/:add",
                "{\"participants\":[" + guest.asParticipant() + "]}");
    if (expect(answer, removes ? NO_CONTENT : CREATED)) {
      promises.acknowledge(change);
    }
  }

  private HttpResponse<String> call(RawClient client, String method, String path, String body)
      throws IOException, InterruptedException {
    return client.sendWithToken(
        method, thread + path + "?" + ChatUser.VERSION, body, promises.writer().token());
  }

  private boolean expect(HttpResponse<String> answer, int status) {
    if (answer.statusCode() == status) {
      return true;
    }
    refusals.add(answer.request().uri() + " answered " + answer.statusCode() + answer.body());
    return false;
  }
}
