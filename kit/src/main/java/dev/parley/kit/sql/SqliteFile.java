package dev.parley.kit.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** Checks of a database file before it is trusted. Header: sqlite.org/fileformat.html §1.3. */
final class SqliteFile {
  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private SqliteFile() {}

  /** A missing or empty file is a store that is yet to be made. */
  static void requireHeader(Path file) {
    if (Files.notExists(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(HEADER.length);
      if (start.length > 0 && !Arrays.equals(start, HEADER)) {
        throw new StoreDamaged(file + " is not a Parley store: its first bytes are wrong");
      }
    } catch (IOException failure) {
      throw new StoreUnwritable(file + " cannot be read: " + failure, failure);
    }
  }

  /**
   * @param check {@code quick_check} or {@code integrity_check}
   * @throws StoreDamaged with the first thing found wrong
   */
  static void requireSound(Path file, Connection connection, String check) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("pragma " + check + "(1)")) {
      String verdict = rows.next() ? rows.getString(1) : "no answer";
      if (!"ok".equals(verdict)) {
        throw new StoreDamaged(file + " is damaged: " + verdict);
      }
    }
  }

  /** Sorts a failure to open into what the operator can act on. */
  static StoreNotOpened whyNotOpened(Path file, SQLException failure) {
    return switch (failure.getErrorCode() & 0xff) {
      // SQLITE_CORRUPT, SQLITE_NOTADB
      case 11, 26 -> new StoreDamaged(file + " is damaged: " + failure.getMessage(), failure);
      default -> new StoreUnwritable(file + " cannot be written: " + failure.getMessage(), failure);
    };
  }
}
