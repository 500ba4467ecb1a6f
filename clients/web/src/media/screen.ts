import { LocalVideoStreamObject } from "../streams/local-video-stream.js";
import { MediaLimits } from "./limits.js";

/** Lets the user choose what to show; fails when the user chooses nothing. */
export async function chooseScreen(): Promise<LocalVideoStreamObject> {
  const media = await navigator.mediaDevices.getDisplayMedia({
    video: { frameRate: { max: MediaLimits.screenFramesPerSecond } },
    audio: false,
  });
  return new LocalVideoStreamObject(media, "ScreenSharing", true);
}

/** Letters must stay readable: the encoder gives up frames before it gives up sharpness. */
export function screenContent(track: MediaStreamTrack): void {
  track.contentHint = "detail";
}
