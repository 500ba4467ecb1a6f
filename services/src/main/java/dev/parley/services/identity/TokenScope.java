package dev.parley.services.identity;

import java.util.Arrays;
import java.util.Optional;

/** What a user token may allow (compat §3). */
public enum TokenScope {
  CHAT("chat"),
  VOIP("voip"),
  CHAT_JOIN("chat.join"),
  CHAT_JOIN_LIMITED("chat.join.limited"),
  VOIP_JOIN("voip.join");

  private final String word;

  TokenScope(String word) {
    this.word = word;
  }

  /** The wire's word. */
  public String word() {
    return word;
  }

  /** Finds a scope by the wire's word. */
  public static Optional<TokenScope> ofWord(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
  }
}
