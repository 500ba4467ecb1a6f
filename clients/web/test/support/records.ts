import type { JsonObject } from "../../src/base/json.js";

/** Records of the wire for tests, complete, with what a test does not care for filled in. */

export function participant(id: string, more: JsonObject = {}): JsonObject {
  return {
    id: `8:acs:r_${id}`,
    displayName: id,
    state: "Connected",
    role: "Presenter",
    muted: false,
    streams: [],
    hand: null,
    spotlight: null,
    access: { audio: true, video: true },
    ...more,
  };
}

export function call(more: JsonObject = {}): JsonObject {
  return {
    id: "call-1",
    legId: "leg-1",
    kind: "Group",
    direction: "Outgoing",
    state: "Connected",
    groupId: "g",
    roomId: null,
    startedAt: "2026-11-25T10:00:00Z",
    caller: { id: "8:acs:r_ann", displayName: "ann" },
    lobby: false,
    meetingAccess: { audio: true, video: true },
    self: participant("ann"),
    capabilities: { shareScreen: { isPresent: true, reason: "Capable" } },
    participants: [],
    ...more,
  };
}
