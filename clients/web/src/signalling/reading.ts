import {
  asText,
  flagIn,
  isRecord,
  listIn,
  numberIn,
  objectIn,
  oneOf,
  textIn,
  type JsonObject,
} from "../base/json.js";
import {
  CALL_KINDS,
  CALL_STATES,
  PARTICIPANT_STATES,
  REACTIONS,
  ROLES,
  TRANSFER_STATES,
  type Notice,
  type TransferTarget,
  type Welcome,
  type WireAccess,
  type WireCall,
  type WireCaller,
  type WireCapability,
  type WireIceServer,
  type WireParticipant,
  type WireReason,
  type WireReceivedTrack,
  type WireSelf,
  type WireStream,
} from "./wire.js";

/**
 * From JSON to the records of the protocol. Members that are missing get the value that does the least harm;
 * `undefined` comes back only for what nothing can be done with.
 */

export function readCall(value: unknown): WireCall | undefined {
  if (!isRecord(value)) return undefined;
  const id = textIn(value, "id");
  const own = readSelf(value);
  if (id === undefined || own === undefined) return undefined;
  return {
    id,
    legId: textIn(value, "legId") ?? "",
    kind: oneOf(CALL_KINDS, value["kind"], "Group"),
    direction: oneOf(["Outgoing", "Incoming"], value["direction"], "Outgoing"),
    groupId: textIn(value, "groupId"),
    roomId: textIn(value, "roomId"),
    startedAt: textIn(value, "startedAt"),
    caller: readCaller(value["caller"]),
    participants: listIn(value, "participants", readParticipant),
    ...own,
  };
}

function readSelf(value: JsonObject): WireSelf | undefined {
  const self = readParticipant(value["self"]);
  if (self === undefined) return undefined;
  return {
    state: oneOf(CALL_STATES, value["state"], "Connecting"),
    lobby: flagIn(value, "lobby", false),
    meetingAccess: readAccess(value["meetingAccess"]),
    self,
    capabilities: readCapabilities(objectIn(value, "capabilities") ?? {}),
  };
}

export function readParticipant(value: unknown): WireParticipant | undefined {
  if (!isRecord(value)) return undefined;
  const id = textIn(value, "id");
  if (id === undefined) return undefined;
  return {
    id,
    displayName: textIn(value, "displayName"),
    state: oneOf(PARTICIPANT_STATES, value["state"], "Connecting"),
    role: oneOf(ROLES, value["role"], "Unknown"),
    muted: flagIn(value, "muted", false),
    streams: listIn(value, "streams", readStream),
    hand: numberIn(value, "hand"),
    spotlight: numberIn(value, "spotlight"),
    access: readAccess(value["access"]),
  };
}

export function readWelcome(value: unknown): Welcome | undefined {
  if (!isRecord(value)) return undefined;
  const session = objectIn(value, "session") ?? {};
  const id = textIn(session, "id");
  const secret = textIn(session, "secret");
  if (id === undefined || secret === undefined) return undefined;
  return {
    session: { id, secret },
    resumed: flagIn(value, "resumed", false),
    user: textIn(value, "user") ?? "",
    heartbeatSeconds: Math.max(1, numberIn(value, "heartbeatSeconds") ?? 20),
    iceServers: listIn(value, "iceServers", readIceServer),
    calls: listIn(value, "calls", readCall),
  };
}

export function readReason(value: unknown): WireReason {
  const from = isRecord(value) ? value : {};
  return {
    code: numberIn(from, "code") ?? 0,
    subCode: numberIn(from, "subCode") ?? 0,
    message: textIn(from, "message") ?? "",
  };
}

/** A notice; `undefined` for a type that this client does not know, which it ignores. */
export function readNotice(value: JsonObject): Notice | undefined {
  if (value["type"] === "call") {
    const call = readCall(value["call"]);
    return call && { type: "call", callId: call.id, call };
  }
  const callId = textIn(value, "callId");
  if (callId === undefined) return undefined;
  return readNoticeOf(callId, value);
}

