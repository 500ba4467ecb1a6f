import type { CommunicationIdentifier } from "@azure/communication-common";
import type { AdmitAllResult, Lobby, LobbyEvents } from "../api/call.js";
import { Emitter } from "../base/emitter.js";
import { rawIdOf } from "../base/identifiers.js";
import type { RemoteParticipantObject } from "./remote-participant.js";

/** Implements {@link Lobby} over the participants of a call. */
export class LobbyObject extends Emitter<LobbyEvents> implements Lobby {
  private _waiting: RemoteParticipantObject[] = [];

  constructor(private readonly _request: (members: Record<string, unknown>) => Promise<unknown>) {
    super();
  }

  get participants(): RemoteParticipantObject[] {
    return [...this._waiting];
  }

  async admit(identifier: CommunicationIdentifier): Promise<void> {
    await this._request({ admit: [rawIdOf(identifier)] });
  }

  async reject(identifier: CommunicationIdentifier): Promise<void> {
    await this._request({ reject: [rawIdOf(identifier)] });
  }

  /** All or none: the service lets everybody in who waits when it hears of it. */
  async admitAll(): Promise<AdmitAllResult> {
    const successCount = this._waiting.length;
    await this._request({ admitAll: true });
    return { successCount, failedCount: 0 };
  }

  /** Everybody in the call, as they stand now. */
  _follow(participants: readonly RemoteParticipantObject[]): void {
    const waiting = participants.filter((participant) => participant.state === "InLobby");
    const added = waiting.filter((participant) => !this._waiting.includes(participant));
    const removed = this._waiting.filter((participant) => !waiting.includes(participant));
    this._waiting = waiting;
    if (added.length + removed.length > 0) this._emit("lobbyParticipantsUpdated", { added, removed });
  }
}
