// What @azure/communication-identity and -common throw when Parley says no.
import assert from "node:assert/strict";
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { AzureKeyCredential } from "@azure/core-auth";
import { check, parley } from "../harness/proof.mjs";

const here = import.meta.url;
const clientOf = (sdk) => new CommunicationIdentityClient(parley.connectionString, sdk);
const someone = "00000000-0000-4000-8000-000000000000";

for (const minutes of [1, 59, 1441, 100000]) {
  check(here, `a life of ${minutes} minutes`, [], async (sdk) => {
    const client = clientOf(sdk);
    const user = await client.createUser();

    await refused(400, "BadRequest", () =>
      client.getToken(user, ["chat"], { tokenExpiresInMinutes: minutes }),
    );
  });
}

check(here, "an unknown scope", [], async (sdk) => {
  const client = clientOf(sdk);
  const user = await client.createUser();

  await refused(400, "BadRequest", () => client.getToken(user, ["everything"]));
});

check(here, "no scope", [], async (sdk) => {
  const client = clientOf(sdk);
  const user = await client.createUser();

  await refused(400, "BadRequest", () => client.getToken(user, []));
});

check(here, "a token for an unknown user", [], async (sdk) => {
  const user = { communicationUserId: `8:acs:${parley.resourceId}_${someone}` };

  await refused(404, "IdentityNotFound", () => clientOf(sdk).getToken(user, ["chat"]));
});

check(here, "a token for a deleted user", [], async (sdk) => {
  const client = clientOf(sdk);
  const user = await client.createUser();
  await client.deleteUser(user);

  await refused(404, "IdentityNotFound", () => client.getToken(user, ["chat"]));
});

check(here, "a wrong key", [], async (sdk) => {
  const wrong = new AzureKeyCredential(Buffer.alloc(64, 7).toString("base64"));
  const client = new CommunicationIdentityClient(parley.endpoint, wrong, sdk);

  await refused(401, "Denied", () => client.createUser());
});

check(here, "a Teams exchange without an identity provider", [], async (sdk) => {
  await refused(403, "IdentityProviderNotConfigured", () =>
    clientOf(sdk).getTokenForTeamsUser({
      teamsUserAadToken: "a.b.c",
      clientId: someone,
      userObjectId: someone,
    }),
  );
});

const entraScopes = {
  "an Entra exchange without an identity provider":
    "https://communication.azure.com/clients/VoIP",
  "a Teams extension exchange without an identity provider":
    "https://auth.msft.communication.azure.com/TeamsExtension.ManageCalls",
};
for (const [name, scope] of Object.entries(entraScopes)) {
  check(here, name, [], async () => {
    const tokenCredential = {
      getToken: async () => ({ token: "a.b.c", expiresOnTimestamp: Date.now() + 3_600_000 }),
    };

    // The credential asks at once when it is made, and again here: both see the refusal.
    const failure = await firstFailure(async () => {
      const credential = new AzureCommunicationTokenCredential({
        resourceEndpoint: parley.endpoint,
        tokenCredential,
        scopes: [scope],
      });
      await credential.getToken();
    });

    assert.match(String(failure?.message), /Status: 403.*IdentityProviderNotConfigured/s);
  });
}

async function firstFailure(call) {
  try {
    await call();
  } catch (failure) {
    return failure;
  }
  return assert.fail("the call was not refused");
}

async function refused(status, code, call) {
  const failure = await firstFailure(call);
  assert.equal(failure.statusCode, status);
  assert.equal(failure.code, code);
  assert.ok(failure.message);
}
