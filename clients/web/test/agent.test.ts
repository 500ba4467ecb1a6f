import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { CommunicationTokenCredential } from "@azure/communication-common";
import type { CallAgent } from "../src/api/agent.js";
import type { Call, IncomingCall } from "../src/api/call.js";
import type { JsonObject } from "../src/base/json.js";
import { CallClientObject } from "../src/call-client.js";
import type { CapabilitiesChangeInfo } from "../src/features/capabilities.js";
import { Features } from "../src/features/features.js";
import { RemoteVideoStreamObject } from "../src/streams/remote-video-stream.js";
import { newTestPeer, TestPeer } from "./support/peer.js";
import { call as record, participant } from "./support/records.js";
import { openSocket, Refusal, TestService } from "./support/service.js";
import { ManualTimers } from "./support/timers.js";
import { settle, until } from "./support/until.js";

let service: TestService;
let timers: ManualTimers;
let client: CallClientObject;
let agent: CallAgent;

const bob = { communicationUserId: "8:acs:r_bob" };

beforeEach(async () => {
  TestPeer.all.length = 0;
  service = await TestService.start();
  timers = new ManualTimers();
  let ids = 0;
  const newId = (): string => `local-${++ids}`;
  client = new CallClientObject({}, { timers, openSocket, newPeer: newTestPeer, newId, random: () => 0 });
  for (const type of ["call.join", "call.start", "call.accept", "call.rejoin"]) service.on(type, () => ({ call: record() }));
  service.on("media.publish", () => ({ sdp: "a=fingerprint:sha-256 AA" }));
  agent = await client.createCallAgent(credential(), { displayName: "Ann" });
});

afterEach(async () => {
  const disposed = client.dispose();
  timers.advance(5_000);
  await settle();
  timers.advance(5_000);
  await disposed;
  await service.stop();
});

function credential(): CommunicationTokenCredential {
  return { getToken: async () => ({ token: service.token(), expiresOnTimestamp: 0 }), dispose: () => undefined };
}

/** Joins muted: there is no microphone in Node. */
async function joined(more: JsonObject = {}): Promise<Call> {
  service.on("call.join", () => ({ call: record(more) }));
  const call = agent.join({ groupId: "g" }, { audioOptions: { muted: true } });
  await until("the call stands", () => call.state === (more["state"] ?? "Connected"));
  return call;
}

function noticed(notice: JsonObject): void {
  service.notify({ callId: "call-1", ...notice });
}

test("a joined call tells its states, its id and the others", async () => {
  const told: string[] = [];
  agent.on("callsUpdated", ({ added, removed }) => told.push(`calls +${added.length} -${removed.length}`));
  service.on("call.join", () => ({ call: record({ participants: [participant("bob")] }) }));
  const call = agent.join({ groupId: "g" }, { audioOptions: { muted: true } });
  assert.equal(call.state, "Connecting");
  call.on("idChanged", () => told.push(`id ${call.id}`));
  call.on("stateChanged", () => told.push(call.state));
  call.on("remoteParticipantsUpdated", ({ added }) => told.push(...added.map(({ displayName }) => `+${displayName}`)));
  await until("the call stands", () => call.remoteParticipants.length === 1);
  assert.deepEqual(told, ["calls +1 -0", "id call-1", "Connected", "+bob"]);
  assert.equal(call.info.groupId, "g");
  assert.equal("threadId" in call.info, false);
  await until("media are offered", () => service.count("media.publish") === 1);
});

test("an answer that is overtaken by notices loses none", async () => {
  service.on("call.join", () => {
    noticed({ type: "participant", participant: participant("bob") });
    return { call: record() };
  });
  const call = agent.join({ groupId: "g" }, { audioOptions: { muted: true } });
  await until("the other one is there", () => call.remoteParticipants.length === 1);
});

const REFUSALS: [word: string, code: number, subCode: number][] = [
  ["RoomNotFound", 404, 5732],
  ["RoomNotValid", 403, 5829],
  ["NotInvited", 403, 5828],
  ["Forbidden", 403, 5854],
];

