import type { CallEndReason } from "../api/call.js";
import type { WireParticipant } from "../signalling/wire.js";
import { RemoteParticipantObject, type ParticipantSurroundings } from "./remote-participant.js";

/** The others in a call: one object for each person as long as the call lasts. */
export class Roster {
  private readonly _present = new Map<string, RemoteParticipantObject>();
  /** Added by this client, not yet confirmed by the service. */
  private readonly _awaited = new Map<string, RemoteParticipantObject>();

  constructor(private readonly _surroundings: ParticipantSurroundings) {}

  get all(): RemoteParticipantObject[] {
    return [...this._present.values()];
  }

  find(rawId: string): RemoteParticipantObject | undefined {
    return this._present.get(rawId);
  }

  /** The person whom this client adds to the call. */
  expect(rawId: string): RemoteParticipantObject {
    const known = this._present.get(rawId) ?? this._awaited.get(rawId);
    if (known) return known;
    const awaited = new RemoteParticipantObject(rawId, this._surroundings);
    this._awaited.set(rawId, awaited);
    return awaited;
  }

  /** The service refused to add them. */
  giveUp(rawId: string, reason: CallEndReason): void {
    this._awaited.get(rawId)?._left(reason);
    this._awaited.delete(rawId);
  }

  come(wire: WireParticipant): RemoteParticipantObject {
    const participant = this._awaited.get(wire.id) ?? new RemoteParticipantObject(wire.id, this._surroundings);
    this._awaited.delete(wire.id);
    this._present.set(wire.id, participant);
    participant._follow(wire);
    return participant;
  }

  leave(rawId: string, reason: CallEndReason): RemoteParticipantObject | undefined {
    const participant = this._present.get(rawId);
    this._present.delete(rawId);
    participant?._left(reason);
    return participant;
  }
}
