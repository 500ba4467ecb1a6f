package dev.parley.services.calling.wire;

/** Where a client's session stands. */
enum SessionState {
  /** Made, without a socket so far. */
  FRESH("Fresh"),
  /** A socket said hello and was not answered yet; nothing else goes out before that. */
  GREETING("Greeting"),
  /** Notices go out. */
  CONNECTED("Connected"),
  /** Without a socket; the client may come back. */
  AWAY("Away"),
  /** Over. */
  ENDED("Ended");

  private final String word;

  SessionState(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
