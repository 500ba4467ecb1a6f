import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../src/base/json.js";
import { readCall, readNotice } from "../src/signalling/reading.js";
import type { WireCall } from "../src/signalling/wire.js";
import { changesBetween } from "../src/state/changes.js";
import { reduce } from "../src/state/reduce.js";
import { call, participant } from "./support/records.js";

function state(more: JsonObject = {}): WireCall {
  const read = readCall(call(more));
  assert.ok(read);
  return read;
}

const bob = participant("bob");

/** Before, notice, and the kinds of change that follow. */
const TABLE: [name: string, before: JsonObject, notice: JsonObject, changes: string[]][] = [
  ["nothing new", {}, { type: "call", call: call() }, []],
  ["somebody came", {}, { type: "participant", participant: bob }, ["participantsAdded"]],
  ["somebody left", { participants: [bob] }, { type: "participantLeft", id: "8:acs:r_bob" }, ["participantsRemoved"]],
  ["who left was not there", {}, { type: "participantLeft", id: "8:acs:r_bob" }, []],
  [
    "somebody muted",
    { participants: [bob] },
    { type: "participant", participant: participant("bob", { muted: true }) },
    ["participant"],
  ],
  ["the call is on hold", {}, { type: "call", call: call({ state: "LocalHold" }) }, ["state"]],
  ["it became a group", { kind: "OneToOne" }, { type: "call", call: call() }, ["kind"]],
  [
    "the own role changed with what it allows",
    {},
    {
      type: "self",
      state: "Connected",
      self: participant("ann", { role: "Attendee" }),
      capabilities: { shareScreen: { isPresent: false, reason: "RoleRestricted" } },
    },
    ["role", "capabilities"],
  ],
  ["muted by somebody", {}, { type: "call", call: call({ self: participant("ann", { muted: true }) }) }, ["selfMuted"]],
  ["the own hand is raised", {}, { type: "call", call: call({ self: participant("ann", { hand: 1 }) }) }, ["hands"]],
  [
    "another one in the spotlight",
    { participants: [bob] },
    { type: "participant", participant: participant("bob", { spotlight: 1 }) },
    ["participant", "spotlight"],
  ],
  [
    "another one may not speak",
    { participants: [bob] },
    { type: "participant", participant: participant("bob", { access: { audio: false, video: true } }) },
    ["participant", "access"],
  ],
  [
    "nobody may show themselves",
    {},
    { type: "call", call: call({ meetingAccess: { audio: true, video: false } }) },
    ["meetingAccess"],
  ],
  ["somebody speaks", {}, { type: "speakers", speaking: ["8:acs:r_bob"] }, []],
];

for (const [name, before, json, expected] of TABLE) {
  test(`changes: ${name}`, () => {
    const notice = readNotice({ callId: "call-1", ...json });
    assert.ok(notice && notice.type !== "incoming" && notice.type !== "incomingEnded");
    const then = state(before);
    assert.deepEqual(changesBetween(then, reduce(then, notice)).map(({ type }) => type), expected);
  });
}

test("who moves up because another hand was lowered is told with the new place", () => {
  const before = state({ participants: [participant("bob", { hand: 1 }), participant("eve", { hand: 2 })] });
  const after = state({ participants: [participant("bob"), participant("eve", { hand: 1 })] });
  const change = changesBetween(before, after).find(({ type }) => type === "hands");
  assert.deepEqual(change, {
    type: "hands",
    raised: [{ id: "8:acs:r_eve", order: 1 }],
    lowered: [{ id: "8:acs:r_bob", order: 1 }],
  });
});

test("a whole state makes up for notices that were missed", () => {
  const missed = [participant("bob"), participant("eve")].map((each) => ({ type: "participant", participant: each }));
  const whole = { type: "call", call: call({ participants: [participant("eve")] }) };
  const read = (json: JsonObject): Parameters<typeof reduce>[1] =>
    readNotice({ callId: "call-1", ...json }) as Parameters<typeof reduce>[1];
  const told = [...missed, whole].map(read).reduce(reduce, state());
  assert.deepEqual(told, reduce(state(), read(whole)));
});

const BROKEN: JsonObject[] = [
  {},
  { type: 7 },
  { type: "call" },
  { type: "call", call: { id: "x" } },
  { type: "participant", callId: "c", participant: null },
  { type: "media.offer", callId: "c", number: 1 },
  { type: "transferRequested", callId: "c", by: "a", target: {} },
  { type: "incoming", callId: "c", caller: { displayName: "nobody" } },
  { type: "unheardOf", callId: "c" },
];

test("what cannot be used is passed over, never thrown at", () => {
  for (const json of BROKEN) assert.equal(readNotice(json), undefined, JSON.stringify(json));
});

test("members of wrong types become the least harmful", () => {
  const notice = readNotice({
    type: "participant",
    callId: "c",
    participant: { id: "x", state: "Dancing", role: 3, muted: "yes", streams: [{ id: "1" }, { id: 2 }, null], hand: "up" },
  });
  assert.ok(notice?.type === "participant");
  const { state: itsState, role, muted, streams, hand } = notice.participant;
  assert.deepEqual([itsState, role, muted, streams, hand], ["Connecting", "Unknown", false, [{ id: 2, kind: "Video" }], undefined]);
});
