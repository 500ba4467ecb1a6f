package dev.parley.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody most likely meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The word nearest to {@code typed}: at most a third of its length (and at least two) edits away,
   * where an edit inserts, deletes, replaces a letter or swaps two neighbours.
   */
  public static Optional<String> to(String typed, Collection<String> words) {
    int reach = Math.max(2, typed.length() / 3);
    return words.stream()
        .filter(word -> distance(typed, word) <= reach)
        .min(
            Comparator.<String>comparingInt(word -> distance(typed, word))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The number of edits between two words (optimal string alignment). */
  static int distance(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int row = 0; row <= from.length(); row++) {
      for (int column = 0; column <= to.length(); column++) {
        edits[row][column] = cell(edits, from, to, row, column);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int cell(int[][] edits, String from, String to, int row, int column) {
    if (row == 0 || column == 0) {
      return row + column;
    }
    int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
    int best =
        Math.min(
            Math.min(edits[row - 1][column], edits[row][column - 1]) + 1,
            edits[row - 1][column - 1] + replaced);
    boolean swapped =
        row > 1
            && column > 1
            && from.charAt(row - 1) == to.charAt(column - 2)
            && from.charAt(row - 2) == to.charAt(column - 1);
    return swapped ? Math.min(best, edits[row - 2][column - 2] + 1) : best;
  }
}