function readNoticeOf(callId: string, value: JsonObject): Notice | undefined {
  const reason = readReason(value["reason"]);
  const from = textIn(value, "from") ?? "";
  switch (value["type"]) {
    case "incoming": {
      const caller = readCaller(value["caller"]);
      const kind = oneOf(CALL_KINDS, value["kind"], "OneToOne");
      const video = flagIn(value, "video", false);
      return caller && { type: "incoming", callId, caller, kind, video, threadId: textIn(value, "threadId") };
    }
    case "incomingEnded":
      return { type: "incomingEnded", callId, reason };
    case "self": {
      const own = readSelf(value);
      return own && { type: "self", callId, ...own };
    }
    case "participant": {
      const participant = readParticipant(value["participant"]);
      return participant && { type: "participant", callId, participant };
    }
    case "participantLeft":
      return { type: "participantLeft", callId, id: textIn(value, "id") ?? "", reason };
    case "ended":
      return { type: "ended", callId, reason };
    case "speakers":
      return { type: "speakers", callId, speaking: listIn(value, "speaking", asText) };
    case "mutedByOthers":
      return { type: "mutedByOthers", callId, by: textIn(value, "by") ?? "" };
    case "reaction":
      return { type: "reaction", callId, from, reaction: oneOf(REACTIONS, value["reaction"], "like") };
    case "dtmf":
      return { type: "dtmf", callId, from, tones: textIn(value, "tones") ?? "" };
    case "realTimeText": {
      const text = textIn(value, "text") ?? "";
      const sequence = numberIn(value, "sequence") ?? 0;
      return { type: "realTimeText", callId, from, sequence, text, final: flagIn(value, "final", false) };
    }
    case "transferRequested": {
      const target = readTransferTarget(objectIn(value, "target") ?? {});
      return target && { type: "transferRequested", callId, by: textIn(value, "by") ?? "", target };
    }
    case "transferState": {
      const state = oneOf(TRANSFER_STATES, value["state"], "Failed");
      return { type: "transferState", callId, state, reason };
    }
    case "media.offer": {
      const sdp = textIn(value, "sdp");
      const number = numberIn(value, "number") ?? 0;
      const tracks = listIn(value, "tracks", readReceivedTrack);
      return sdp === undefined ? undefined : { type: "media.offer", callId, number, sdp, tracks };
    }
    default:
      return undefined;
  }
}

function readCaller(value: unknown): WireCaller | undefined {
  if (!isRecord(value)) return undefined;
  const id = textIn(value, "id");
  return id === undefined ? undefined : { id, displayName: textIn(value, "displayName") };
}

function readStream(value: unknown): WireStream | undefined {
  if (!isRecord(value)) return undefined;
  const id = numberIn(value, "id");
  return id === undefined ? undefined : { id, kind: oneOf(["Video", "ScreenSharing"], value["kind"], "Video") };
}

function readAccess(value: unknown): WireAccess {
  const from = isRecord(value) ? value : {};
  return { audio: flagIn(from, "audio", true), video: flagIn(from, "video", true) };
}

function readCapabilities(from: JsonObject): Record<string, WireCapability> {
  const capabilities: Record<string, WireCapability> = {};
  for (const [name, value] of Object.entries(from)) {
    if (!isRecord(value)) continue;
    const isPresent = flagIn(value, "isPresent", false);
    capabilities[name] = { isPresent, reason: textIn(value, "reason") ?? (isPresent ? "Capable" : "NotCapable") };
  }
  return capabilities;
}

function readTransferTarget(from: JsonObject): TransferTarget | undefined {
  const callId = textIn(from, "callId");
  if (callId !== undefined) return { callId };
  const participants = listIn(from, "participants", asText);
  return participants.length > 0 ? { participants } : undefined;
}

function readReceivedTrack(value: unknown): WireReceivedTrack | undefined {
  if (!isRecord(value)) return undefined;
  const mid = textIn(value, "mid");
  if (mid === undefined) return undefined;
  return {
    mid,
    participant: textIn(value, "participant"),
    kind: oneOf(["Audio", "Video", "ScreenSharing"], value["kind"], "Audio"),
    streamId: numberIn(value, "streamId"),
  };
}

function readIceServer(value: unknown): WireIceServer | undefined {
  if (!isRecord(value)) return undefined;
  const urls = typeof value["urls"] === "string" ? [value["urls"]] : listIn(value, "urls", asText);
  if (urls.length === 0) return undefined;
  const username = textIn(value, "username");
  const credential = textIn(value, "credential");
  return {
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}