for (const [word, code, subCode] of REFUSALS) {
  test(`a join refused with ${word} ends the call with ${code}/${subCode}`, async () => {
    service.on("call.join", () => {
      throw new Refusal(word, code, subCode);
    });
    const removed: Call[] = [];
    agent.on("callsUpdated", (change) => removed.push(...change.removed));
    const call = agent.join({ roomId: "r" });
    await until("the call ended", () => call.state === "Disconnected");
    assert.deepEqual([call.callEndReason?.code, call.callEndReason?.subCode], [code, subCode]);
    assert.deepEqual(removed, [call]);
    assert.deepEqual(agent.calls, []);
  });
}

test("the service's reason is the call's", async () => {
  const call = await joined({ participants: [participant("bob")] });
  noticed({ type: "ended", reason: { code: 0, subCode: 5300, message: "removed" } });
  await until("the call ended", () => call.state === "Disconnected");
  assert.equal(call.callEndReason?.subCode, 5300);
  assert.deepEqual(call.remoteParticipants, []);
  assert.ok(TestPeer.all.every(({ isClosed }) => isClosed));
});

test("hanging up ends the call here even when nobody answers", async () => {
  const call = await joined();
  service.losesAnswers = true;
  const hungUp = call.hangUp();
  await until("the request came", () => service.count("call.hangUp") === 1);
  assert.equal(call.state, "Disconnecting");
  timers.advance(3_000);
  await hungUp;
  assert.equal(call.state, "Disconnected");
});

test("ending for everyone that is refused leaves the call as it is", async () => {
  const call = await joined();
  service.on("call.hangUp", () => {
    throw new Refusal("Forbidden", 403);
  });
  await assert.rejects(call.hangUp({ forEveryone: true }), { code: 403 });
  assert.equal(call.state, "Connected");
  service.on("call.hangUp", () => ({}));
});

test("participants are the same objects from coming to going", async () => {
  const call = await joined();
  noticed({ type: "participant", participant: participant("bob", { muted: true }) });
  const there = await until("somebody came", () => call.remoteParticipants[0]);
  const told: string[] = [];
  there.on("isMutedChanged", () => told.push(`muted ${there.isMuted}`));
  there.on("stateChanged", () => told.push(there.state));
  there.on("videoStreamsUpdated", ({ added, removed }) => told.push(`streams +${added.length} -${removed.length}`));
  there.on("isSpeakingChanged", () => told.push(`speaking ${there.isSpeaking}`));
  noticed({ type: "participant", participant: participant("bob", { streams: [{ id: 3, kind: "Video" }] }) });
  noticed({ type: "speakers", speaking: ["8:acs:r_bob"] });
  noticed({ type: "participantLeft", id: "8:acs:r_bob", reason: { code: 0, subCode: 5300 } });
  await until("somebody left", () => call.remoteParticipants.length === 0);
  assert.deepEqual(told, [
    "muted false",
    "streams +1 -0",
    "speaking true",
    "streams -0 +0".replace("-0 +0", "+0 -1"),
    "speaking false",
    "Disconnected",
  ]);
  assert.equal(there.callEndReason?.subCode, 5300);
  assert.deepEqual(there.identifier, { kind: "communicationUser", ...bob });
});

test("who is added is the one who comes", async () => {
  const call = await joined();
  const added = call.addParticipant(bob);
  await until("the request came", () => service.count("call.add") === 1);
  noticed({ type: "participant", participant: participant("bob", { state: "Ringing" }) });
  await until("they ring", () => call.remoteParticipants[0] === added);
  assert.equal(added.state, "Ringing");
});

