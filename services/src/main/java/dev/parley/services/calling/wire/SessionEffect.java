package dev.parley.services.calling.wire;

/** What a decision wants done. */
enum SessionEffect {
  /** Close the socket that it had: another one took the session over. */
  REPLACE_SOCKET("ReplaceSocket"),
  /** Answer the hello with the calls as they are; hold notices back until then. */
  GREET("Greet"),
  /** Tell calls that the client is away, and wait for it. */
  WAIT("Wait"),
  /** Wait no longer. */
  STOP_WAITING("StopWaiting"),
  /** Tell calls that the client is gone for good. */
  LEAVE("Leave"),
  /** Close the socket, by the code of what happened. */
  CLOSE("Close");

  private final String word;

  SessionEffect(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
