package dev.parley.kit.bus;

/** The rules of subjects and patterns, as NATS has them. */
final class Subjects {
  private Subjects() {}

  /** Throws {@link IllegalArgumentException} unless {@code subject} can be published to. */
  static void requireSubject(String subject) {
    if (isWildcard(subject)) {
      throw new IllegalArgumentException("a message has one subject, not a pattern: " + subject);
    }
    requireTokens(subject);
  }

  /** Throws {@link IllegalArgumentException} unless {@code pattern} can be subscribed to. */
  static void requirePattern(String pattern) {
    requireTokens(pattern);
    String[] tokens = pattern.split("\\.", -1);
    for (int index = 0; index < tokens.length; index++) {
      boolean wildcard = tokens[index].equals("*") || tokens[index].equals(">");
      if (!wildcard && isWildcard(tokens[index])) {
        throw new IllegalArgumentException("a wildcard is a whole token: " + pattern);
      }
      if (tokens[index].equals(">") && index < tokens.length - 1) {
        throw new IllegalArgumentException("> stands at the end: " + pattern);
      }
    }
  }

  static boolean isWildcard(String pattern) {
    return pattern.indexOf('*') >= 0 || pattern.indexOf('>') >= 0;
  }

  /** Whether {@code subject} falls under {@code pattern}; {@code >} takes one token or more. */
  static boolean matches(String pattern, String subject) {
    String[] wanted = pattern.split("\\.", -1);
    String[] given = subject.split("\\.", -1);
    for (int index = 0; index < wanted.length; index++) {
      if (index >= given.length) {
        return false;
      }
      if (wanted[index].equals(">")) {
        return true;
      }
      if (!wanted[index].equals("*") && !wanted[index].equals(given[index])) {
        return false;
      }
    }
    return wanted.length == given.length;
  }

  private static void requireTokens(String subject) {
    char before = '.';
    for (int at = 0; at <= subject.length(); at++) {
      char next = at < subject.length() ? subject.charAt(at) : '.';
      if (Character.isWhitespace(next) || next == '.' && before == '.') {
        throw new IllegalArgumentException("an empty token or a blank in: '" + subject + "'");
      }
      before = next;
    }
  }
}
