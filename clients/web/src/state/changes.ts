import type { WireAccess, WireCall, WireCapability, WireParticipant, WireStream } from "../signalling/wire.js";

/** A person at a place in an order: among the raised hands, or among the spotlighted. */
export interface Ordered {
  readonly id: string;
  readonly order: number;
}

/** The access of one participant to microphone and camera. */
export interface ParticipantAccess {
  readonly id: string;
  readonly access: WireAccess;
}

export type Capabilities = Readonly<Record<string, WireCapability>>;

/** One difference between two states of a call, as an application is told of it. */
export type CallChange =
  | { type: "state"; state: WireCall["state"] }
  | { type: "kind"; kind: WireCall["kind"] }
  | { type: "role"; role: WireParticipant["role"] }
  | { type: "selfMuted"; muted: boolean }
  | { type: "participantsAdded"; participants: WireParticipant[] }
  | { type: "participantsRemoved"; ids: string[] }
  | { type: "participant"; before: WireParticipant; after: WireParticipant }
  | { type: "capabilities"; before: Capabilities; after: Capabilities }
  | { type: "hands"; raised: Ordered[]; lowered: Ordered[] }
  | { type: "spotlight"; added: Ordered[]; removed: Ordered[] }
  | { type: "access"; accesses: ParticipantAccess[] }
  | { type: "meetingAccess"; access: WireAccess };

/** The differences from `before` to `after`, in the order in which an application shall hear of them. */
export function changesBetween(before: WireCall, after: WireCall): CallChange[] {
  if (before === after) return [];
  const changes: CallChange[] = [];
  if (before.state !== after.state) changes.push({ type: "state", state: after.state });
  if (before.kind !== after.kind) changes.push({ type: "kind", kind: after.kind });
  if (before.self.role !== after.self.role) changes.push({ type: "role", role: after.self.role });
  if (before.self.muted !== after.self.muted) changes.push({ type: "selfMuted", muted: after.self.muted });
  changes.push(...rosterChanges(before.participants, after.participants));
  if (!sameCapabilities(before.capabilities, after.capabilities)) {
    changes.push({ type: "capabilities", before: before.capabilities, after: after.capabilities });
  }
  changes.push(...handChanges(before, after), ...spotlightChanges(before, after), ...accessChanges(before, after));
  return changes;
}

/** Everybody in the call: this client's user first. */
export function everybody(call: WireCall): WireParticipant[] {
  return [call.self, ...call.participants];
}

/** Who raised a hand or is spotlighted, in order. */
export function inOrder(call: WireCall, of: "hand" | "spotlight"): Ordered[] {
  return everybody(call)
    .flatMap((each) => (each[of] === undefined ? [] : [{ id: each.id, order: each[of] }]))
    .sort((one, other) => one.order - other.order);
}

/** The streams that `after` has and `before` has not. */
export function streamsOnlyIn(after: readonly WireStream[], before: readonly WireStream[]): WireStream[] {
  return after.filter((stream) => !before.some((other) => other.id === stream.id));
}

function rosterChanges(before: readonly WireParticipant[], after: readonly WireParticipant[]): CallChange[] {
  const changes: CallChange[] = [];
  const gone = before.filter((each) => !after.some((other) => other.id === each.id));
  if (gone.length > 0) changes.push({ type: "participantsRemoved", ids: gone.map((each) => each.id) });
  const come = after.filter((each) => !before.some((other) => other.id === each.id));
  if (come.length > 0) changes.push({ type: "participantsAdded", participants: come });
  for (const now of after) {
    const then = before.find((each) => each.id === now.id);
    if (then && JSON.stringify(then) !== JSON.stringify(now)) {
      changes.push({ type: "participant", before: then, after: now });
    }
  }
  return changes;
}

function sameCapabilities(before: Capabilities, after: Capabilities): boolean {
  const names = Object.keys(after);
  return (
    names.length === Object.keys(before).length &&
    names.every((name) => {
      const then = before[name];
      const now = after[name];
      return then?.isPresent === now?.isPresent && then?.reason === now?.reason;
    })
  );
}

function handChanges(before: WireCall, after: WireCall): CallChange[] {
  const { added, removed } = orderChanges(inOrder(before, "hand"), inOrder(after, "hand"));
  return added.length + removed.length > 0 ? [{ type: "hands", raised: added, lowered: removed }] : [];
}

function spotlightChanges(before: WireCall, after: WireCall): CallChange[] {
  const { added, removed } = orderChanges(inOrder(before, "spotlight"), inOrder(after, "spotlight"));
  return added.length + removed.length > 0 ? [{ type: "spotlight", added, removed }] : [];
}

/** Who moved up because another one left the order is told as added again, with the new place. */
function orderChanges(before: Ordered[], after: Ordered[]): { added: Ordered[]; removed: Ordered[] } {
  const added = after.filter((now) => !before.some((then) => then.id === now.id && then.order === now.order));
  const removed = before.filter((then) => !after.some((now) => now.id === then.id));
  return { added, removed };
}

function accessChanges(before: WireCall, after: WireCall): CallChange[] {
  const changes: CallChange[] = [];
  const accesses = everybody(after)
    .filter((now) => {
      const then = everybody(before).find((each) => each.id === now.id);
      return then ? !sameAccess(then.access, now.access) : !now.access.audio || !now.access.video;
    })
    .map((now) => ({ id: now.id, access: now.access }));
  if (accesses.length > 0) changes.push({ type: "access", accesses });
  if (!sameAccess(before.meetingAccess, after.meetingAccess)) {
    changes.push({ type: "meetingAccess", access: after.meetingAccess });
  }
  return changes;
}

function sameAccess(one: WireAccess, other: WireAccess): boolean {
  return one.audio === other.audio && one.video === other.video;
}
