import type { CommunicationTokenCredential } from "@azure/communication-common";
import type { CallAgent, CallAgentOptions, CallClient, CallClientOptions, TeamsCallAgent } from "./api/agent.js";
import type { DeviceManager } from "./api/devices.js";
import type { CallClientFeature, CallClientFeatureFactory } from "./api/features.js";
import { CommunicationServicesError, notSupported } from "./base/errors.js";
import { realTimers, type Timers } from "./base/timers.js";
import { CallAgentObject } from "./calls/call-agent.js";
import { BrowserDevices } from "./devices/device-manager.js";
import { createFeature } from "./features/registry.js";
import type { OpenSocket } from "./signalling/connection.js";
import { VERSION } from "./version.js";

/** What the client takes from its surroundings; tests give their own. */
export interface Platform {
  readonly timers: Timers;
  readonly openSocket: OpenSocket;
  readonly newPeer: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly newId: () => string;
  readonly random: () => number;
}

export const browserPlatform: Platform = {
  timers: realTimers,
  openSocket: (address) => new WebSocket(address),
  newPeer: (configuration) => new RTCPeerConnection(configuration),
  newId: () => crypto.randomUUID(),
  random: () => Math.random(),
};

/** Implements {@link CallClient}. */
export class CallClientObject implements CallClient {
  private _agent: CallAgentObject | undefined;
  private _isConnecting = false;
  private _devices: BrowserDevices | undefined;
  private readonly _features = new Map<unknown, unknown>();
  private readonly _platform: Platform;
  private readonly _options: CallClientOptions;
  private readonly _onNetwork = (): void => this._agent?._networkChanged();
  private readonly _onLeave = (event: PageTransitionEvent): void => {
    // A page that is kept for going back lives on; its session is kept by the service for a minute.
    if (!event.persisted) this._agent?._leavePage();
  };

  constructor(options: CallClientOptions = {}, platform: Platform = browserPlatform) {
    this._options = options;
    this._platform = platform;
  }

  async createCallAgent(credential: CommunicationTokenCredential, options: CallAgentOptions = {}): Promise<CallAgent> {
    if (this._agent || this._isConnecting) {
      throw new CommunicationServicesError(409, 0, "this client has an agent: dispose of it first");
    }
    this._isConnecting = true;
    try {
      const agent = this._newAgent(credential, options);
      await agent._start();
      this._agent = agent;
      this._listen();
      return agent;
    } finally {
      this._isConnecting = false;
    }
  }

  createTeamsCallAgent(): Promise<TeamsCallAgent> {
    return Promise.reject(notSupported("the call agent of a Teams user"));
  }

  async getDeviceManager(): Promise<DeviceManager> {
    return this._deviceManager();
  }

  feature<T extends CallClientFeature>(factory: CallClientFeatureFactory<T>): T {
    return createFeature(this._features, factory, this);
  }

  async dispose(): Promise<void> {
    await this._agent?.dispose();
    this._devices?._dispose();
    this._devices = undefined;
  }

  private _newAgent(credential: CommunicationTokenCredential, options: CallAgentOptions): CallAgentObject {
    return new CallAgentObject({
      ...this._platform,
      tokens: credential,
      application: options,
      devices: this._deviceManager(),
      iceServers: this._options.networkConfiguration?.turn?.iceServers ?? [],
      client: `parley-web/${VERSION}`,
      disposed: () => this._forget(),
    });
  }

  private _deviceManager(): BrowserDevices {
    return (this._devices ??= new BrowserDevices(globalThis.navigator?.mediaDevices, canChooseSpeaker()));
  }

  private _listen(): void {
    if (typeof window === "undefined") return;
    for (const event of ["online", "offline"]) window.addEventListener(event, this._onNetwork);
    networkOfBrowser()?.addEventListener("change", this._onNetwork);
    window.addEventListener("pagehide", this._onLeave);
  }

  private _forget(): void {
    this._agent = undefined;
    if (typeof window === "undefined") return;
    for (const event of ["online", "offline"]) window.removeEventListener(event, this._onNetwork);
    networkOfBrowser()?.removeEventListener("change", this._onNetwork);
    window.removeEventListener("pagehide", this._onLeave);
  }
}

function canChooseSpeaker(): boolean {
  return typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype;
}

/** Tells of another network (W3C Network Information); not every browser has it. */
function networkOfBrowser(): EventTarget | undefined {
  const network: unknown = Reflect.get(navigator, "connection");
  return network instanceof EventTarget ? network : undefined;
}
