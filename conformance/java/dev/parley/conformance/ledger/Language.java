package dev.parley.conformance.ledger;

import java.util.Locale;

/** A language that Microsoft ships an SDK for; one column of the ledger. */
public enum Language {
  JAVA("Java"),
  JAVASCRIPT("JavaScript"),
  PYTHON("Python"),
  /** Only ever read, never run here: a build cannot prove it. */
  DOTNET(".NET");

  private final String title;

  Language(String title) {
    this.title = title;
  }

  /** The name that people write. */
  public String title() {
    return title;
  }

  /** The name in the ledger's files, for example {@code javascript}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The language of a ledger key.
   *
   * @throws IllegalArgumentException when no language has that key
   */
  public static Language ofKey(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
