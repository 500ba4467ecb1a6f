import type { WireCall, WireParticipant } from "../signalling/wire.js";

/** What is known of a call before the service answered: nothing but the direction. */
export function blankCall(id: string, user: string, direction: WireCall["direction"], muted: boolean): WireCall {
  return {
    id,
    legId: "",
    kind: "Group",
    direction,
    state: "Connecting",
    groupId: undefined,
    roomId: undefined,
    startedAt: undefined,
    caller: undefined,
    lobby: false,
    meetingAccess: { audio: true, video: true },
    self: blankParticipant(user, muted),
    capabilities: {},
    participants: [],
  };
}

function blankParticipant(id: string, muted: boolean): WireParticipant {
  return {
    id,
    displayName: undefined,
    state: "Connecting",
    role: "Unknown",
    muted,
    streams: [],
    hand: undefined,
    spotlight: undefined,
    access: { audio: true, video: true },
  };
}
