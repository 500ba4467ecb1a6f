package dev.parley.services.resources;

import java.time.Duration;

/** Numbers of resources and keys. */
public final class ResourceLimits {
  /** A DNS label (RFC 1035 §2.3.4), since the name is the resource's host. */
  public static final int NAME_CHARACTERS_MAX = 63;

  /** Ours: bounds the directory that is kept in memory. */
  public static final int RESOURCES_MAX = 10_000;

  /** As long as the keys that ACS gives out. */
  public static final int KEY_BYTES = 64;

  /** How exactly a key's last use is remembered. */
  public static final Duration LAST_USE_GRAIN = Duration.ofMinutes(1);

  private ResourceLimits() {}

  /** Letters, digits and inner hyphens, in any case. */
  static boolean isName(String name) {
    if (name.isEmpty() || name.length() > NAME_CHARACTERS_MAX) {
      return false;
    }
    boolean edges = name.charAt(0) != '-' && name.charAt(name.length() - 1) != '-';
    return edges && name.chars().allMatch(c -> c == '-' || isLetterOrDigit(c));
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
