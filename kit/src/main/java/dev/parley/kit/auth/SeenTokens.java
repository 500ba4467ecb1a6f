package dev.parley.kit.auth;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens whose signature was found good, by the hash of their text. Bounded: when the young half is
 * full it becomes the old half and the old one is let go; a token found in the old half moves to
 * the young one. Only good tokens enter, so that rubbish cannot push them out. Thread-safe.
 */
final class SeenTokens {
  record Seen(String keyId, TokenClaims claims) {}

  private final int halfMax;
  private final Object lock = new Object();
  private Map<ByteBuffer, Seen> young = new HashMap<>();
  private Map<ByteBuffer, Seen> old = new HashMap<>();

  SeenTokens(int entriesMax) {
    halfMax = Math.max(1, entriesMax / 2);
  }

  @Nullable Seen get(ByteBuffer hash) {
    synchronized (lock) {
      Seen seen = young.get(hash);
      if (seen == null) {
        seen = old.remove(hash);
        if (seen != null) {
          insert(hash, seen);
        }
      }
      return seen;
    }
  }

  void put(ByteBuffer hash, Seen seen) {
    synchronized (lock) {
      insert(hash, seen);
    }
  }

  void remove(ByteBuffer hash) {
    synchronized (lock) {
      young.remove(hash);
      old.remove(hash);
    }
  }

  int size() {
    synchronized (lock) {
      return young.size() + old.size();
    }
  }

  private void insert(ByteBuffer hash, Seen seen) {
    if (young.size() >= halfMax) {
      old = young;
      young = new HashMap<>();
    }
    young.put(hash, seen);
  }
}
