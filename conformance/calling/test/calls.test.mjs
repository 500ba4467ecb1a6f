import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { hearsAndSees, isNotSilent, isSilent } from "../harness/flow.mjs";
import { openBrowser, Person } from "../harness/person.mjs";
import { Server } from "../harness/server.mjs";

let server;
let browser;

before(async () => {
  server = await Server.start();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const connected = () => globalThis.t.call?.state === "Connected";
const seesOthers = (count) =>
  globalThis.t.call.remoteParticipants.filter((one) => one.state === "Connected").length === count;

test("one calls another: ring, accept, both ways, mute, video, screen, hold, hang up", async () => {
  const ann = await Person.arrive(browser, server, "Ann");
  const ben = await Person.arrive(browser, server, "Ben");
  await ann.call([ben]);
  await ben.until("it rings", () => globalThis.t.rung.length === 1);
  await ben.do(async () => {
    globalThis.t.call = await globalThis.t.rung[0].accept({
      videoOptions: { localVideoStreams: [globalThis.t.camera] },
    });
  });
  for (const one of [ann, ben]) await one.until("the call is connected", connected);
  await Promise.all([ann, ben].map((one) => hearsAndSees(one, 1)));

  await ann.do(() => globalThis.t.call.mute());
  await ben.until("Ann is muted", () => globalThis.t.call.remoteParticipants[0].isMuted);
  await isSilent(ben);
  await ann.do(() => globalThis.t.call.unmute());
  await isNotSilent(ben);

  await ann.do(() => globalThis.t.call.stopVideo(globalThis.t.camera));
  await ben.until("Ann's video is gone", () =>
    globalThis.t.call.remoteParticipants[0].videoStreams.every((stream) => !stream.isAvailable));
  await ann.do(() => globalThis.t.call.startVideo(globalThis.t.camera));
  await hearsAndSees(ben, 1);

  await ben.do(() => globalThis.t.call.startScreenSharing());
  await ann.until("Ben's screen is there", () =>
    globalThis.t.call.remoteParticipants[0].videoStreams.some(
      (stream) => stream.mediaStreamType === "ScreenSharing" && stream.isAvailable));
  await hearsAndSees(ann, 2);
  await ben.do(() => globalThis.t.call.stopScreenSharing());

  await ann.do(() => globalThis.t.call.hold());
  await ben.until("Ann holds", () => globalThis.t.call.remoteParticipants[0].state === "Hold");
  await isSilent(ben);
  await isSilent(ann);
  await ann.do(() => globalThis.t.call.resume());
  await Promise.all([ann, ben].map((one) => hearsAndSees(one, 1)));

  await ann.do(() => globalThis.t.call.hangUp());
  await ben.until("the call ended", () => globalThis.t.call.state === "Disconnected");
  const reason = await ben.do(() => globalThis.t.call.callEndReason);
  assert.equal(reason.code, 0);
  await Promise.all([ann.leave(), ben.leave()]);
});

test("four meet in a group: late join, remove, leave, end for everyone", async () => {
  const people = [];
  const group = { groupId: randomUUID() };
  for (const name of ["Ann", "Ben", "Cai"]) people.push(await Person.arrive(browser, server, name));
  const [ann, ben, cai] = people;
  for (const one of people) await one.call(group);
  for (const one of people) await one.until("all are there", seesOthers, 2);
  await ann.do(() => globalThis.t.call.mute());
  await ben.until("Ann is muted", () =>
    globalThis.t.call.remoteParticipants.some((one) => one.displayName === "Ann" && one.isMuted));

  const dee = await Person.arrive(browser, server, "Dee");
  await dee.call(group);
  await dee.until("all three are there", seesOthers, 3);
  const late = await dee.do(() =>
    globalThis.t.call.remoteParticipants.map((one) => [one.displayName, one.isMuted]).sort());
  assert.deepEqual(late, [["Ann", true], ["Ben", false], ["Cai", false]]);
  await Promise.all([ann, ben, cai, dee].map((one) => hearsAndSees(one, 3)));

  await ann.do(async (id) => {
    const call = globalThis.t.call;
    await call.removeParticipant({ communicationUserId: id });
  }, cai.id);
  await cai.until("it was removed", () => globalThis.t.call.state === "Disconnected");
  assert.equal((await cai.do(() => globalThis.t.call.callEndReason)).subCode, 5300);
  for (const one of [ann, ben, dee]) await one.until("two others are left", seesOthers, 2);

  await ben.do(() => globalThis.t.call.hangUp());
  for (const one of [ann, dee]) await one.until("one other is left", seesOthers, 1);
  await ann.do(() => globalThis.t.call.hangUp({ forEveryone: true }));
  await dee.until("it ended for everyone", () => globalThis.t.call.state === "Disconnected");
  assert.equal((await dee.do(() => globalThis.t.call.callEndReason)).subCode, 4097);
  await Promise.all([ann, ben, cai, dee].map((one) => one.leave()));
});

test("the echo call is heard back", async () => {
  const ann = await Person.arrive(browser, server, "Ann");
  await ann.do(() => {
    globalThis.t.call = globalThis.t.agent.startCall([{ id: "8:echo123" }]);
  });
  await ann.until("the call is connected", connected);
  await isNotSilent(ann);
  await ann.do(() => globalThis.t.call.hangUp());
  await ann.leave();
});

test("the server is killed and started again: both are back in the same call", async () => {
  const group = { groupId: randomUUID() };
  const ann = await Person.arrive(browser, server, "Ann");
  const ben = await Person.arrive(browser, server, "Ben");
  for (const one of [ann, ben]) await one.call(group);
  await Promise.all([ann, ben].map((one) => hearsAndSees(one, 1)));
  const before = await ann.do(() => globalThis.t.call.id);
  await server.kill();
  await server.again();
  for (const one of [ann, ben]) {
    await one.until("connections of the new server stand, those of the old are closed", () => {
      const states = globalThis.peers.map((peer) => peer.connectionState);
      return states.filter((each) => each === "closed").length >= 2 && states.filter((each) => each === "connected").length >= 2;
    });
    assert.equal(await one.do(() => globalThis.t.call.id), before);
    await one.until("the other is there", seesOthers, 1);
  }
  const begun = Date.now();
  await Promise.all([ann, ben].map((one) => hearsAndSees(one, 1)));
  console.log(`sound and pictures ${Date.now() - begun} ms after the connections of the new server`);
  await Promise.all([ann.leave(), ben.leave()]);
});
