package dev.parley.conformance.durability;

import dev.parley.conformance.push.ChatUser;
import java.util.ArrayList;
import java.util.List;

/**
 * What one writer asked for in one round, and what of it the server acknowledged. An operation is
 * begun before its request and acknowledged after its answer; since a writer has one request in
 * flight and ends with the first that fails, at most one is begun and not acknowledged. Owned by
 * the writer's thread until that has ended.
 */
final class Promises {

  private final String thread;
  private final int writerNumber;
  private final ChatUser writer;
  private final ChatUser guest;
  private final List<Sent> sent = new ArrayList<>();
  final Counted additions = new Counted();
  final Counted removals = new Counted();
  private long receiptBegun;
  private long receiptAcknowledged;
  private int acknowledged;

  Promises(String thread, int writerNumber, ChatUser writer, ChatUser guest) {
    this.thread = thread;
    this.writerNumber = writerNumber;
    this.writer = writer;
    this.guest = guest;
  }

  /** How often something was asked for and how often that was acknowledged. */
  static final class Counted {
    int begun;
    int acknowledged;
  }

  /** A message; times are of {@link System#nanoTime()}, an id of 0 is not acknowledged. */
  static final class Sent {
    final String name;
    final long begunAt;
    long id;
    long acknowledgedAt;
    final Counted edits = new Counted();

    Sent(String name, long begunAt) {
      this.name = name;
      this.begunAt = begunAt;
    }
  }

  String thread() {
    return thread;
  }

  ChatUser writer() {
    return writer;
  }

  ChatUser guest() {
    return guest;
  }

  List<Sent> sent() {
    return sent;
  }

  int acknowledged() {
    return acknowledged;
  }

  long receiptBegun() {
    return receiptBegun;
  }

  long receiptAcknowledged() {
    return receiptAcknowledged;
  }

  /** Whether the guest is a member by what was acknowledged. */
  boolean guestIsMember() {
    return additions.acknowledged > removals.acknowledged;
  }

  /** Whether the last change of the guest's membership is unknown. */
  boolean guestIsUncertain() {
    return additions.begun + removals.begun > additions.acknowledged + removals.acknowledged;
  }

  Sent beginSend(long now) {
    Sent message = new Sent(writerNumber + "-" + sent.size(), now);
    sent.add(message);
    return message;
  }

  void acknowledgeSend(Sent message, long id, long now) {
    message.id = id;
    message.acknowledgedAt = now;
    acknowledged++;
  }

  void begin(Counted operation) {
    operation.begun++;
  }

  void acknowledge(Counted operation) {
    operation.acknowledged++;
    acknowledged++;
  }

  void beginReceipt(long messageId) {
    receiptBegun = messageId;
  }

  void acknowledgeReceipt() {
    receiptAcknowledged = receiptBegun;
    acknowledged++;
  }
}
