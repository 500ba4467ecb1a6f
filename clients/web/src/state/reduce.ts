import type { CallNotice, WireCall, WireParticipant } from "../signalling/wire.js";

/**
 * What is known of a call, after a notice. The record stays the same object when the notice changes nothing in
 * it. Notices carry whole states: nothing here depends on what was missed before.
 */
export function reduce(call: WireCall, notice: CallNotice): WireCall {
  switch (notice.type) {
    case "call":
      return notice.call;
    case "self": {
      const { state, lobby, meetingAccess, self, capabilities } = notice;
      return { ...call, state, lobby, meetingAccess, self, capabilities };
    }
    case "participant":
      return { ...call, participants: withParticipant(call.participants, notice.participant) };
    case "participantLeft": {
      const participants = call.participants.filter((each) => each.id !== notice.id);
      return participants.length === call.participants.length ? call : { ...call, participants };
    }
    case "ended":
    case "speakers":
    case "mutedByOthers":
    case "reaction":
    case "dtmf":
    case "realTimeText":
    case "transferRequested":
    case "transferState":
    case "media.offer":
      return call;
  }
}

function withParticipant(
  participants: readonly WireParticipant[],
  changed: WireParticipant,
): readonly WireParticipant[] {
  const known = participants.some((each) => each.id === changed.id);
  return known ? participants.map((each) => (each.id === changed.id ? changed : each)) : [...participants, changed];
}