test("an incoming call rings, is accepted, and keeps its id", async () => {
  const rung: IncomingCall[] = [];
  const ended: number[] = [];
  agent.on("incomingCall", ({ incomingCall }) => rung.push(incomingCall));
  noticed({ type: "incoming", caller: { id: bob.communicationUserId, displayName: "Bob" }, kind: "OneToOne" });
  const incoming = await until("it rings", () => rung[0]);
  incoming.on("callEnded", ({ callEndReason }) => ended.push(callEndReason.code));
  assert.equal(incoming.callerInfo.displayName, "Bob");
  const call = await incoming.accept({ audioOptions: { muted: true } });
  assert.equal(call.id, "call-1");
  await until("the call stands", () => call.state === "Connected");
  assert.deepEqual(ended, [0]);
  await assert.rejects(incoming.reject(), { code: 409 });
});

test("a call answered elsewhere stops ringing", async () => {
  const rung: IncomingCall[] = [];
  agent.on("incomingCall", ({ incomingCall }) => rung.push(incomingCall));
  noticed({ type: "incoming", caller: { id: bob.communicationUserId } });
  const incoming = await until("it rings", () => rung[0]);
  noticed({ type: "incomingEnded", reason: { code: 0, subCode: 5003 } });
  await until("it is over", () => incoming.callEndReason);
  assert.equal(incoming.callEndReason?.subCode, 5003);
});

test("after a lost socket the call is as the service says, with new ICE credentials", async () => {
  const call = await joined({ participants: [participant("bob")] });
  await until("media are offered", () => service.count("media.publish") === 1);
  service.calls = [record({ participants: [participant("eve")] })];
  service.cut();
  await until("the loss was seen", () => agent.connectionState === "Disconnected");
  timers.advance(500);
  await until("media restart", () => service.count("media.publish") === 2 && service.count("media.restart") === 1);
  assert.deepEqual(call.remoteParticipants.map(({ displayName }) => displayName), ["eve"]);
  assert.equal(TestPeer.all[0]?.iceGeneration, 2);
  assert.equal(agent.connectionState, "Connected");
});

test("after a restart of the service the client takes its place again", async () => {
  const call = await joined();
  await until("media are offered", () => service.count("media.publish") === 1);
  const muted = { ...participant("ann"), muted: true };
  service.on("call.rejoin", ({ callId, legId }) => ({ call: record({ id: callId, legId, self: muted }) }));
  service.forgetSessions();
  service.cut();
  await until("the loss was seen", () => agent.connectionState === "Disconnected");
  timers.advance(500);
  await until("the place is taken", () => service.count("call.state") === 1);
  assert.equal(call.state, "Connected");
  assert.deepEqual(service.effects.find(({ type }) => type === "call.rejoin")?.["legId"], "leg-1");
  assert.equal(TestPeer.all.length, 2);
});

test("a socket that is lost before the place was taken asks for it again, and only the last answer counts", async () => {
  const call = await joined();
  await until("media are offered", () => service.count("media.publish") === 1);
  service.on("call.rejoin", ({ callId, legId }) => ({ call: record({ id: callId, legId }) }));
  service.forgetSessions();
  service.losesAnswers = true;
  service.cut();
  await until("the loss was seen", () => agent.connectionState === "Disconnected");
  timers.advance(500);
  await until("the place was asked for", () => service.count("call.rejoin") === 1);
  service.losesAnswers = false;
  service.cut();
  await until("the second loss was seen", () => agent.connectionState === "Disconnected");
  timers.advance(500);
  await until("media are offered again", () => service.count("media.publish") === 2);
  await settle();
  assert.equal(call.state, "Connected");
  assert.equal(service.count("call.rejoin"), 2);
  assert.equal(service.count("media.restart"), 0);
  assert.equal(TestPeer.all.length, 2);
});

test("an ended stream says nothing more of its views: its number may be another's", async () => {
  const call = await joined({ participants: [participant("bob", { streams: [{ id: 2, kind: "Video" }] })] });
  const [stream] = call.remoteParticipants[0]?.videoStreams ?? [];
  assert.ok(stream instanceof RemoteVideoStreamObject);
  const view = {};
  stream._shownBy(view, 360);
  timers.advance(250);
  await until("its height is told", () => service.count("media.view") === 1);
  noticed({ type: "participant", participant: participant("bob") });
  await until("it ended", () => !stream.isAvailable);
  stream._shownBy(view, 0);
  timers.advance(250);
  await settle();
  assert.equal(service.count("media.view"), 1);
});

