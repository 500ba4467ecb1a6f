package dev.parley.services.calling.wire;

/** What happens to a session. */
enum SessionEvent {
  /** A socket said hello for it. */
  ATTACHED("Attached"),
  /** The hello was answered. */
  GREETED("Greeted"),
  /** Its socket is closed. */
  LOST("Lost"),
  /** The client did not come back in time. */
  RETURN_OVER("ReturnOver"),
  /** The client says goodbye. */
  GOODBYE("Goodbye"),
  /** Its token is not believed any more. */
  UNAUTHORIZED("Unauthorized"),
  /** The server stops. */
  STOPPING("Stopping");

  private final String word;

  SessionEvent(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
