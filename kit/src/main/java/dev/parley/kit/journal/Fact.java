package dev.parley.kit.journal;

import dev.parley.kit.base.ResourceId;
import java.time.Instant;

/**
 * Something that happened and stays true.
 *
 * @param resource the tenant it belongs to
 * @param type the fact's kind, named by its feature, for example {@code identity.userDeleted}
 * @param subject what it is about: a user, a thread, a call; the key by which it can be erased
 * @param at when it happened, by the server's clock; stored to the millisecond
 * @param body the feature's own JSON, at most {@value #BODY_MAX} characters
 */
public record Fact(ResourceId resource, String type, String subject, Instant at, String body) {
  /** Characters a body may have. */
  public static final int BODY_MAX = 1024 * 1024;

  /** Throws {@link IllegalArgumentException} when the body is longer than {@link #BODY_MAX}. */
  public Fact {
    if (body.length() > BODY_MAX) {
      throw new IllegalArgumentException("a fact of " + type + " is longer than " + BODY_MAX);
    }
  }
}
