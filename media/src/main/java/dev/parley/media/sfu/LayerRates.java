package dev.parley.media.sfu;

/**
 * What each layer of a video track costs, measured: rows are simulcast encodings or spatial layers,
 * columns temporal layers, each with all that it needs below.
 */
final class LayerRates {
  static final int ROWS = 4;
  static final int COLUMNS = 4;

  /** A layer that sends so little still exists: a still screen, a dark room. */
  private static final long LEAST_BPS = 10_000;

  private final RateMeter[][] meters = new RateMeter[ROWS][COLUMNS];
  private final long[][] lastAt = new long[ROWS][COLUMNS];
  private final long[][] rates = new long[ROWS][COLUMNS];

  LayerRates() {
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        meters[row][column] = new RateMeter();
        lastAt[row][column] = Long.MIN_VALUE / 2;
      }
    }
  }

  void add(int row, int column, int bytes, long now) {
    int r = Math.min(row, ROWS - 1);
    int c = Math.min(column, COLUMNS - 1);
    meters[r][c].add(bytes);
    lastAt[r][c] = now;
  }

  void tick(long now) {
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        meters[row][column].tick(now);
      }
    }
  }

  /** The table as the allocation wants it; the same array each time. */
  long[][] table(boolean spatialNeedsLower, long silentNanos, long now) {
    for (int row = 0; row < ROWS; row++) {
      long sum = 0;
      for (int column = 0; column < COLUMNS; column++) {
        boolean there = now - lastAt[row][column] < silentNanos;
        if (there) {
          sum += Math.max(LEAST_BPS, meters[row][column].bitrateBps());
        }
        long below = spatialNeedsLower && row > 0 ? rates[row - 1][column] : 0;
        rates[row][column] = there ? sum + below : 0;
      }
    }
    return rates;
  }
}