test("media that flow again bring the socket back at once", async () => {
  await joined();
  await until("media are offered", () => service.count("media.publish") === 1);
  const [peer] = TestPeer.all;
  for (const state of ["connected", "disconnected"] as const) peer?.become(state);
  service.cut();
  await until("the loss was seen", () => agent.connectionState === "Disconnected");
  peer?.become("connected");
  await until("the socket is back, with no timer", () => agent.connectionState === "Connected");
});

test("who asks for the speakers late finds those who speak", async () => {
  const call = await joined({ participants: [participant("bob")] });
  noticed({ type: "speakers", speaking: ["8:acs:r_bob"] });
  await until("Bob speaks", () => call.remoteParticipants[0]?.isSpeaking);
  const { speakersList } = call.feature(Features.DominantSpeakers).dominantSpeakers;
  assert.deepEqual(speakersList.map((one) => "communicationUserId" in one && one.communicationUserId), ["8:acs:r_bob"]);
});

test("an offer that failed is made again", async () => {
  let tries = 0;
  service.on("media.publish", () => {
    if (++tries === 1) throw new Refusal("TooManyRequests", 429);
    return { sdp: "a=fingerprint:sha-256 AA" };
  });
  await joined();
  await until("the first offer failed", () => tries === 1 && TestPeer.all[0]?.isClosed);
  await settle();
  timers.advance(3_000);
  await until("the second was taken", () => tries === 2);
});

test("a right that is taken away closes what needed it", async () => {
  const call = await joined();
  const stopped: string[] = [];
  call.on("isMutedChanged", () => stopped.push("muted"));
  noticed({
    type: "self",
    state: "Connected",
    self: participant("ann", { role: "Consumer", muted: true }),
    capabilities: { unmuteMic: { isPresent: false, reason: "RoleRestricted" } },
  });
  await until("the role came", () => call.role === "Consumer");
  assert.equal(call.isMuted, true);
  assert.deepEqual(stopped, []);
});

test("a place that is gone ends the call with 408", async () => {
  const call = await joined();
  service.on("call.rejoin", () => {
    throw new Refusal("CallNotFound", 404);
  });
  service.forgetSessions();
  service.cut();
  await until("the loss was seen", () => agent.connectionState === "Disconnected");
  timers.advance(500);
  await until("the call ended", () => call.state === "Disconnected");
  assert.deepEqual([call.callEndReason?.code, call.callEndReason?.subCode], [408, 10057]);
});

test("a call that the service does not name after resuming is over", async () => {
  const call = await joined();
  service.cut();
  await until("the loss was seen", () => agent.connectionState === "Disconnected");
  timers.advance(500);
  await until("the call ended", () => call.state === "Disconnected");
});

test("a group's call is begun with a lobby when the application asks for one", async () => {
  const audioOptions = { muted: true };
  agent.join({ groupId: "g" }, { audioOptions, lobby: true });
  await until("it was asked for", () => service.count("call.join") === 1);
  agent.join({ groupId: "h" }, { audioOptions });
  await until("that too", () => service.count("call.join") === 2);
  const asked = service.effects.filter(({ type }) => type === "call.join").map(({ lobby }) => lobby);
  assert.deepEqual(asked, [true, undefined]);
});

test("a lobby is told, and its people are let in by name or all at once", async () => {
  const call = await joined();
  const told: string[] = [];
  call.lobby.on("lobbyParticipantsUpdated", ({ added, removed }) => told.push(`+${added.length} -${removed.length}`));
  noticed({ type: "participant", participant: participant("bob", { state: "InLobby" }) });
  await until("they wait", () => call.lobby.participants.length === 1);
  await call.lobby.admit(bob);
  noticed({ type: "participant", participant: participant("bob") });
  await until("they are in", () => call.lobby.participants.length === 0);
  await call.lobby.admitAll();
  assert.deepEqual(told, ["+1 -0", "+0 -1"]);
  const requests = service.effects.filter(({ type }) => type === "call.lobby");
  assert.deepEqual(requests.map(({ admit, admitAll }) => admit ?? admitAll), [["8:acs:r_bob"], true]);
});

