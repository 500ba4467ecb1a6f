package dev.parley.kit.http;

import dev.parley.kit.base.ResourceId;
import java.time.Instant;
import java.util.Set;

/** Who asks, as proven by the credential of the request. */
public sealed interface Caller {
  /** Nobody in particular: the operation asked for no credential. */
  record Anonymous() implements Caller {}

  /** The holder of one of the resource's access keys. */
  record KeyHolder(ResourceId resource) implements Caller {}

  /**
   * A user of the resource.
   *
   * @param userId the raw id, {@code 8:acs:<resource>_<guid>}
   * @param scopes what the token allows
   * @param expiresAt when the token ends by itself
   */
  record User(ResourceId resource, String userId, Set<String> scopes, Instant expiresAt)
      implements Caller {}

  /** The operator of this installation. */
  record Operator() implements Caller {}
}
