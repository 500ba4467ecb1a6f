package dev.parley.services.identity;

import dev.parley.kit.base.ResourceId;
import java.util.Optional;
import java.util.UUID;

/**
 * The id of a communication user. On the wire it is {@code 8:acs:<resource>_<guid>}: two parts
 * after the prefix, since three would mean a Teams extension user (compat §2.3).
 */
public record UserId(ResourceId resource, UUID user) {
  private static final String PREFIX = "8:acs:";
  private static final int GUID_CHARACTERS = 36;

  /** Parses the raw id; empty for anything that is not exactly of this form. */
  public static Optional<UserId> parse(String raw) {
    int length = PREFIX.length() + 2 * GUID_CHARACTERS + 1;
    if (raw.length() != length || !raw.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String parts = raw.substring(PREFIX.length());
    if (parts.charAt(GUID_CHARACTERS) != '_') {
      return Optional.empty();
    }
    try {
      UserId id =
          new UserId(
              ResourceId.parse(parts.substring(0, GUID_CHARACTERS)),
              UUID.fromString(parts.substring(GUID_CHARACTERS + 1)));
      return id.toString().equalsIgnoreCase(raw) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** The raw id. */
  @Override
  public String toString() {
    return PREFIX + resource + "_" + user;
  }
}
