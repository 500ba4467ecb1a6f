// Users and tokens through @azure/communication-identity, unmodified.
import assert from "node:assert/strict";
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { AzureKeyCredential } from "@azure/core-auth";
import { check, parley } from "../harness/proof.mjs";
import { claimsOf } from "../harness/token.mjs";

const here = import.meta.url;
const clientOf = (sdk) => new CommunicationIdentityClient(parley.connectionString, sdk);
const idOfThisResource = new RegExp(`^8:acs:${parley.resourceId}_[0-9a-f-]{36}$`);

check(here, "creates a user", ["identity.create"], async (sdk) => {
  const user = await clientOf(sdk).createUser();

  assert.match(user.communicationUserId, idOfThisResource);
});

check(here, "creates a user with a token", ["identity.create"], async (sdk) => {
  const made = await clientOf(sdk).createUserAndToken(["chat", "voip"], {
    tokenExpiresInMinutes: 90,
  });

  const claims = claimsOf(made.token);
  assert.deepEqual(claims.scopes, ["chat", "voip"]);
  assert.equal(claims.userId, made.user.communicationUserId);
  assert.equal(claims.lifeMinutes, 90);
});

for (const scope of ["chat", "voip", "chat.join", "chat.join.limited", "voip.join"]) {
  check(here, `issues a token for ${scope}`, ["identity.issueAccessToken"], async (sdk) => {
    const client = clientOf(sdk);
    const user = await client.createUser();

    const { token, expiresOn } = await client.getToken(user, [scope]);

    const claims = claimsOf(token);
    assert.deepEqual(claims.scopes, [scope]);
    assert.equal(claims.lifeMinutes, 1440);
    assert.equal(Math.floor(expiresOn.getTime() / 1000), claims.expiry);
  });
}

for (const minutes of [60, 61, 720, 1440]) {
  check(here, `issues a token of ${minutes} minutes`, ["identity.issueAccessToken"], async (sdk) => {
    const client = clientOf(sdk);

    const { token } = await client.getToken(await client.createUser(), ["chat"], {
      tokenExpiresInMinutes: minutes,
    });

    assert.equal(claimsOf(token).lifeMinutes, minutes);
  });
}

check(here, "revokes tokens", ["identity.revokeAccessTokens"], async (sdk) => {
  const client = clientOf(sdk);
  const user = await client.createUser();
  await client.getToken(user, ["chat"]);

  await client.revokeTokens(user);

  assert.ok((await client.getToken(user, ["chat"])).token);
});

check(here, "deletes a user", ["identity.delete"], async (sdk) => {
  const client = clientOf(sdk);

  await client.deleteUser(await client.createUser());
});

check(here, "works with endpoint and key", ["identity.create"], async (sdk) => {
  const key = new AzureKeyCredential(parley.accessKey);

  const user = await new CommunicationIdentityClient(parley.endpoint, key, sdk).createUser();

  assert.match(user.communicationUserId, idOfThisResource);
});

check(here, "encodes the id in the path", ["identity.delete"], async (sdk) => {
  const client = clientOf(sdk);
  const user = await client.createUser();

  await client.deleteUser(user);

  const path = `/identities/${encodeURIComponent(user.communicationUserId)}?`;
  assert.ok(sdk.exchanges.some(({ target }) => target.startsWith(path)));
});

check(here, "gives a token that the SDK's credential reads", [], async (sdk) => {
  const client = clientOf(sdk);
  const { token } = await client.getToken(await client.createUser(), ["chat"]);

  const read = await new AzureCommunicationTokenCredential(token).getToken();

  assert.equal(read.token, token);
  assert.equal(read.expiresOnTimestamp, claimsOf(token).expiry * 1000);
});

check(here, "refreshes through the SDK's credential", ["identity.issueAccessToken"], async (sdk) => {
  const client = clientOf(sdk);
  const user = await client.createUser();
  const credential = new AzureCommunicationTokenCredential({
    tokenRefresher: async () => (await client.getToken(user, ["chat"])).token,
  });

  const read = await credential.getToken();

  assert.equal(claimsOf(read.token).userId, user.communicationUserId);
  credential.dispose();
});
