/** The types of features that applications see; the classes behind them stay inside. */
export type { CallSurvey, CallSurveyFeature, CallSurveyResponse, RatingScale } from "./call-survey.js";
export type {
  CapabilitiesChangedReason,
  CapabilitiesChangeInfo,
  CapabilitiesFeature,
  CapabilityResolutionReason,
  CapabilityState,
  ParticipantCapabilities,
  ParticipantCapabilityName,
} from "./capabilities.js";
export type { DebugInfoFeature, Environment, EnvironmentInfo } from "./debug-info.js";
export { DiagnosticQuality } from "./diagnostics.js";
export type {
  DiagnosticChangedEventArgs,
  DiagnosticFlag,
  DiagnosticValueType,
  LatestDiagnosticValue,
  LatestMediaDiagnostics,
  LatestNetworkDiagnostics,
  MediaDiagnosticChangedEvent,
  MediaDiagnosticChangedEventArgs,
  MediaDiagnostics,
  MediaDiagnosticType,
  NetworkDiagnosticChangedEvent,
  NetworkDiagnosticChangedEventArgs,
  NetworkDiagnostics,
  NetworkDiagnosticType,
} from "./diagnostics.js";
export type { DominantSpeakersCallFeature, DominantSpeakersInfo } from "./dominant-speakers.js";
export type {
  ActiveAudioEffects,
  AudioEffectName,
  AudioEffectsFeature,
  AudioEffectsStartConfig,
  AudioEffectsStopConfig,
  BackgroundBlurConfig,
  BackgroundBlurEffect,
  BackgroundReplacementConfig,
  BackgroundReplacementEffect,
  DeepNoiseSuppressionEffect,
  VideoEffectErrorPayload,
  VideoEffectName,
  VideoEffectProcessor,
  VideoEffectsFeature,
} from "./effects.js";
export type {
  BreakoutRoom,
  BreakoutRoomsCallFeature,
  BreakoutRoomsEventData,
  BreakoutRoomsSettings,
  BreakoutRoomState,
  BreakoutRoomsUpdatedListener,
  Captions,
  CaptionsCallFeature,
  CaptionsCommon,
  CaptionsHandler,
  CaptionsInfo,
  CaptionsKind,
  CaptionsResultType,
  LocalRecordingCallFeature,
  PPTLiveCallFeature,
  RecordingCallFeature,
  RecordingInfo,
  StartCaptionsOptions,
  TeamsCaptions,
  TeamsCaptionsHandler,
  TeamsCaptionsInfo,
  TeamsMeetingAudioConferencingDetails,
  TeamsMeetingAudioConferencingFeature,
  TogetherModeCallFeature,
  TogetherModeSeatingMap,
  TogetherModeSeatingPosition,
  TogetherModeVideoStream,
  TranscriptionCallFeature,
} from "./inert.js";
export type {
  MediaAccess,
  MediaAccessCallFeature,
  MediaAccessChangedEvent,
  MeetingMediaAccess,
  MeetingMediaAccessChangedEvent,
} from "./media-access.js";
export type {
  MediaStatsCallFeature,
  MediaStatsCollector,
  MediaStatsCollectorOptions,
  MediaStatsOfKind,
  MediaStatsReportSample,
  MediaStatsReportSummary,
  MediaStatsStream,
} from "./media-stats.js";
export type { OptimalVideoCountCallFeature } from "./optimal-video-count.js";
export type { RaisedHand, RaisedHandChangedEvent, RaisedHandListener, RaiseHandCallFeature } from "./raise-hand.js";
export type { Reaction, ReactionCallFeature, ReactionEventPayload, ReactionListener, ReactionMessage } from "./reaction.js";
export type {
  RealTimeTextFeature,
  RealTimeTextInfo,
  RealTimeTextReceivedEventHandler,
  RealTimeTextResultType,
} from "./real-time-text.js";
export type { SpotlightCallFeature, SpotlightedParticipant } from "./spotlight.js";
export type {
  Transfer,
  TransferAcceptedEvent,
  TransferCallFeature,
  TransferErrorReason,
  TransferEventArgs,
  TransferState,
  TransferTargetOption,
  TransferToCallTarget,
  TransferToParticipantLocator,
  TransferToParticipantOptions,
  TransferToParticipantTarget,
} from "./transfer.js";
export type { UserFacingDiagnosticsFeature } from "./user-facing-diagnostics.js";
