package dev.parley.server.refusals;

import dev.parley.kit.http.Access;
import dev.parley.server.refusals.Row.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

/** The credentials with which each operation is asked, one column of the matrix each. */
enum Credential {
  NONE((ask, world) -> {}),
  UNKNOWN_SCHEME((ask, world) -> ask.header("Authorization", "Basic dTpw")),
  MALFORMED_SIGNATURE((ask, world) -> ask.header("Authorization", "HMAC-SHA256 Signature")),
  WRONG_KEY((ask, world) -> ask.signed("d3Jvbmcga2V5", world.server.clock())),
  DATE_TOO_OLD((ask, world) -> ask.signed(world.key, now(world).minus(Duration.ofHours(1)))),
  DATE_AHEAD((ask, world) -> ask.signed(world.key, now(world).plus(Duration.ofHours(1)))),
  KEY_OF_ANOTHER_HOST((ask, world) ->
      ask.host("default." + world.server.uri("/").getRawAuthority())
          .signed(world.foreignKey, world.server.clock())),
  ROTATED_KEY((ask, world) -> ask.signed(world.rotatedKey, world.server.clock())),
  KEY_OF_DELETED_RESOURCE((ask, world) -> ask.signed(world.goneKey, world.server.clock())),
  RIGHT_KEY((ask, world) -> ask.signed(world.key, world.server.clock())),
  MALFORMED_TOKEN((ask, world) -> ask.bearer("a.b.c")),
  FORGED_TOKEN((ask, world) -> ask.bearer(forged(world.token))),
  EXPIRED_TOKEN((ask, world) -> ask.bearer(world.expiredToken)),
  REVOKED_TOKEN((ask, world) -> ask.bearer(world.revokedToken)),
  TOKEN_OF_DELETED_USER((ask, world) -> ask.bearer(world.deletedUsersToken)),
  TOKEN_OF_DELETED_RESOURCE((ask, world) -> ask.bearer(world.goneToken)),
  TOKEN_WITHOUT_SCOPE((ask, world) -> ask.bearer(world.tokenWithoutScope)),
  RIGHT_TOKEN((ask, world) -> ask.bearer(world.token)),
  OPERATOR((ask, world) -> ask.bearer(world.operator));

  private final BiConsumer<Ask, World> sign;

  Credential(BiConsumer<Ask, World> sign) {
    this.sign = sign;
  }

  private static Instant now(World world) {
    return world.server.clock().now();
  }

  /** The same claims with a signature that is not theirs. */
  private static String forged(String token) {
    int at = token.lastIndexOf('.') + 10;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  void sign(Ask ask, World world) {
    sign.accept(ask, world);
  }

  /** The credential that {@code access} asks for. */
  static Credential right(Access access) {
    return switch (access) {
      case Access.Anyone anyone -> NONE;
      case Access.Key key -> RIGHT_KEY;
      case Access.User user -> RIGHT_TOKEN;
      case Access.Operator operator -> OPERATOR;
    };
  }

  /** What an operation with {@code access} answers to it. */
  Cell expected(Access access) {
    if (access instanceof Access.Anyone) {
      return Cell.none("it asks for no credential");
    }
    if (this == right(access)) {
      return Cell.none("it is the right credential");
    }
    return switch (this) {
      case UNKNOWN_SCHEME,
          MALFORMED_SIGNATURE,
          WRONG_KEY,
          DATE_TOO_OLD,
          DATE_AHEAD,
          KEY_OF_ANOTHER_HOST,
          ROTATED_KEY,
          KEY_OF_DELETED_RESOURCE ->
          Cell.of(401, "Denied");
      case TOKEN_WITHOUT_SCOPE ->
          switch (access) {
            case Access.User user when user.scopes().isEmpty() ->
                Cell.none("a token of any scope may");
            case Access.User user -> Cell.of(403, "Forbidden");
            case Access.Anyone anyone -> unauthorized();
            case Access.Key key -> unauthorized();
            case Access.Operator operator -> unauthorized();
          };
      case NONE,
          RIGHT_KEY,
          MALFORMED_TOKEN,
          FORGED_TOKEN,
          EXPIRED_TOKEN,
          REVOKED_TOKEN,
          TOKEN_OF_DELETED_USER,
          TOKEN_OF_DELETED_RESOURCE,
          RIGHT_TOKEN,
          OPERATOR ->
          unauthorized();
    };
  }

  private static Cell unauthorized() {
    return Cell.of(401, "Unauthorized");
  }
}