test("somebody who waits in the lobby has no media", async () => {
  const call = await joined({ state: "InLobby" });
  await settle();
  assert.equal(service.count("media.publish"), 0);
  noticed({ type: "call", call: record() });
  await until("media are offered", () => service.count("media.publish") === 1);
  assert.equal(call.state, "Connected");
});

/** What a method asks the service for. */
const ACTIONS: [name: string, act: (call: Call) => Promise<unknown>, request: JsonObject][] = [
  ["hold", (call) => call.hold(), { type: "call.hold" }],
  ["resume", (call) => call.resume(), { type: "call.resume" }],
  ["sendDtmf", (call) => call.sendDtmf("Pound"), { type: "call.dtmf", tones: "#" }],
  ["removeParticipant", (call) => call.removeParticipant(bob), { type: "call.remove", participant: "8:acs:r_bob" }],
  ["muteAllRemoteParticipants", (call) => call.muteAllRemoteParticipants(), { type: "call.mute", others: true }],
  ["raiseHand", (call) => call.feature(Features.RaiseHand).raiseHand(), { type: "call.hand", raised: true }],
  ["lowerHand", (call) => call.feature(Features.RaiseHand).lowerHand(), { type: "call.hand", raised: false }],
  [
    "lowerHands",
    (call) => call.feature(Features.RaiseHand).lowerHands([bob]),
    { type: "call.hand", raised: false, participants: ["8:acs:r_bob"] },
  ],
  [
    "sendReaction",
    (call) => call.feature(Features.Reaction).sendReaction({ reactionType: "heart" }),
    { type: "call.reaction", reaction: "heart" },
  ],
  [
    "startSpotlight",
    (call) => call.feature(Features.Spotlight).startSpotlight([bob]),
    { type: "call.spotlight", participants: ["8:acs:r_bob"], on: true },
  ],
  ["stopAllSpotlight", (call) => call.feature(Features.Spotlight).stopAllSpotlight(), { type: "call.spotlight", all: false }],
  [
    "forbidAudio",
    (call) => call.feature(Features.MediaAccess).forbidAudio([bob]),
    { type: "call.access", participants: ["8:acs:r_bob"], audio: false },
  ],
  [
    "permitOthersVideo",
    (call) => call.feature(Features.MediaAccess).permitOthersVideo(),
    { type: "call.access", others: true, video: true },
  ],
  [
    "sendRealTimeText",
    (call) => call.feature(Features.RealTimeText).sendRealTimeText("hel", false),
    { type: "call.realTimeText", text: "hel", final: false },
  ],
  [
    "submitSurvey",
    (call) => call.feature(Features.CallSurvey).submitSurvey({ overallRating: { score: 5 } }),
    { type: "call.survey", survey: { overallRating: { score: 5 } } },
  ],
];

for (const [name, act, expected] of ACTIONS) {
  test(`${name} is what the protocol calls ${expected["type"]}`, async () => {
    const call = await joined();
    await act(call);
    const request = service.effects.find(({ type }) => type === expected["type"]);
    assert.deepEqual({ ...request, id: 0 }, { id: 0, callId: "call-1", ...expected });
  });
}

