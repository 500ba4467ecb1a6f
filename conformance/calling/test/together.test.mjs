// What one does in a call is seen by the others: ringing and its ends, lobby, transfer, moderation, signs.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { isNotSilent, isSilent } from "../harness/flow.mjs";
import { openBrowser, Person } from "../harness/person.mjs";
import { Server } from "../harness/server.mjs";

let server;
let browser;
let ann;
let ben;
let cai;

before(async () => {
  server = await Server.start({ "test-clock": true });
  browser = await openBrowser();
  [ann, ben, cai] = await Promise.all(["Ann", "Ben", "Cai"].map((name) => Person.arrive(browser, server, name)));
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Everybody hangs up, so that the next test begins with nobody in a call. */
async function over(...people) {
  for (const one of people) {
    await one.do(() => Promise.all(globalThis.t.agent.calls.map((call) => call.hangUp())));
    await one.until("nothing goes on", () => globalThis.t.agent.calls.length === 0);
    await one.do(() => {
      globalThis.t.call = undefined;
      globalThis.t.rung = [];
    });
  }
}

const connected = () => globalThis.t.call?.state === "Connected";
const seesOthers = (count) =>
  globalThis.t.call.remoteParticipants.filter((one) => one.state === "Connected").length === count;
const rings = (one) => one.until("it rings", () => globalThis.t.rung.length === 1);
const ringsNoMore = (one) => one.until("it rings no more", () => globalThis.t.rung[0].callEndReason !== undefined);
const accept = (one) =>
  one.do(async () => {
    globalThis.t.call = await globalThis.t.rung[0].accept({ audioOptions: { muted: true } });
  });
const ringEnd = (one) => one.do(() => globalThis.t.rung[0].callEndReason);
const end = async (one) => {
  await one.until("the call ended", () => globalThis.t.call.state === "Disconnected");
  return one.do(() => globalThis.t.call.callEndReason);
};
const codes = ({ code, subCode }) => [code, subCode];

/** A group call of these people, all muted, none with a camera. */
async function meet(people, options = {}) {
  const group = { groupId: randomUUID() };
  for (const one of people) await join(one, group, options);
  for (const one of people) await one.until("all are there", seesOthers, people.length - 1);
  return group;
}

function join(one, group, options = {}) {
  return one.do(
    ([to, more]) => {
      globalThis.t.call = globalThis.t.agent.join(to, { audioOptions: { muted: true }, ...more });
    },
    [group, options],
  );
}

test("a call that is rejected ends with the caller's 603", async () => {
  await ann.call([ben], { video: false });
  await rings(ben);
  await ben.do(() => globalThis.t.rung[0].reject());
  assert.deepEqual(codes(await end(ann)), [603, 0]);
  await over(ann, ben);
});

test("a call that is taken back stops to ring", async () => {
  await ann.call([ben], { video: false });
  await rings(ben);
  await ann.do(() => globalThis.t.call.hangUp());
  await ringsNoMore(ben);
  assert.deepEqual(codes(await ringEnd(ben)), [487, 0]);
  await over(ann, ben);
});

test("who is in a call rings too, and stays in it", async () => {
  await meet([ben, cai]);
  await ann.call([ben], { video: false });
  await rings(ben);
  assert.ok(await ben.do(connected));
  await ben.do(() => globalThis.t.rung[0].reject());
  assert.deepEqual(codes(await end(ann)), [603, 0]);
  assert.ok(await ben.do(connected));
  await over(ann, ben, cai);
});

test("two devices of one user ring, one wins, the other stops", async () => {
  const other = await Person.arrive(browser, server, "Ben", { as: ben });
  await ann.call([ben], { video: false });
  await Promise.all([rings(ben), rings(other)]);
  await accept(other);
  await ringsNoMore(ben);
  assert.deepEqual(codes(await ringEnd(ben)), [0, 5003]);
  for (const one of [ann, other]) await one.until("the call is connected", connected);
  await over(ann, other, ben);
  await other.leave();
});

test("who comes late waits in the lobby: one is let in, another is not", async () => {
  const group = { groupId: randomUUID() };
  await join(ann, group, { lobby: true });
  await ann.until("the call is connected", connected);
  await join(ben, group);
  await join(cai, group);
  for (const one of [ben, cai]) await one.until("it waits", () => globalThis.t.call.state === "InLobby");
  assert.deepEqual(await ben.do(() => globalThis.t.call.remoteParticipants.length), 0);
  await ann.until("two wait", () => globalThis.t.call.lobby.participants.length === 2);
  await ann.do((id) => globalThis.t.call.lobby.admit({ communicationUserId: id }), ben.id);
  await ben.until("it is let in", connected);
  await ben.until("Ann is there", seesOthers, 1);
  await ann.do((id) => globalThis.t.call.lobby.reject({ communicationUserId: id }), cai.id);
  assert.deepEqual(codes(await end(cai)), [403, 5854]);
  await ann.until("nobody waits", () => globalThis.t.call.lobby.participants.length === 0);
  await over(ann, ben, cai);
});

test("a call of two becomes a group when one is added", async () => {
  await ann.call([ben], { video: false });
  await rings(ben);
  await accept(ben);
  await ann.until("the call is connected", connected);
  const id = await ann.do(() => globalThis.t.call.id);
  await ann.do((third) => void globalThis.t.call.addParticipant({ communicationUserId: third }), cai.id);
  await rings(cai);
  await accept(cai);
  for (const one of [ann, ben, cai]) await one.until("two others are there", seesOthers, 2);
  for (const one of [ann, ben, cai]) assert.equal(await one.do(() => globalThis.t.call.id), id);
  // It is a group now: two go on when the one who called leaves.
  await ann.do(() => globalThis.t.call.hangUp());
  for (const one of [ben, cai]) await one.until("one other is left", seesOthers, 1);
  await over(ann, ben, cai);
});

test("the other one is handed over to a third, and the one who did it is told", async () => {
  await ann.call([ben], { video: false });
  await rings(ben);
  await accept(ben);
  await ann.until("the call is connected", connected);
  await ben.do(() => {
    const transfer = globalThis.t.call.feature(globalThis.t.sdk.Features.Transfer);
    transfer.on("transferAccepted", ({ targetCall }) => (globalThis.t.target = targetCall));
  });
  await ann.do((third) => {
    const transfer = globalThis.t.call.feature(globalThis.t.sdk.Features.Transfer);
    globalThis.t.transfer = transfer.transfer({ targetParticipant: { communicationUserId: third } });
  }, cai.id);
  await rings(cai);
  await accept(cai);
  await ben.until("it is in the other call", () => globalThis.t.target?.state === "Connected");
  await ann.until("it is done", () => globalThis.t.transfer.state === "Transferred");
  await cai.until("Ben is there", seesOthers, 1);
  await ben.do(() => {
    globalThis.t.call = globalThis.t.target;
  });
  await over(ben, cai, ann);
});

test("others are muted, one or all, and know by whom", async () => {
  await meet([ann, ben, cai]);
  for (const one of [ben, cai]) {
    await one.do(async () => {
      globalThis.t.call.on("mutedByOthers", ({ mutedBy }) => (globalThis.t.mutedBy = mutedBy.communicationUserId));
      await globalThis.t.call.unmute();
    });
  }
  await isNotSilent(ann);
  await ann.do((id) => {
    const one = globalThis.t.call.remoteParticipants.find(({ identifier }) => identifier.communicationUserId === id);
    return one.mute();
  }, ben.id);
  await ben.until("it is muted", () => globalThis.t.call.isMuted);
  assert.equal(await ben.do(() => globalThis.t.mutedBy), ann.id);
  assert.equal(await cai.do(() => globalThis.t.call.isMuted), false);
  await ann.do(() => globalThis.t.call.muteAllRemoteParticipants());
  await cai.until("it is muted", () => globalThis.t.call.isMuted);
  await isSilent(ann);
  await ann.until("all are shown as muted", () => globalThis.t.call.remoteParticipants.every((one) => one.isMuted));
  await over(ann, ben, cai);
});

test("hands, reactions, spotlight and speakers are the others' too, and who comes late finds them", async () => {
  const group = await meet([ann, ben]);
  await ben.do(() => {
    const { Features } = globalThis.t.sdk;
    globalThis.t.reactions = [];
    globalThis.t.call.feature(Features.Reaction).on("reaction", (told) =>
      globalThis.t.reactions.push([told.identifier, told.reactionMessage.reactionType]));
  });
  await ann.do(async () => {
    const { Features } = globalThis.t.sdk;
    await globalThis.t.call.feature(Features.RaiseHand).raiseHand();
    await globalThis.t.call.feature(Features.Reaction).sendReaction({ reactionType: "heart" });
  });
  await ben.until("the heart came", () => globalThis.t.reactions.length === 1);
  assert.deepEqual(await ben.do(() => globalThis.t.reactions), [[ann.id, "heart"]]);
  await ben.do(
    (id) => globalThis.t.call.feature(globalThis.t.sdk.Features.Spotlight).startSpotlight([{ communicationUserId: id }]),
    ann.id,
  );
  await ann.do(() => globalThis.t.call.startScreenSharing());
  await ann.do(() => globalThis.t.call.unmute());

  const signs = () => {
    const { Features } = globalThis.t.sdk;
    const { call } = globalThis.t;
    const ids = (list) => list.map(({ identifier }) => identifier.communicationUserId);
    return {
      hands: ids(call.feature(Features.RaiseHand).getRaisedHands()),
      spotlight: ids(call.feature(Features.Spotlight).getSpotlightedParticipants()),
      speakers: call.feature(Features.DominantSpeakers).dominantSpeakers.speakersList.map((one) => one.communicationUserId),
      screens: call.remoteParticipants
        .filter((one) => one.videoStreams.some((stream) => stream.mediaStreamType === "ScreenSharing" && stream.isAvailable))
        .map((one) => one.identifier.communicationUserId),
      muted: call.remoteParticipants.filter((one) => one.isMuted).map((one) => one.identifier.communicationUserId),
    };
  };
  await cai.do((source) => (globalThis.t.signs = new Function(`return (${source})()`)), signs.toString());
  await ben.do((source) => (globalThis.t.signs = new Function(`return (${source})()`)), signs.toString());
  await join(cai, group);
  for (const [one, muted] of [[ben, [cai.id]], [cai, [ben.id]]]) {
    await one.until(
      "it sees all of it",
      (wanted) => JSON.stringify(globalThis.t.signs()) === JSON.stringify(wanted),
      { hands: [ann.id], spotlight: [ann.id], speakers: [ann.id], screens: [ann.id], muted },
    );
  }
  await ann.do(() => globalThis.t.call.feature(globalThis.t.sdk.Features.RaiseHand).lowerHand());
  await ben.do(() => globalThis.t.call.feature(globalThis.t.sdk.Features.Spotlight).stopAllSpotlight());
  for (const one of [ben, cai]) {
    await one.until("the hand is down, the spotlight off", () => {
      const { hands, spotlight } = globalThis.t.signs();
      return hands.length + spotlight.length === 0;
    });
  }
  await over(ann, ben, cai);
});

test("tones reach the others", async () => {
  await meet([ann, ben]);
  await ben.do(() => {
    globalThis.t.tones = "";
    globalThis.t.call._signals.on("notice", (notice) => notice.type === "dtmf" && (globalThis.t.tones += notice.tones));
  });
  await ann.do(async () => {
    for (const tone of ["Num4", "Num2", "Pound"]) await globalThis.t.call.sendDtmf(tone);
  });
  await ben.until("they came", () => globalThis.t.tones === "42#");
  await over(ann, ben);
});

test("an attendee of a room may neither share nor mute others", async () => {
  const roomId = await server.newRoom({ [ann.id]: "Presenter", [ben.id]: "Attendee" });
  for (const one of [ann, ben]) await join(one, { roomId });
  for (const one of [ann, ben]) await one.until("the other is there", seesOthers, 1);
  assert.equal(await ben.do(() => globalThis.t.call.role), "Attendee");
  const share = await ben.do(() => globalThis.t.call.startScreenSharing().then(() => "shared", ({ code }) => code));
  const mute = await ben.do(() => globalThis.t.call.muteAllRemoteParticipants().then(() => "muted", ({ code }) => code));
  assert.deepEqual([share, mute], [403, 403]);
  assert.equal(await ann.do(() => globalThis.t.call.remoteParticipants[0].videoStreams.length), 0);
  await over(ann, ben);
});

// The last ones: they move the server's time.
test("who has no client connected is not reached, who does not answer has let it ring", async () => {
  const absent = await server.newUser();
  await ann.call([{ id: absent.userId }], { video: false });
  await ann.until("it is on its way", () => globalThis.t.call.state === "Ringing");
  await server.advance("PT31S");
  assert.deepEqual(codes(await end(ann)), [480, 10037]);
  await over(ann);

  await ann.call([ben], { video: false });
  await rings(ben);
  await server.advance("PT61S");
  assert.deepEqual(codes(await end(ann)), [487, 10004]);
  await ringsNoMore(ben);
  await over(ann, ben);
});
