package dev.parley.services.resources;

import dev.parley.kit.base.Secret;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of a resource's two keys.
 *
 * @param secret the key's bytes; the connection string holds them in base64
 * @param createdAt when it was made; its age is what an operator watches
 * @param lastUsedAt when a request was last signed with it, to the minute; null for never
 */
public record AccessKey(
    Slot slot, Secret<byte[]> secret, Instant createdAt, @Nullable Instant lastUsedAt) {

  /** Two, so that one can be rotated while the other is in use. */
  public enum Slot {
    PRIMARY,
    SECONDARY;

    /** The wire's word. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
