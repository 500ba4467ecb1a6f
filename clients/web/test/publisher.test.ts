import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ConnectionWatch } from "../src/media/connection-watch.js";
import { Publisher, type PublishedTrack } from "../src/media/publisher.js";
import { Receiver } from "../src/media/receiver.js";
import { Refused } from "../src/signalling/pending.js";
import { newTestPeer, TestPeer, TestTrack } from "./support/peer.js";
import { ManualTimers } from "./support/timers.js";
import { settle } from "./support/until.js";

let timers: ManualTimers;
let offers: { sdp: string; tracks: PublishedTrack[] }[];
let restarts: string[];
let paths: string[];
let watch: ConnectionWatch;
let answer: (sdp: string) => Promise<string>;
let publisher: Publisher;

beforeEach(() => {
  TestPeer.all.length = 0;
  Object.assign(globalThis, { RTCRtpSender: { getCapabilities: () => ({ codecs: [] }) } });
  timers = new ManualTimers();
  offers = [];
  restarts = [];
  paths = [];
  watch = new ConnectionWatch(
    timers,
    (role) => restarts.push(role),
    (path) => paths.push(path),
  );
  answer = async () => "a=fingerprint:sha-256 AA";
  const offer = async (sdp: string, tracks: PublishedTrack[]): Promise<string> => {
    offers.push({ sdp, tracks });
    return answer(sdp);
  };
  publisher = new Publisher({ newPeer: newTestPeer, offer, watch });
});

const track = (kind = "video"): MediaStreamTrack => new TestTrack(kind) as unknown as MediaStreamTrack;

test("sound has its section from the start, even without a microphone", async () => {
  await publisher.start();
  assert.deepEqual(offers.map(({ tracks }) => tracks), [[{ mid: "0", kind: "Audio" }]]);
});

test("another microphone needs no offer", async () => {
  await publisher.start();
  await publisher.setTrack("Audio", track("audio"));
  await publisher.setTrack("Audio", track("audio"));
  assert.equal(offers.length, 1);
});

test("a camera comes, changes and goes: two offers", async () => {
  await publisher.start();
  await publisher.setTrack("Video", track());
  await publisher.setTrack("Video", track());
  await publisher.setTrack("Video", undefined);
  assert.deepEqual(offers.map(({ sdp }) => sdp.split(" ").at(-1)), [
    "sendonly",
    "sendonly,sendonly",
    "sendonly,inactive",
  ]);
  assert.deepEqual(offers.at(-1)?.tracks, [{ mid: "0", kind: "Audio" }]);
});

test("a camera that was off comes back in a section of its own", async () => {
  await publisher.start();
  await publisher.setTrack("Video", track());
  await publisher.setTrack("Video", undefined);
  await publisher.setTrack("Video", track());
  assert.equal(offers.at(-1)?.sdp.split(" ").at(-1), "sendonly,stopped,sendonly");
  assert.deepEqual(offers.at(-1)?.tracks, [
    { mid: "0", kind: "Audio" },
    { mid: "2", kind: "Video" },
  ]);
});

test("a refused camera leaves the connection as it was", async () => {
  await publisher.start();
  answer = () => Promise.reject(new Error("Forbidden"));
  await assert.rejects(publisher.setTrack("Video", track()), /Forbidden/);
  assert.equal(TestPeer.all[0]?.signalingState, "stable");
  answer = async () => "a=fingerprint:sha-256 AA";
  await publisher.restart();
  assert.equal(offers.at(-1)?.sdp, "offer 3 ice 2 sendonly,inactive");
});

test("a first offer that is refused can be made again", async () => {
  answer = () => Promise.reject(new Error("not yet"));
  await assert.rejects(publisher.start());
  answer = async () => "a=fingerprint:sha-256 AA";
  await publisher.start();
  assert.equal(TestPeer.all.length, 2);
  assert.equal(TestPeer.all[0]?.isClosed, true);
});

test("offers are made one after the other", async () => {
  let open = 0;
  let most = 0;
  answer = async () => {
    most = Math.max(most, ++open);
    await settle(3);
    open--;
    return "a=fingerprint:sha-256 AA";
  };
  await publisher.start();
  await Promise.all([publisher.setTrack("Video", track()), publisher.setTrack("ScreenSharing", track()), publisher.restart()]);
  assert.equal(most, 1);
  assert.equal(offers.length, 4);
});

test("an answer with another certificate means another server: the connection is made anew", async () => {
  await publisher.start();
  answer = async () => "a=fingerprint:sha-256 BB";
  await publisher.restart();
  assert.equal(TestPeer.all.length, 2);
  assert.equal(TestPeer.all[0]?.isClosed, true);
});

test("a connection that the server has given up is made anew, once", async () => {
  await publisher.start();
  answer = async () => {
    if (TestPeer.all.length === 1) throw new Refused("MediaRefused", 488, 0, "gone");
    return "a=fingerprint:sha-256 AA";
  };
  await publisher.restart();
  assert.equal(TestPeer.all.length, 2);
  answer = () => Promise.reject(new Refused("MediaRefused", 488, 0, "broken"));
  await assert.rejects(publisher.restart(), { word: "MediaRefused" });
  assert.equal(TestPeer.all.length, 3);
});

