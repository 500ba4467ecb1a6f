import type { CallFeature } from "../api/features.js";
import { Emitter, type EventSource } from "../base/emitter.js";
import type { CallObject } from "../calls/call.js";
import type { Capabilities as WireCapabilities } from "../state/changes.js";

export type CapabilityResolutionReason =
  | "Capable"
  | "CapableWithLimitations"
  | "NotCapable"
  | "MeetingRestricted"
  | "UserPolicyRestricted"
  | "RoleRestricted"
  | "FeatureNotSupported"
  | "NotInitialized"
  | "TeamsPremiumLicenseRequired"
  | "ExplicitConsentRequired";

export interface CapabilityState {
  isPresent: boolean;
  reason: CapabilityResolutionReason;
}

/** Every capability that the public documentation names. */
const NAMES = [
  "turnVideoOn",
  "unmuteMic",
  "shareScreen",
  "removeParticipant",
  "hangUpForEveryOne",
  "addTeamsUser",
  "addCommunicationUser",
  "addPhoneNumber",
  "manageLobby",
  "spotlightParticipant",
  "removeParticipantsSpotlight",
  "startLiveCaptions",
  "stopLiveCaptions",
  "raiseHand",
  "muteOthers",
  "pstnDialOut",
  "useReactions",
  "reaction",
  "viewAttendeeNames",
  "startTogetherMode",
  "startTeamsCaptions",
  "joinBreakoutRooms",
  "teamsPremium",
  "sharePowerPointLive",
  "useRealTimeText",
  "forbidOthersAudio",
  "forbidOthersVideo",
] as const;

export type ParticipantCapabilityName = (typeof NAMES)[number];
export type ParticipantCapabilities = Record<ParticipantCapabilityName, CapabilityState>;
/** `MeetingDetailsChanged` comes with the first ones: any other makes the UI library announce a change. */
export type CapabilitiesChangedReason = "RoleChanged" | "UserPolicyChanged" | "MeetingDetailsChanged" | "MeetingOptionOrOrganizerPolicyChanged";

export interface CapabilitiesChangeInfo {
  oldValue: Partial<ParticipantCapabilities>;
  newValue: Partial<ParticipantCapabilities>;
  reason: CapabilitiesChangedReason;
}

export interface CapabilitiesEvents {
  capabilitiesChanged: CapabilitiesChangeInfo;
}

export interface CapabilitiesFeature extends CallFeature, EventSource<CapabilitiesEvents> {
  readonly capabilities: ParticipantCapabilities;
}

export class Capabilities extends Emitter<CapabilitiesEvents> implements CapabilitiesFeature {
  private _role: string;

  constructor(
    private readonly _call: CallObject,
    readonly name: string,
  ) {
    super();
    this._role = _call.role;
    _call._signals.on("change", (change) => {
      if (change.type === "capabilities") this._changed(change.before, change.after);
    });
  }

  get capabilities(): ParticipantCapabilities {
    return all(this._call._current.capabilities);
  }

  dispose(): void {
    this._silence();
  }

  private _changed(before: WireCapabilities, after: WireCapabilities): void {
    // The first ones are all new: the UI library learns of them from this event only.
    const isFirst = Object.keys(before).length === 0;
    const reason = isFirst ? "MeetingDetailsChanged" : this._reason();
    this._role = this._call.role;
    const then = all(before);
    const now = all(after);
    const info: CapabilitiesChangeInfo = { oldValue: {}, newValue: isFirst ? now : {}, reason };
    for (const name of isFirst ? [] : NAMES) {
      if (then[name].isPresent === now[name].isPresent && then[name].reason === now[name].reason) continue;
      info.oldValue[name] = then[name];
      info.newValue[name] = now[name];
    }
    this._emit("capabilitiesChanged", info);
  }

  private _reason(): CapabilitiesChangedReason {
    return this._role === this._call.role ? "MeetingOptionOrOrganizerPolicyChanged" : "RoleChanged";
  }
}

/** What the service does not name: unknown until it named anything, not there afterwards. */
function all(wire: WireCapabilities): ParticipantCapabilities {
  const reason = Object.keys(wire).length === 0 ? "NotInitialized" : "FeatureNotSupported";
  const missing: CapabilityState = { isPresent: false, reason };
  const states = NAMES.map((name) => {
    const told = wire[name] ?? (name === "reaction" ? wire["useReactions"] : undefined);
    return [name, told ? { isPresent: told.isPresent, reason: told.reason as CapabilityResolutionReason } : missing];
  });
  return Object.fromEntries(states) as ParticipantCapabilities;
}
