// The relay through @azure/communication-network-traversal, unmodified. That a TURN server believes
// what is given out is proven with the server; here it is what the SDK makes of the answer.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { CommunicationRelayClient } from "@azure/communication-network-traversal";
import { DefaultHttpClient } from "@azure/core-http";
import { check, parley } from "../harness/proof.mjs";
import { identity, refused } from "../harness/people.mjs";

const here = import.meta.url;
const operation = "networkTraversal.issueRelayConfiguration";

/** The package is of an older make and takes no policies, but an HTTP client. */
function clientOf(sdk, credential) {
  const inner = new DefaultHttpClient();
  const httpClient = {
    async sendRequest(request) {
      const response = await inner.sendRequest(request);
      const url = new URL(request.url);
      const target = url.pathname + url.search;
      sdk.exchanges.push({ method: request.method, target, status: response.status });
      return response;
    },
  };
  return credential
    ? new CommunicationRelayClient(parley.endpoint, credential, { httpClient })
    : new CommunicationRelayClient(parley.connectionString, { httpClient });
}

/** Seconds from now until a time. */
const until = (time) => (time.getTime() - Date.now()) / 1000;

check(here, "gives out a relay of each route type", [operation], async (sdk) => {
  const relay = await clientOf(sdk).getRelayConfiguration();

  assert.deepEqual(relay.iceServers.map(({ routeType }) => routeType), ["any", "nearest"]);
  for (const { urls, username, credential } of relay.iceServers) {
    assert.deepEqual(urls, [process.env.PARLEY_RELAY_URL]);
    assert.equal(username, `${relay.expiresOn.getTime() / 1000}:${parley.resourceId}`);
    const hmac = createHmac("sha1", process.env.PARLEY_RELAY_SECRET).update(username).digest("base64");
    assert.equal(credential, hmac);
  }
  assert.ok(until(relay.expiresOn) > 172_000 && until(relay.expiresOn) <= 172_800);
});

check(here, "gives out a relay for a user, a route and a time", [operation], async (sdk) => {
  const { communicationUserId } = await identity.createUser();
  const options = { id: communicationUserId, routeType: "nearest", ttl: 600 };

  const relay = await clientOf(sdk).getRelayConfiguration(options);

  assert.equal(relay.iceServers.length, 1);
  assert.equal(relay.iceServers[0].routeType, "nearest");
  assert.ok(relay.iceServers[0].username.endsWith(`:${communicationUserId}`));
  assert.ok(until(relay.expiresOn) > 500 && until(relay.expiresOn) <= 600);
});

check(here, "refuses users who are not there, no time, and a wrong key", [], async (sdk) => {
  const nobody = `8:acs:${parley.resourceId}_00000000-0000-4000-8000-000000000000`;
  const client = clientOf(sdk);

  await refused(404, "IdentityNotFound", () => client.getRelayConfiguration({ id: nobody }));
  await refused(400, "BadRequest", () => client.getRelayConfiguration({ ttl: 0 }));
  await refused(400, "BadRequest", () => client.getRelayConfiguration({ routeType: "farthest" }));
  const stranger = clientOf(sdk, { key: "d3Jvbmcga2V5" });
  await refused(401, "Denied", () => stranger.getRelayConfiguration());
});
