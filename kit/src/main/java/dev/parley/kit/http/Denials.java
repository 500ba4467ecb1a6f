package dev.parley.kit.http;

import java.util.Collections;

/** The ways in which a credential is not enough. */
public final class Denials {
  public static final Problem MISSING_CREDENTIAL =
      new Problem(401, "Unauthorized", "The request has no credential.");

  /** What ACS answers to a wrong, malformed or skewed signature. */
  public static final Problem DENIED =
      new Problem(401, "Denied", "Denied by the resource provider.");

  /** A user token that is malformed, expired, revoked or of a resource that is gone. */
  public static final Problem BAD_TOKEN =
      new Problem(401, "Unauthorized", "The user token is invalid, expired or revoked.");

  private Denials() {}

  /** Refuses a caller whose credential is of another kind or lacks the scope. */
  static void requireRight(Access access, Caller caller) {
    boolean right =
        switch (access) {
          case Access.Anyone anyone -> true;
          case Access.Key key -> caller instanceof Caller.KeyHolder;
          case Access.Operator operator -> caller instanceof Caller.Operator;
          case Access.User user -> caller instanceof Caller.User one && allows(user, one);
        };
    if (!right) {
      throw refusal(access, caller).exception();
    }
  }

  private static boolean allows(Access.User access, Caller.User user) {
    return access.scopes().isEmpty() || !Collections.disjoint(access.scopes(), user.scopes());
  }

  private static Problem refusal(Access access, Caller caller) {
    return access instanceof Access.User && caller instanceof Caller.User
        ? new Problem(403, "Forbidden", "The token lacks the scope that this operation needs.")
        : new Problem(401, "Unauthorized", "This operation needs another kind of credential.");
  }
}
