import type {
  CallClientFeatureFactory,
  CallFeatureFactory,
  LocalAudioStreamFeatureFactory,
  LocalVideoStreamFeatureFactory,
} from "../api/features.js";
import { Capabilities, type CapabilitiesFeature } from "./capabilities.js";
import { Survey, type CallSurveyFeature } from "./call-survey.js";
import { DebugInfo, type DebugInfoFeature } from "./debug-info.js";
import { DominantSpeakers, type DominantSpeakersCallFeature } from "./dominant-speakers.js";
import { InertAudioEffects, InertVideoEffects, type AudioEffectsFeature, type VideoEffectsFeature } from "./effects.js";
import {
  InertAudioConferencing,
  InertBreakoutRooms,
  InertCaptionsFeature,
  InertLocalRecording,
  InertPowerPointLive,
  InertRecording,
  InertTogetherMode,
  InertTranscription,
  type BreakoutRoomsCallFeature,
  type CaptionsCallFeature,
  type LocalRecordingCallFeature,
  type PPTLiveCallFeature,
  type RecordingCallFeature,
  type TeamsMeetingAudioConferencingFeature,
  type TogetherModeCallFeature,
  type TranscriptionCallFeature,
} from "./inert.js";
import { MediaAccesses, type MediaAccessCallFeature } from "./media-access.js";
import { MediaStats, type MediaStatsCallFeature } from "./media-stats.js";
import { OptimalVideoCount, type OptimalVideoCountCallFeature } from "./optimal-video-count.js";
import { RaiseHand, type RaiseHandCallFeature } from "./raise-hand.js";
import { Reactions, type ReactionCallFeature } from "./reaction.js";
import { RealTimeText, type RealTimeTextFeature } from "./real-time-text.js";
import { FeatureKey } from "./registry.js";
import { Spotlight, type SpotlightCallFeature } from "./spotlight.js";
import { Transfers, type TransferCallFeature } from "./transfer.js";
import { UserFacingDiagnostics, type UserFacingDiagnosticsFeature } from "./user-facing-diagnostics.js";

type Constructor<Feature, Owner> = new (owner: Owner, name: string) => Feature;

function key<Feature, Owner>(name: string, Implementation: Constructor<Feature, Owner>): FeatureKey<Feature, Owner> {
  return new FeatureKey(name, (owner, itsName) => new Implementation(owner, itsName));
}

export interface FeatureKeys {
  readonly AudioEffects: LocalAudioStreamFeatureFactory<AudioEffectsFeature>;
  readonly BreakoutRooms: CallFeatureFactory<BreakoutRoomsCallFeature>;
  readonly CallSurvey: CallFeatureFactory<CallSurveyFeature>;
  readonly Capabilities: CallFeatureFactory<CapabilitiesFeature>;
  readonly Captions: CallFeatureFactory<CaptionsCallFeature>;
  readonly DebugInfo: CallClientFeatureFactory<DebugInfoFeature>;
  readonly DominantSpeakers: CallFeatureFactory<DominantSpeakersCallFeature>;
  readonly LocalRecording: CallFeatureFactory<LocalRecordingCallFeature>;
  readonly MediaAccess: CallFeatureFactory<MediaAccessCallFeature>;
  readonly MediaStats: CallFeatureFactory<MediaStatsCallFeature>;
  readonly OptimalVideoCount: CallFeatureFactory<OptimalVideoCountCallFeature>;
  readonly PPTLive: CallFeatureFactory<PPTLiveCallFeature>;
  readonly RaiseHand: CallFeatureFactory<RaiseHandCallFeature>;
  readonly Reaction: CallFeatureFactory<ReactionCallFeature>;
  readonly RealTimeText: CallFeatureFactory<RealTimeTextFeature>;
  readonly Recording: CallFeatureFactory<RecordingCallFeature>;
  readonly Spotlight: CallFeatureFactory<SpotlightCallFeature>;
  readonly TeamsMeetingAudioConferencing: CallFeatureFactory<TeamsMeetingAudioConferencingFeature>;
  readonly TogetherMode: CallFeatureFactory<TogetherModeCallFeature>;
  readonly Transcription: CallFeatureFactory<TranscriptionCallFeature>;
  readonly Transfer: CallFeatureFactory<TransferCallFeature>;
  readonly UserFacingDiagnostics: CallFeatureFactory<UserFacingDiagnosticsFeature>;
  readonly VideoEffects: LocalVideoStreamFeatureFactory<VideoEffectsFeature>;
}

/** The keys of all features. Each is one object as long as the page lives: applications compare them. */
export const Features: FeatureKeys = {
  AudioEffects: key("AudioEffects", InertAudioEffects),
  BreakoutRooms: key("BreakoutRooms", InertBreakoutRooms),
  CallSurvey: key("CallSurvey", Survey),
  Capabilities: key("Capabilities", Capabilities),
  Captions: key("Captions", InertCaptionsFeature),
  DebugInfo: key("DebugInfo", DebugInfo),
  DominantSpeakers: key("DominantSpeakers", DominantSpeakers),
  LocalRecording: key("LocalRecording", InertLocalRecording),
  MediaAccess: key("MediaAccess", MediaAccesses),
  MediaStats: key("MediaStats", MediaStats),
  OptimalVideoCount: key("OptimalVideoCount", OptimalVideoCount),
  PPTLive: key("PPTLive", InertPowerPointLive),
  RaiseHand: key("RaiseHand", RaiseHand),
  Reaction: key("Reaction", Reactions),
  RealTimeText: key("RealTimeText", RealTimeText),
  Recording: key("Recording", InertRecording),
  Spotlight: key("Spotlight", Spotlight),
  TeamsMeetingAudioConferencing: key("TeamsMeetingAudioConferencing", InertAudioConferencing),
  TogetherMode: key("TogetherMode", InertTogetherMode),
  Transcription: key("Transcription", InertTranscription),
  Transfer: key("Transfer", Transfers),
  UserFacingDiagnostics: key("UserFacingDiagnostics", UserFacingDiagnostics),
  VideoEffects: key("VideoEffects", InertVideoEffects),
};
