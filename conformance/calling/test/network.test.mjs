import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Network } from "../harness/network.mjs";
import { openBrowser, Person } from "../harness/person.mjs";
import { freePort, Server } from "../harness/server.mjs";

const CUT_MILLIS = 10_000;
let network;
let server;
let browser;

before(async () => {
  const way = { port: await freePort(), mediaPort: await freePort() };
  network = await Network.open(way);
  server = await Server.start({
    port: way.port,
    "public-url": `https://localhost:${network.tcp}`,
    "media.port": way.mediaPort,
    "media.loops": 1,
    "media.announce": `127.0.0.1:${network.udp}`,
    "media.tcp": false,
  });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  network?.close();
  await server?.stop();
});

test("one whose network is cut for 10 s is back in the call", async () => {
  const group = { groupId: randomUUID() };
  const arrive = async (name, connections) => {
    network.owner = name;
    const person = await Person.arrive(browser, server, name);
    await person.call(group);
    await person.until("it is in the call", () => globalThis.t.call.state === "Connected");
    await person.until(
      `${connections} connections are up`,
      (count) => globalThis.peers.filter((peer) => peer.connectionState === "connected").length >= count,
      connections,
    );
    return person;
  };
  // One receives only when there is another: with Cai there, both of Ann's ways are hers before Ben comes.
  const cai = await arrive("Cai", 1);
  const ann = await arrive("Ann", 2);
  const ben = await arrive("Ben", 2);
  await cai.do(() => globalThis.t.call.hangUp());
  await cai.leave();
  for (const one of [ann, ben]) {
    await one.until("Cai is gone", () => globalThis.t.call.remoteParticipants.length === 1);
  }
  // Not a burst of what was late: pictures in three looks in a row, and sound.
  const flows = (one) => one.until("sound and video flow on", async () => {
    const first = await globalThis.flow();
    let last = first;
    for (let look = 0; look < 3; look++) {
      const { frames } = last;
      await new Promise((done) => setTimeout(done, 400));
      last = await globalThis.flow();
      if (last.frames <= frames) return false;
    }
    return last.energy > first.energy;
  });
  await Promise.all([ann, ben].map(flows));
  const id = await ann.do(() => globalThis.t.call.id);

  const fragments = await ann.do(() =>
    globalThis.peers.flatMap((peer) => [peer.localDescription, peer.remoteDescription].flatMap((side) =>
      [...(side?.sdp ?? "").matchAll(/a=ice-ufrag:(\S+)/g)].map((found) => found[1]))));
  network.cut("Ann", fragments);
  const begun = Date.now();
  const still = await ann.flow();
  // This wait is what is tested: how long the network is away.
  await pause(CUT_MILLIS);
  assert.ok((await ann.flow()).frames - still.frames < 60, "the cut let pictures through");
  network.mend();
  const mended = Date.now();
  await Promise.all([ann, ben].map(flows));
  console.log(`cut for ${mended - begun} ms; sound and pictures flow again, seen after ${Date.now() - mended} ms, of which 1200 ms are the look`);
  for (const one of [ann, ben]) {
    assert.equal(await one.do(() => globalThis.t.call.id), id);
    assert.equal(await one.do(() => globalThis.t.call.remoteParticipants.length), 1);
  }
  await Promise.all([ann.leave(), ben.leave()]);
});
