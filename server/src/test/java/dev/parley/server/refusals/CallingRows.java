package dev.parley.server.refusals;

import java.util.List;

/** Calling: its one socket. What is refused on it stands in {@code SignallingIT}. */
final class CallingRows {
  private CallingRows() {}

  static List<Row> rows() {
    return Row.list(Row.of("calling.signalling").noBody("it takes no body"));
  }
}
