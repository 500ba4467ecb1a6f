package dev.parley.conformance.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The ledger's file format: lines of tab-separated cells, {@code #} comments, one heading line. */
final class TabbedLines {

  private TabbedLines() {}

  /** The lines below the heading; a missing file is an error, an empty one is not. */
  static List<String> read(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank() && !line.startsWith("#")).skip(1).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The ledger file cannot be read: " + file, unreadable);
    }
  }
}
