// What only a browser can show: devices, permissions, pictures in views. Chromium with fake devices, no server.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

type Sdk = typeof import("../src/index.js");

const EXECUTABLE = process.env["PARLEY_CHROMIUM"] ?? "/usr/bin/chromium";
const isMissing = !existsSync(EXECUTABLE) && process.env["PARLEY_TESTS_REQUIRED"] !== "1";
const skip = isMissing ? `no Chromium at ${EXECUTABLE}` : false;

let server: Server;
let browser: Browser;

before(async () => {
  if (isMissing) return;
  const script = readFileSync("dist/parley-calling.js");
  server = createServer((request, response) => {
    const isScript = request.url === "/parley-calling.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : "<!doctype html><title>devices</title><body></body>");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const devices = ["--use-fake-device-for-media-stream=device-count=2", "--autoplay-policy=no-user-gesture-required"];
  browser = await chromium.launch({ executablePath: EXECUTABLE, args: ["--no-sandbox", ...devices] });
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function open(permissions: string[]): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ permissions });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate(async () => {
    const address = "/parley-calling.js";
    Object.assign(window, { sdk: (await import(address)) as unknown });
  });
  return { page, context };
}

declare const sdk: Sdk;
declare const loopback: (frames: number) => Promise<{
  kinds: string[];
  framesDecoded: number;
  layers: number;
  scale: number | undefined;
  path: string;
  framesAfterPauses: number;
}>;

test("devices are named once the user allowed them, and can be chosen", { skip }, async () => {
  const { page, context } = await open(["camera", "microphone"]);
  const seen = await page.evaluate(async () => {
    const devices = await new sdk.CallClient().getDeviceManager();
    const told: string[] = [];
    devices.on("selectedMicrophoneChanged", () => told.push("microphone"));
    const access = await devices.askDevicePermission({ audio: true, video: true });
    const cameras = await devices.getCameras();
    const microphones = await devices.getMicrophones();
    const other = microphones.find(({ id }) => id !== devices.selectedMicrophone?.id);
    if (other) await devices.selectMicrophone(other);
    const isChosen = devices.selectedMicrophone?.id === other?.id;
    return { access, cameras, isChosen, told, canSpeak: devices.isSpeakerSelectionAvailable };
  });
  assert.deepEqual(seen.access, { audio: true, video: true });
  assert.ok(seen.cameras.length > 0 && seen.cameras.every(({ id, name }) => id.startsWith("camera:") && name !== ""));
  assert.deepEqual([seen.isChosen, seen.told, seen.canSpeak], [true, ["microphone", "microphone"], true]);
  await context.close();
});

test("a camera is shown, fitted and mirrored, and closed after its last view", { skip }, async () => {
  const { page, context } = await open(["camera"]);
  const seen = await page.evaluate(async () => {
    const devices = await new sdk.CallClient().getDeviceManager();
    await devices.askDevicePermission({ audio: false, video: true });
    const [camera] = await devices.getCameras();
    if (!camera) throw new Error("no camera");
    const stream = new sdk.LocalVideoStream(camera);
    const renderer = new sdk.VideoStreamRenderer(stream);
    const view = await renderer.createView({ scalingMode: "Fit", isMirrored: true });
    document.body.append(view.target);
    const video = view.target.querySelector("video");
    if (!video) throw new Error("no video");
    if (video.videoWidth === 0) await new Promise((shown) => video.addEventListener("resize", shown));
    const before = { fit: video.style.objectFit, mirror: video.style.transform, width: video.videoWidth };
    await view.updateScalingMode("Crop");
    const [track] = (await stream.getMediaStream()).getTracks();
    const second = await renderer.createView();
    view.dispose();
    const whileShown = track?.readyState;
    second.dispose();
    await new Promise((turn) => setTimeout(turn));
    return { before, after: video.style.objectFit, whileShown, atEnd: track?.readyState, left: document.querySelectorAll("video").length };
  });
  assert.deepEqual(seen.before.fit, "contain");
  assert.equal(seen.before.mirror, "scaleX(-1)");
  assert.ok(seen.before.width > 0);
  assert.deepEqual([seen.after, seen.whileShown, seen.atEnd, seen.left], ["cover", "live", "ended", 0]);
  await context.close();
});

test("a denied camera is told as denied, not thrown", { skip }, async () => {
  const { page, context } = await open([]);
  const access = await page.evaluate(async () => {
    const devices = await new sdk.CallClient().getDeviceManager();
    return devices.askDevicePermission({ audio: true, video: true });
  });
  assert.deepEqual(access, { audio: false, video: false });
  await context.close();
});

test("Chromium is a supported environment", { skip }, async () => {
  const { page, context } = await open([]);
  const { environment, isSupportedEnvironment } = await page.evaluate(() =>
    new sdk.CallClient().feature(sdk.Features.DebugInfo).getEnvironmentInfo(),
  );
  assert.deepEqual([environment.browser, environment.platform, isSupportedEnvironment], ["chrome", "linux", true]);
  await context.close();
});

test("sound and pictures get through both connections, in full size where only one layer is taken", { skip }, async () => {
  const built = await build({ entryPoints: ["test/support/page-loopback.ts"], bundle: true, write: false, format: "iife" });
  const { page, context } = await open(["camera", "microphone"]);
  await page.addScriptTag({ content: built.outputFiles[0]?.text ?? "" });
  const seen = await page.evaluate(() => loopback(10));
  assert.deepEqual(seen.kinds, ["Audio audio", "Video video"]);
  assert.ok(seen.framesDecoded >= 10 && seen.framesAfterPauses >= 10);
  assert.deepEqual([seen.layers, seen.scale, seen.path], [1, 1, "good"]);
  await context.close();
});
