package dev.parley.bench.chat;

/**
 * One group chat on some server, its members all online. Made once the members are there; sending
 * is for one thread per member.
 */
interface Group extends AutoCloseable {
  /** What the server does with each message, in a sentence or two. */
  String perMessage();

  /**
   * Sends a message and returns once the server said that it has it.
   *
   * @param member who sends, from 0
   * @param text of the message, without characters that XML or JSON would escape
   */
  void send(int member, String text);

  /** Messages that members heard so far, all members together. */
  long heard();

  /** Processor time of the server so far, with its database. */
  double cpuSeconds();

  @Override
  void close();
}
