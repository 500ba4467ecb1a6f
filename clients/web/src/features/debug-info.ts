import type { CallClientFeature } from "../api/features.js";

export interface Environment {
  platform: string;
  browser: string;
  browserVersion: string;
}

export interface EnvironmentInfo {
  environment: Environment;
  isSupportedPlatform: boolean;
  isSupportedBrowser: boolean;
  isSupportedBrowserVersion: boolean;
  isSupportedEnvironment: boolean;
}

export interface DebugInfoFeature extends CallClientFeature {
  getEnvironmentInfo(): Promise<EnvironmentInfo>;
  /** Parley keeps no logs in the page: there is nothing to dump. */
  dumpDebugInfo(): { dumpId: string; callIds: string[] };
  readonly lastCallId: string | undefined;
}

/** Browsers by what their name for themselves contains; the first that fits counts, since most name others too. */
const BROWSERS: ReadonlyArray<readonly [browser: string, pattern: RegExp, oldest: number]> = [
  ["edge", /Edg(?:e|A|iOS)?\/(\d+)/, 96],
  ["opera", /OPR\/(\d+)/, 82],
  ["firefox", /(?:Firefox|FxiOS)\/(\d+)/, 110],
  ["chrome", /(?:Chrome|CriOS|Chromium)\/(\d+)/, 96],
  ["safari", /Version\/(\d+)[\d.]* .*Safari/, 15],
];

const PLATFORMS: ReadonlyArray<readonly [platform: string, pattern: RegExp]> = [
  ["android", /Android/],
  ["ios", /iPhone|iPad|iPod/],
  ["windows", /Windows/],
  ["mac", /Macintosh|Mac OS/],
  ["linux", /Linux|X11|CrOS/],
];

export class DebugInfo implements DebugInfoFeature {
  readonly lastCallId: string | undefined = undefined;

  constructor(
    _owner: object,
    readonly name: string,
  ) {}

  async getEnvironmentInfo(): Promise<EnvironmentInfo> {
    return environmentOf(globalThis.navigator?.userAgent ?? "", typeof RTCPeerConnection !== "undefined");
  }

  dumpDebugInfo(): { dumpId: string; callIds: string[] } {
    return { dumpId: "", callIds: [] };
  }
}

/** What a browser says of itself, and whether calls work in it: it must have WebRTC and not be older than tested. */
export function environmentOf(userAgent: string, hasWebRtc: boolean): EnvironmentInfo {
  const platform = PLATFORMS.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? "unknown";
  const found = BROWSERS.find(([, pattern]) => pattern.test(userAgent));
  const browserVersion = found?.[1].exec(userAgent)?.[1] ?? "";
  const isSupportedPlatform = platform !== "unknown";
  const isSupportedBrowser = found !== undefined && hasWebRtc;
  const isSupportedBrowserVersion = found !== undefined && Number(browserVersion) >= found[2];
  return {
    environment: { platform, browser: found?.[0] ?? "unknown", browserVersion },
    isSupportedPlatform,
    isSupportedBrowser,
    isSupportedBrowserVersion,
    isSupportedEnvironment: isSupportedPlatform && isSupportedBrowser && isSupportedBrowserVersion,
  };
}
