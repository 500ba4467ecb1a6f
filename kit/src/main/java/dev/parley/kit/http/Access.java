package dev.parley.kit.http;

import java.util.Set;

/** Which credential an operation asks for; checked by the pipeline before the operation runs. */
public sealed interface Access {
  /** Nothing is asked: health, JWKS, the development CA. */
  record Anyone() implements Access {}

  /** An access key of the resource (HMAC), or an Entra-style token for it. */
  record Key() implements Access {}

  /**
   * A user token that bears at least one of {@code scopes}; empty means any user token.
   *
   * @param scopes the scopes of compat §3, of which one suffices
   */
  record User(Set<String> scopes) implements Access {}

  /** The operator of this installation. */
  record Operator() implements Access {}

  /** Anyone may call. */
  static Access anyone() {
    return new Anyone();
  }

  /** The resource's key. */
  static Access key() {
    return new Key();
  }

  /** A user with one of these scopes. */
  static Access user(String... scopes) {
    return new User(Set.of(scopes));
  }

  /** The operator. */
  static Access operator() {
    return new Operator();
  }
}
