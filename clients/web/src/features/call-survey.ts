import type { CommunicationIdentifierKind } from "@azure/communication-common";
import type { CallFeature } from "../api/features.js";
import { badRequest } from "../base/errors.js";
import { identifierOf } from "../base/identifiers.js";
import type { CallObject } from "../calls/call.js";

export interface RatingScale {
  lowerBound?: number;
  upperBound?: number;
  lowScoreThreshold?: number;
}

interface Rating<Issue> {
  score?: number;
  scale?: RatingScale;
  issues?: Issue[];
}

export type CallIssue = "CallCannotJoin" | "CallCannotInvite" | "HadToRejoin" | "CallEndedUnexpectedly" | "OtherIssues";
export type AudioIssue =
  | "NoLocalAudio"
  | "NoRemoteAudio"
  | "Echo"
  | "AudioNoise"
  | "LowVolume"
  | "AudioStoppedUnexpectedly"
  | "DistortedSpeech"
  | "AudioInterruption"
  | "OtherIssues";
export type VideoIssue =
  | "NoVideoReceived"
  | "NoVideoSent"
  | "LowQuality"
  | "Freezes"
  | "StoppedUnexpectedly"
  | "DarkVideoReceived"
  | "AudioVideoOutOfSync"
  | "OtherIssues";
export type ScreenshareIssue =
  | "NoContentLocal"
  | "NoContentRemote"
  | "CannotPresent"
  | "LowQuality"
  | "Freezes"
  | "StoppedUnexpectedly"
  | "LargeDelay"
  | "OtherIssues";

export interface CallSurvey {
  overallRating?: Rating<CallIssue>;
  audioRating?: Rating<AudioIssue>;
  videoRating?: Rating<VideoIssue>;
  screenshareRating?: Rating<ScreenshareIssue>;
}

export interface CallSurveyResponse {
  readonly id: string;
  readonly callId: string;
  readonly localParticipantId: CommunicationIdentifierKind;
}

export interface CallSurveyFeature extends CallFeature {
  /** At the latest an hour after the call. */
  submitSurvey(survey: CallSurvey): Promise<CallSurveyResponse>;
}

const DEFAULT_SCALE = { lowerBound: 1, upperBound: 5 };
const BOUND_MAX = 100;

export class Survey implements CallSurveyFeature {
  constructor(
    private readonly _call: CallObject,
    readonly name: string,
  ) {}

  async submitSurvey(survey: CallSurvey): Promise<CallSurveyResponse> {
    const ratings = Object.values(survey).filter((rating) => rating !== undefined);
    if (ratings.length === 0) throw badRequest("the survey rates nothing");
    for (const { score, scale } of ratings) checkScore(score, scale);
    const answer = await this._call._request("call.survey", { survey });
    const id = typeof answer["id"] === "string" ? answer["id"] : "";
    return { id, callId: this._call.id, localParticipantId: identifierOf(this._call._surroundings.user()) };
  }

  dispose(): void {
    // Nothing is held.
  }
}

function checkScore(score: number | undefined, scale: RatingScale | undefined): void {
  const { lowerBound, upperBound } = { ...DEFAULT_SCALE, ...scale };
  if (lowerBound < 0 || upperBound > BOUND_MAX || lowerBound >= upperBound) {
    throw badRequest(`a scale lies between 0 and ${BOUND_MAX}`);
  }
  if (score !== undefined && (score < lowerBound || score > upperBound)) {
    throw badRequest(`the score must lie between ${lowerBound} and ${upperBound}`);
  }
}