test("features tell what the service says", async () => {
  const call = await joined({ participants: [participant("bob")] });
  const told: unknown[] = [];
  const tell = (what: string) => (args: unknown) => told.push(what, args);
  call.feature(Features.RaiseHand).on("raisedHandEvent", tell("raised"));
  call.feature(Features.Reaction).on("reaction", tell("reaction"));
  call.feature(Features.Spotlight).on("spotlightChanged", tell("spotlight"));
  call.feature(Features.MediaAccess).on("mediaAccessChanged", tell("access"));
  noticed({ type: "participant", participant: participant("bob", { hand: 1 }) });
  noticed({ type: "reaction", from: "8:acs:r_bob", reaction: "laugh" });
  noticed({ type: "participant", participant: participant("bob", { hand: 1, spotlight: 1 }) });
  noticed({
    type: "participant",
    participant: participant("bob", { hand: 1, spotlight: 1, access: { audio: false, video: true } }),
  });
  await until("all was told", () => told.length === 8);
  const identifier = { kind: "communicationUser", ...bob };
  assert.deepEqual(told, [
    "raised",
    { identifier },
    "reaction",
    { identifier: "8:acs:r_bob", reactionMessage: { reactionType: "laugh" } },
    "spotlight",
    { added: [{ identifier, order: 1 }], removed: [] },
    "access",
    { mediaAccesses: [{ participant: identifier, isAudioPermitted: false, isVideoPermitted: true }] },
  ]);
});

test("capabilities change with the role, and say why", async () => {
  const call = await joined();
  const feature = call.feature(Features.Capabilities);
  assert.equal(feature.capabilities.shareScreen.isPresent, true);
  const changes: unknown[] = [];
  feature.on("capabilitiesChanged", (change) => changes.push(change));
  noticed({
    type: "self",
    state: "Connected",
    self: participant("ann", { role: "Attendee" }),
    capabilities: { shareScreen: { isPresent: false, reason: "RoleRestricted" } },
  });
  await until("it changed", () => changes.length === 1);
  assert.deepEqual(changes, [
    {
      oldValue: { shareScreen: { isPresent: true, reason: "Capable" } },
      newValue: { shareScreen: { isPresent: false, reason: "RoleRestricted" } },
      reason: "RoleChanged",
    },
  ]);
});

test("the first capabilities are told as new: the UI library learns them from nothing else", async () => {
  const call = agent.join({ groupId: "g" }, { audioOptions: { muted: true } });
  const feature = call.feature(Features.Capabilities);
  assert.deepEqual(feature.capabilities.shareScreen, { isPresent: false, reason: "NotInitialized" });
  const changes: CapabilitiesChangeInfo[] = [];
  feature.on("capabilitiesChanged", (change) => changes.push(change));
  await until("they came", () => changes[0]);
  assert.deepEqual(changes[0]?.oldValue, {});
  assert.deepEqual(changes[0]?.newValue, feature.capabilities);
  assert.equal(changes[0]?.reason, "MeetingDetailsChanged", "nobody's role changed");
});

test("a client that is handed over calls the target and leaves when that call stands", async () => {
  const call = await joined();
  const accepted: string[] = [];
  call.feature(Features.Transfer).on("transferAccepted", ({ targetCall }) => accepted.push(targetCall.kind));
  service.on("call.start", () => ({ call: record({ id: "call-2" }) }));
  noticed({ type: "transferRequested", by: bob.communicationUserId, target: { participants: ["8:acs:r_eve"] } });
  await until("it left", () => call.state === "Disconnected");
  const states = service.effects.filter(({ type }) => type === "call.transferState").map(({ state }) => state);
  assert.deepEqual([accepted, states], [["Call"], ["Accepted", "Transferred"]]);
});

test("a client that is handed over to a call joins it by its id, and says why it could not", async () => {
  const call = await joined();
  const accepted: string[] = [];
  call.feature(Features.Transfer).on("transferAccepted", ({ targetCall }) => accepted.push(targetCall.kind));
  service.on("call.join", () => {
    throw new Refusal("CallNotFound", 404);
  });
  noticed({ type: "transferRequested", by: bob.communicationUserId, target: { callId: "call-2" } });
  await until("it failed", () => service.count("call.transferState") === 2);
  const joins = service.effects.filter(({ type }) => type === "call.join").map(({ locator }) => locator);
  assert.deepEqual(joins.at(-1), { callId: "call-2" });
  const [, failed] = service.effects.filter(({ type }) => type === "call.transferState");
  assert.equal(failed?.["state"], "Failed");
  assert.equal((failed?.["reason"] as JsonObject)["code"], 404);
  assert.deepEqual([accepted, call.state], [["Call"], "Connected"]);
});

