package dev.parley.server.refusals;

import static dev.parley.server.refusals.Row.Cell.of;
import static dev.parley.server.refusals.Row.text;

import dev.parley.server.refusals.Row.Id;
import java.util.List;
import java.util.UUID;

/** Users, tokens, and their part of the management API. */
final class IdentityRows {
  private static final String NOTHING = "it takes no body";

  private static final Id USER =
      new Id(
          World::newUser,
          world -> "8:acs:" + world.resource + "_" + new UUID(7, 7),
          of(404, "IdentityNotFound"),
          "8:acs:nobody",
          of(400, "BadRequest"),
          world -> world.foreignUser,
          of(403, "Forbidden"));

  private IdentityRows() {}

  static List<Row> rows() {
    return Row.list(
        Row.of("identity.create")
            .body(world ->
                "{\"customId\":\"c1\",\"createTokenWithScopes\":[\"chat\"],\"expiresInMinutes\":60}")
            .optional("customId", text(257))
            .optional("createTokenWithScopes", "[" + text(300) + "]")
            .optional("expiresInMinutes", "1441"),
        Row.of("identity.get").id("id", USER).noBody(NOTHING),
        Row.of("identity.delete").id("id", USER).noBody(NOTHING),
        Row.of("identity.issueAccessToken")
            .id("id", USER)
            .body(world -> "{\"scopes\":[\"chat\"],\"expiresInMinutes\":60}")
            .required("scopes", "[" + text(300) + "]")
            .optional("expiresInMinutes", "1441"),
        Row.of("identity.revokeAccessTokens").id("id", USER).noBody(NOTHING),
        Row.of("identity.exchangeTeamsUserAccessToken")
            .body(world -> "{\"token\":\"t\",\"appId\":\"a\",\"userId\":\"u\"}")
            .field("token", true, text(90_000), of(403, "IdentityProviderNotConfigured"))
            .field("appId", true, text(90_000), of(403, "IdentityProviderNotConfigured"))
            .field("userId", true, text(90_000), of(403, "IdentityProviderNotConfigured"))
            .unrepeatable("without an identity provider it never succeeds"),
        Row.of("identity.exchangeEntraAccessToken")
            .noBody("its credential is refused before its body is looked at")
            .unrepeatable("without an identity provider it never succeeds"),
        Row.of("identity.exchangeTeamsExtensionAccessToken")
            .noBody("its credential is refused before its body is looked at")
            .unrepeatable("without an identity provider it never succeeds"),
        Row.of("identity.jwks").noBody(NOTHING),
        Row.of("manage.listUsers").id("name", ManageRows.DEFAULT_RESOURCE).noBody(NOTHING),
        Row.of("manage.issueToken")
            .id("name", ManageRows.DEFAULT_RESOURCE)
            .body(world ->
                "{\"scopes\":[\"chat\"],\"userId\":\""
                    + world.newUser()
                    + "\",\"expiresInMinutes\":60}")
            .required("scopes", "[" + text(300) + "]")
            .optional("userId", text(300))
            .optional("expiresInMinutes", "1441"),
        Row.of("manage.rotateSigningKey").noBody(NOTHING));
  }
}
