/** Numbers of media: what is sent, and how long something may take. */
export const MediaLimits = {
  /** Camera layers, smallest first: a quarter, half and the full size. */
  cameraLayers: [
    { rid: "q", scaleResolutionDownBy: 4, maxBitrate: 150_000 },
    { rid: "h", scaleResolutionDownBy: 2, maxBitrate: 500_000 },
    { rid: "f", scaleResolutionDownBy: 1, maxBitrate: 1_700_000 },
  ],
  cameraBitrateBps: 1_700_000,
  screenBitrateBps: 2_500_000,
  screenFramesPerSecond: 15,
  camera: { width: 1280, height: 720, framesPerSecond: 30 },
  /** How long a connection may stay `disconnected` before its ICE is restarted; `failed` is acted on at once. */
  disconnectedMs: 2_000,
  /** The pause between two tries to get a connection back. */
  restartPauseMs: 3_000,
  /** Sizes of views are told to the server at most so often. */
  viewPauseMs: 250,
  /** What a view counts as until the page has laid it out, in CSS pixels. */
  viewHeightGuess: 360,
} as const;