test("a transfer that failed says why", async () => {
  const call = await joined({ participants: [participant("bob")] });
  const transfer = call.feature(Features.Transfer).transfer({ targetCallId: "call-2" });
  await until("it was asked for", () => service.count("call.transfer") === 1);
  noticed({ type: "transferState", state: "Failed", reason: { code: 487, subCode: 10004, message: "" } });
  await until("it ended", () => transfer.state === "Failed");
  assert.deepEqual(transfer.error, { code: 487, subCode: 10004 });
});

test("a transfer tells how it ended", async () => {
  const call = await joined({ participants: [participant("bob")] });
  const transfer = call.feature(Features.Transfer).transfer({ targetCallId: "call-2" });
  await until("it was asked for", () => service.count("call.transfer") === 1);
  assert.equal(transfer.state, "Transferring");
  noticed({ type: "transferState", state: "Transferred" });
  await until("it ended", () => transfer.state === "Transferred");
});

test("muted by somebody: silent, and told by whom", async () => {
  const call = await joined();
  const told: unknown[] = [];
  call.on("mutedByOthers", (args) => told.push(args));
  noticed({ type: "mutedByOthers", by: bob.communicationUserId });
  await until("it was told", () => told.length === 1);
  assert.deepEqual(told, [{ mutedBy: { kind: "communicationUser", ...bob } }]);
});

test("what Parley does not have says so", async () => {
  await assert.rejects(client.createTeamsCallAgent(), { code: 501 });
  assert.throws(() => agent.join({ meetingLink: "https://meeting" }), { code: 501 });
  await assert.rejects(client.createCallAgent(credential()), { code: 409 });
});

test("a disposed agent makes room for another", async () => {
  await agent.dispose();
  assert.equal(agent.connectionState, "Disconnected");
  agent = await client.createCallAgent(credential());
  assert.equal(agent.connectionState, "Connected");
});

// Rules for objects that Microsoft's UI library wraps.

/** As the library does it: bare methods, called with the `Proxy` as `this`. */
function wrapped<T extends object>(target: T): T {
  return new Proxy(target, { get: (object, name) => Reflect.get(object, name) as unknown });
}

test("every object works behind a Proxy", async () => {
  const call = wrapped(await joined({ participants: [participant("bob")] }));
  const told: string[] = [];
  const listener = (): void => void told.push("changed");
  call.on("isMutedChanged", listener);
  call.off("isMutedChanged", listener);
  await call.sendDtmf("Num1");
  await call.muteAllRemoteParticipants();
  await call.mute();
  await call.removeParticipant(bob);
  await wrapped(call.feature(Features.Spotlight)).startSpotlight([bob]);
  await wrapped(call.feature(Features.RaiseHand)).raiseHand();
  const [other] = call.remoteParticipants;
  assert.ok(other);
  await wrapped(other).mute();
  await call.hangUp();
  assert.equal(call.state, "Disconnected");
  assert.deepEqual(told, []);
  await wrapped(agent).dispose();
});

test("objects can be extended", async () => {
  const call = await joined();
  for (const object of [client, agent, call, await client.getDeviceManager()]) {
    Object.defineProperty(object, "added", { configurable: true, value: 1 });
    assert.ok(Object.isExtensible(object) && !Object.isFrozen(object));
  }
});

test("the device manager is always the same, and so is every feature", async () => {
  const call = await joined();
  assert.equal(await client.getDeviceManager(), await client.getDeviceManager());
  const ofOthers = [Features.DebugInfo, Features.AudioEffects, Features.VideoEffects] as unknown[];
  for (const key of Object.values(Features)) {
    if (ofOthers.includes(key)) continue;
    const feature = call.feature(key);
    assert.equal(call.feature(key), feature, key.name);
    assert.equal(feature.name, key.name);
  }
  assert.equal(Object.keys(Features).length, 23);
});

test("a key that is none is told as one", async () => {
  const call = await joined();
  assert.throws(() => call.feature({ name: "Dancing" }), { code: 400 });
});
