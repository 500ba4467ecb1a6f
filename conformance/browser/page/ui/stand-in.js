// The index of the UI library names these when it is loaded; ChatComposite uses none of them.
const absent = (name) =>
  class {
    constructor() {
      throw new Error(`${name} is not here: this page is a chat`);
    }
  };

export const CallClient = absent("CallClient");
export const LocalVideoStream = absent("LocalVideoStream");
export const VideoStreamRenderer = absent("VideoStreamRenderer");
export const BackgroundBlurEffect = absent("BackgroundBlurEffect");
export const BackgroundReplacementEffect = absent("BackgroundReplacementEffect");
export const DeepNoiseSuppressionEffect = absent("DeepNoiseSuppressionEffect");
export const DiagnosticQuality = {};
export const Features = {};
