package dev.parley.kit.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One migration script: statements that end with a semicolon, comments from two dashes to the end
 * of the line, texts in single quotes.
 *
 * @param name the file's name, by which the store remembers that it had it
 */
record SqlScript(String name, String text) {
  /** Throws {@link IllegalStateException} when the class path does not have it. */
  static SqlScript load(String folder, String name) {
    String path = "/" + folder + "/" + name;
    try (InputStream in = SqlScript.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the migration " + path + " is not on the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new SqlScript(name, text.replace("\r\n", "\n"));
    } catch (IOException failure) {
      throw new IllegalStateException("the migration " + path + " cannot be read", failure);
    }
  }

  /** SHA-256 of the text, in hexadecimal digits. */
  String checksum() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  List<String> statements() {
    List<String> statements = new ArrayList<>();
    var statement = new StringBuilder();
    boolean quoted = false;
    for (int index = 0; index < text.length(); index++) {
      char next = text.charAt(index);
      if (!quoted && text.startsWith("--", index)) {
        index = endOfLine(index) - 1;
      } else if (!quoted && next == ';') {
        addUnlessBlank(statements, statement);
        statement.setLength(0);
      } else {
        quoted ^= next == '\'';
        statement.append(next);
      }
    }
    addUnlessBlank(statements, statement);
    return statements;
  }

  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static void addUnlessBlank(List<String> statements, StringBuilder statement) {
    String sql = statement.toString().strip();
    if (!sql.isEmpty()) {
      statements.add(sql);
    }
  }
}