test("an offer of another session is answered by another connection", async () => {
  const receiver = new Receiver({ newPeer: newTestPeer, watch, answer: async () => undefined, received: () => undefined });
  for (const [number, session] of [1, 1, 2].entries()) {
    receiver.offered({ number, sdp: `o=- ${session} 0 IN IP4 127.0.0.1\na=fingerprint:sha-256 AA`, tracks: [] });
    await settle();
  }
  assert.deepEqual(TestPeer.all.map(({ isClosed }) => isClosed), [true, false]);
});

test("rebuilding sends the same tracks on a new connection", async () => {
  await publisher.start();
  await publisher.setTrack("Video", track());
  await publisher.rebuild();
  assert.deepEqual(offers.at(-1)?.tracks.map(({ kind }) => kind), ["Audio", "Video"]);
  assert.equal(TestPeer.all.length, 2);
});

test("rebuilding does not wait for what the closed connection was asked", async () => {
  await publisher.start();
  const restarted = publisher.restart();
  await publisher.rebuild();
  await restarted;
  assert.equal(TestPeer.all.length, 2);
  assert.deepEqual(offers.at(-1)?.sdp, "offer 1 ice 1 sendonly");
});

test("a rebuilt connection that is refused can be started again", async () => {
  await publisher.start();
  answer = () => Promise.reject(new Error("not now"));
  await assert.rejects(publisher.rebuild());
  assert.equal(publisher.isStarted, false);
  answer = async () => "a=fingerprint:sha-256 AA";
  await publisher.start();
  assert.equal(TestPeer.all.length, 3);
});

test("a failed connection is restarted at once, and again while it stays so", async () => {
  await publisher.start();
  const [peer] = TestPeer.all;
  peer?.become("connected");
  peer?.become("failed");
  timers.advance(3_000);
  timers.advance(3_000);
  assert.deepEqual(restarts, ["publishing", "publishing", "publishing"]);
  peer?.become("connected");
  timers.advance(60_000);
  assert.equal(restarts.length, 3);
  assert.deepEqual(paths, ["good", "lost", "good"]);
});

test("a short interruption is waited out", async () => {
  await publisher.start();
  const [peer] = TestPeer.all;
  peer?.become("disconnected");
  timers.advance(1_999);
  peer?.become("connected");
  timers.advance(60_000);
  assert.deepEqual(restarts, []);
  peer?.become("disconnected");
  timers.advance(2_000);
  assert.deepEqual(restarts, ["publishing"]);
});

test("of offers that wait only the newest is answered", async () => {
  const answered: number[] = [];
  const receiver = new Receiver({
    newPeer: newTestPeer,
    watch,
    answer: async (number) => answered.push(number),
    received: () => undefined,
  });
  for (const number of [1, 2, 3]) receiver.offered({ number, sdp: "a=fingerprint:sha-256 AA", tracks: [] });
  await settle();
  assert.deepEqual(answered, [1, 3]);
});

test("an offer that the connection cannot take is taken by a fresh one", async () => {
  const answered: number[] = [];
  const receiver = new Receiver({
    newPeer: newTestPeer,
    watch,
    answer: async (number) => answered.push(number),
    received: () => undefined,
  });
  receiver.offered({ number: 1, sdp: "broken", tracks: [] });
  await settle();
  assert.deepEqual(answered, []);
  receiver.offered({ number: 2, sdp: "a=fingerprint:sha-256 AA", tracks: [] });
  await settle();
  assert.deepEqual(answered, [2]);
});

test("an offer after a reset does not wait for what the closed connection was asked", async () => {
  const answered: number[] = [];
  const receiver = new Receiver({
    newPeer: newTestPeer,
    watch,
    answer: async (number) => answered.push(number),
    received: () => undefined,
  });
  receiver.offered({ number: 1, sdp: "a=fingerprint:sha-256 AA", tracks: [] });
  receiver.reset();
  receiver.offered({ number: 2, sdp: "a=fingerprint:sha-256 AA", tracks: [] });
  await settle();
  assert.deepEqual(answered, [2]);
});

test("tracks are found by their section", async () => {
  let received: string[] = [];
  const receiver = new Receiver({
    newPeer: newTestPeer,
    watch,
    answer: async () => undefined,
    received: (tracks) => (received = tracks.map(({ of }) => `${of.participant} ${of.kind} ${of.streamId}`)),
  });
  const tracks = [
    { mid: "a", participant: "8:acs:r_bob", kind: "Audio", streamId: undefined },
    { mid: "b", participant: "8:acs:r_bob", kind: "Video", streamId: 7 },
    { mid: "gone", participant: "8:acs:r_eve", kind: "Video", streamId: 8 },
  ] as const;
  receiver.offered({ number: 1, sdp: "a=fingerprint:sha-256 AA\nmid a\nmid b", tracks });
  await settle();
  assert.deepEqual(received, ["8:acs:r_bob Audio undefined", "8:acs:r_bob Video 7"]);
});
