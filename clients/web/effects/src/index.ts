/** What every effect of this package has: none is supported, and starting one fails. */
export interface UnsupportedEffect<Config> {
  readonly name: string;
  configure(config: Config): void;
  /** Always false. */
  isSupported(): Promise<boolean>;
  /** Always fails. */
  startEffect(): Promise<never>;
  stopEffect(): Promise<void>;
  dispose(): Promise<void>;
}

export interface BackgroundBlurConfig {
  blurStrength?: number;
}

export interface BackgroundReplacementConfig {
  backgroundImageUrl: string;
}

/** It can be made and configured, so that an application can ask before it offers it. */
class Unsupported<Config> implements UnsupportedEffect<Config> {
  config: Config | undefined;

  constructor(
    readonly name: string,
    config: Config | undefined,
  ) {
    this.config = config;
  }

  configure(config: Config): void {
    this.config = config;
  }

  async isSupported(): Promise<boolean> {
    return false;
  }

  startEffect(): Promise<never> {
    return Promise.reject(new Error(`${this.name} is not supported by Parley`));
  }

  async stopEffect(): Promise<void> {
    // None is running.
  }

  async dispose(): Promise<void> {
    // Nothing is held.
  }
}

export class BackgroundBlurEffect extends Unsupported<BackgroundBlurConfig> {
  constructor(config?: BackgroundBlurConfig) {
    super("BackgroundBlur", config);
  }
}

export class BackgroundReplacementEffect extends Unsupported<BackgroundReplacementConfig> {
  constructor(config?: BackgroundReplacementConfig) {
    super("BackgroundReplacement", config);
  }
}

export class DeepNoiseSuppressionEffect extends Unsupported<object> {
  constructor(config?: object) {
    super("DeepNoiseSuppression", config);
  }
}
