import type { CommunicationIdentifier } from "@azure/communication-common";
import type { Call, DtmfTone, HangUpOptions } from "../api/call.js";
import type { CallFeature, CallFeatureFactory } from "../api/features.js";
import type { LocalAudioStream, LocalVideoStream } from "../api/streams.js";
import { badRequest } from "../base/errors.js";
import { rawIdOf } from "../base/identifiers.js";
import { within } from "../base/timers.js";
import { createFeature } from "../features/registry.js";
import { LocalAudioStreamObject } from "../streams/local-audio-stream.js";
import { toneOnWire } from "./dtmf.js";
import { endReasonOfError, HUNG_UP } from "./end-reason.js";
import { FollowedCall } from "./followed-call.js";
import type { RemoteParticipantObject } from "./remote-participant.js";

/** How long hanging up waits for the service before the call counts as over on this side. */
const HANG_UP_MS = 3_000;

/** Implements {@link Call}: what an application does with a call. */
export class CallObject extends FollowedCall implements Call {
  private readonly _features = new Map<unknown, unknown>();

  async mute(): Promise<void> {
    if (this._muted) return;
    // Silent at once, whatever the service says.
    await this._media.setMuted(true);
    this._setMuted(true);
    await this._reportState({ muted: true });
  }

  async unmute(): Promise<void> {
    if (!this._muted) return;
    await this._media.setMuted(false);
    try {
      await this._reportState({ muted: false });
    } catch (error) {
      await this._media.setMuted(true);
      throw error;
    }
    this._setMuted(false);
  }

  async muteIncomingAudio(): Promise<void> {
    this._setIncomingAudioMuted(true);
  }

  async unmuteIncomingAudio(): Promise<void> {
    this._setIncomingAudioMuted(false);
  }

  async muteAllRemoteParticipants(): Promise<void> {
    await this._request("call.mute", { others: true });
  }

  async startVideo(localVideoStream: LocalVideoStream): Promise<void> {
    await this._videos.start("Video", localVideoStream);
  }

  async stopVideo(localVideoStream: LocalVideoStream): Promise<void> {
    await this._videos.stop(localVideoStream.mediaStreamType === "ScreenSharing" ? "ScreenSharing" : "Video");
  }

  async startAudio(localAudioStream: LocalAudioStream): Promise<void> {
    if (!(localAudioStream instanceof LocalAudioStreamObject)) throw badRequest("no LocalAudioStream of this SDK");
    this._media.microphone.choose(localAudioStream);
    await this._media.setMuted(this._muted);
    this._emit("localAudioStreamsUpdated", { added: [localAudioStream], removed: [] });
  }

  async stopAudio(): Promise<void> {
    await this.mute();
  }

  async startScreenSharing(screenSharingStream?: LocalVideoStream): Promise<void> {
    await this._videos.startScreen(screenSharingStream);
  }

  async stopScreenSharing(): Promise<void> {
    await this._videos.stop("ScreenSharing");
  }

  async hold(): Promise<void> {
    await this._request("call.hold");
  }

  async resume(): Promise<void> {
    await this._request("call.resume");
  }

  /**
   * Media stop at once; the call is over when the service says so, or does not within three seconds. Ending it for
   * everyone fails, and changes nothing, when this client's role does not allow it.
   */
  async hangUp(options: HangUpOptions = {}): Promise<void> {
    if (this._isOver) return;
    if (options.forEveryone) await this._request("call.hangUp", { forEveryone: true });
    if (this._isOver) return;
    this._setState("Disconnecting");
    this._media.close();
    if (this._known && !options.forEveryone) {
      const left = this._request("call.hangUp", { forEveryone: false }).catch(() => undefined);
      await within(this._surroundings.timers, HANG_UP_MS, left);
    }
    this._end(HUNG_UP);
  }

  async sendDtmf(dtmfTone: DtmfTone): Promise<void> {
    await this._request("call.dtmf", { tones: toneOnWire(dtmfTone) });
  }

  addParticipant(identifier: CommunicationIdentifier): RemoteParticipantObject {
    const rawId = rawIdOf(identifier);
    const participant = this._roster.expect(rawId);
    this._request("call.add", { participants: [rawId] }).catch((error: unknown) =>
      this._roster.giveUp(rawId, endReasonOfError(error)),
    );
    return participant;
  }

  async removeParticipant(identifier: CommunicationIdentifier): Promise<void> {
    await this._request("call.remove", { participant: rawIdOf(identifier) });
  }

  feature<T extends CallFeature>(factory: CallFeatureFactory<T>): T {
    return createFeature(this._features, factory, this);
  }
}
