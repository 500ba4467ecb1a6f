// A person: a Chromium of their own, on a page that knows the web SDK as the server serves it.
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";

const DEVICES = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
  "--auto-select-desktop-capture-source=Entire screen", "--auto-select-tab-capture-source-by-title=Parley"];

export async function openBrowser(more = []) {
  const executablePath = process.env.PARLEY_CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) throw new Error(`no Chromium at ${executablePath}`);
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--ignore-certificate-errors", ...DEVICES, ...more],
  });
}

export class Person {
  /**
   * Opens a page of the server, so that scripts of the test have its origin.
   *
   * @param as whose second device it is; without, it is a user of its own
   */
  static async arrive(browser, server, name, { as } = {}) {
    const person = new Person();
    person.name = name;
    person.context = await browser.newContext({ ignoreHTTPSErrors: true });
    person.page = await person.context.newPage();
    if (process.env.PARLEY_VERBOSE) {
      person.page.on("console", (line) => console.log(`${name}: ${line.text()}`));
      person.page.on("pageerror", (error) => console.log(`${name}: ${error}`));
    }
    await person.page.addInitScript(keepPeers);
    await person.page.goto(`${server.url}/health/live`);
    person.pass = as?.pass ?? (await server.newUser());
    person.id = person.pass.userId;
    await person.page.evaluate(prepare, [name, person.pass]);
    return person;
  }

  /** Joins the group call of this id, or calls these people. */
  async call(target, { video = true } = {}) {
    await this.page.evaluate(
      async ([to, withVideo]) => {
        const t = globalThis.t;
        const videoOptions = withVideo ? { localVideoStreams: [t.camera] } : undefined;
        t.call = to.groupId ? t.agent.join(to, { videoOptions }) : t.agent.startCall(to, { videoOptions });
      },
      [Array.isArray(target) ? target.map((one) => ({ communicationUserId: one.id })) : target, video],
    );
  }

  /** Runs `work` in the page with the person's things. */
  do(work, argument) {
    return this.page.evaluate(work, argument);
  }

  /**
   * Waits until `condition`, run in the page, holds. It may be asynchronous: Playwright's own waitForFunction takes a
   * promise for an answer, whatever becomes of it.
   */
  async until(what, condition, argument, timeout = 30_000) {
    const end = Date.now() + timeout;
    while (!(await this.page.evaluate(condition, argument))) {
      if (Date.now() > end) {
        const state = await this.page.evaluate(async () => JSON.stringify([globalThis.told(), await globalThis.tracks()]));
        throw new Error(`${this.name} waited in vain until ${what}; ${state}`);
      }
      await pause(50);
    }
  }

  /** What comes in now, by the id of who sends: energy of sound, frames decoded. */
  flow() {
    return this.page.evaluate(() => globalThis.flow());
  }

  leave() {
    return this.context.close();
  }
}

/** Keeps each peer connection, so that its statistics can be asked. Runs in the page. */
export function keepPeers() {
  const Peer = globalThis.RTCPeerConnection;
  globalThis.peers = [];
  globalThis.RTCPeerConnection = class extends Peer {
    constructor(...all) {
      super(...all);
      globalThis.peers.push(this);
    }
  };
  globalThis.flow = async () => {
    const sum = { energy: 0, frames: 0, videos: 0, height: 0 };
    for (const peer of globalThis.peers) {
      if (peer.connectionState === "closed") continue;
      for (const one of (await peer.getStats()).values()) {
        if (one.type !== "inbound-rtp") continue;
        if (one.kind === "audio") sum.energy += one.totalAudioEnergy ?? 0;
        if (one.kind === "video") {
          sum.frames += one.framesDecoded ?? 0;
          sum.videos += one.framesDecoded > 0 ? 1 : 0;
          sum.height = Math.max(sum.height, one.frameHeight ?? 0);
        }
      }
    }
    return sum;
  };
  /** What goes and comes on each open connection, for who looks why something does not flow. */
  globalThis.tracks = async () => {
    const all = [];
    for (const [number, peer] of globalThis.peers.entries()) {
      if (peer.connectionState === "closed") continue;
      for (const one of (await peer.getStats()).values()) {
        if (one.type === "outbound-rtp") {
          all.push([number, "out", one.kind, one.rid, one.active, one.packetsSent, one.framesEncoded, one.keyFramesEncoded, one.pliCount, one.nackCount, one.qualityLimitationReason]);
        }
        if (one.type === "inbound-rtp") {
          all.push([number, "in", one.kind, one.packetsReceived, one.framesReceived, one.framesDecoded, one.keyFramesDecoded, one.pliCount, one.nackCount]);
        }
      }
    }
    return all;
  };
  globalThis.told = () => {
    const call = globalThis.t?.call;
    return {
      state: call?.state,
      reason: call?.callEndReason,
      others: call?.remoteParticipants.map((one) => ({
        name: one.displayName,
        state: one.state,
        muted: one.isMuted,
        streams: one.videoStreams.map((stream) => [stream.mediaStreamType, stream.isAvailable]),
      })),
      peers: globalThis.peers.map((peer) => [peer.connectionState, peer.iceConnectionState]),
    };
  };
}

/** Makes an agent of the user. Runs in the page. */
async function prepare([displayName, { token, expiresOn }]) {
  document.title = "Parley";
  const sdk = await import("/sdk/parley-calling.js");
  const t = (globalThis.t = { sdk, rung: [] });
  t.client = new sdk.CallClient();
  const devices = await t.client.getDeviceManager();
  await devices.askDevicePermission({ audio: true, video: true });
  const [device] = await devices.getCameras();
  t.camera = new sdk.LocalVideoStream(device);
  const credential = {
    getToken: async () => ({ token, expiresOnTimestamp: Date.parse(expiresOn) }),
    dispose() {},
  };
  t.agent = await t.client.createCallAgent(credential, { displayName });
  t.agent.on("incomingCall", ({ incomingCall }) => t.rung.push(incomingCall));
  // What is not shown is not sent: each video gets a renderer, as an application gives it.
  t.show = () => {
    for (const one of t.call?.remoteParticipants ?? []) {
      for (const stream of one.videoStreams) {
        if (!stream.isAvailable || stream.shown) continue;
        stream.shown = new sdk.VideoStreamRenderer(stream);
        stream.shown.createView().then(
          (view) => {
            view.target.style.cssText = "width:640px;height:360px";
            document.body.append(view.target);
          },
          () => (stream.shown = undefined),
        );
      }
    }
  };
  setInterval(t.show, 100);
}
