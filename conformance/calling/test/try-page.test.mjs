// The page that Parley prints at its start, as a person uses it, and the packages that it serves.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { keepPeers, openBrowser } from "../harness/person.mjs";
import { Server } from "../harness/server.mjs";

const PHONE = { width: 390, height: 780 };
const pictures = fileURLToPath(new URL("../../target/calling/pictures/", import.meta.url));
let server;
let browser;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  server = await Server.start();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function openTab(context, name) {
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
  page.errors = errors;
  await page.addInitScript(keepPeers);
  await page.goto(server.page);
  await page.getByLabel("Your name").fill(name);
  return page;
}

/** So many tiles have moving pictures, and sound comes in. */
async function hearsAndSees(page, tiles) {
  await page.waitForFunction((count) => document.querySelectorAll(".tile.pictured video").length === count, tiles);
  await rises(page, (now, then) => now.energy > then.energy && now.frames > then.frames + 5);
  const painted = () =>
    page.evaluate(() =>
      [...document.querySelectorAll(".tile video")].map((video) => video.getVideoPlaybackQuality().totalVideoFrames));
  const first = await painted();
  await page.waitForFunction(
    (from) => [...document.querySelectorAll(".tile video")].every(
      (video, index) => video.getVideoPlaybackQuality().totalVideoFrames > from[index]),
    first,
  );
}

/** Looks until what comes in stands to what came in at first as `rule` says; bounded as every wait of Playwright. */
async function rises(page, rule) {
  const from = await page.evaluate(() => globalThis.flow());
  for (let look = 0; look < 300; look++) {
    if (rule(await page.evaluate(() => globalThis.flow()), from)) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`nothing rises: ${JSON.stringify([from, await page.evaluate(() => globalThis.flow())])}`);
}

/** What an operation of chat says to a token for calls: 403 while its user is there, then 401. */
async function statusWith(context, token) {
  const address = `${server.url}/chat/threads?api-version=2025-03-15`;
  return (await context.request.get(address, { headers: { Authorization: `Bearer ${token}` } })).status();
}

const picture = (page, name) => page.screenshot({ path: `${pictures}${name}.png` });

test("two tabs with the printed address meet, see and hear each other, and leave", async () => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1200, height: 760 } });
  const ann = await openTab(context, "Ann");
  await ann.locator(".tile.pictured").waitFor();
  await picture(ann, "try-before");
  await ann.getByRole("button", { name: "Join the call" }).click();
  await ann.getByText("Waiting for somebody else").waitFor();

  const ben = await openTab(context, "Ben");
  await ben.locator(".tile.pictured").waitFor();
  await ben.getByRole("button", { name: "Join the call" }).click();
  for (const [page, other] of [[ann, "Ben"], [ben, "Ann"]]) {
    await page.getByText("2 people").waitFor();
    await page.locator(".tile", { hasText: other }).waitFor();
    await hearsAndSees(page, 2);
  }
  await ben.locator(".tile.speaking", { hasText: "Ann" }).waitFor();
  await picture(ben, "try-call");

  await ann.getByRole("button", { name: "Mute" }).click();
  await ben.locator(".tile.muted", { hasText: "Ann" }).waitFor();
  await ann.getByRole("button", { name: "Stop video" }).click();
  await ben.locator(".tile:not(.pictured)", { hasText: "Ann" }).waitFor();
  await ben.emulateMedia({ colorScheme: "dark" });
  await ben.setViewportSize(PHONE);
  await picture(ben, "try-call-phone-dark");
  await ann.getByRole("button", { name: "Start video" }).click();
  await ben.locator(".tile.pictured", { hasText: "Ann" }).waitFor();
  await ann.getByRole("button", { name: "Share" }).click();
  await ben.locator(".tile.pictured", { hasText: "Ann: screen" }).waitFor();
  await ben.setViewportSize({ width: 1200, height: 760 });
  await picture(ben, "try-screen-dark");

  await ann.getByRole("button", { name: "Leave" }).click();
  await ann.getByRole("button", { name: "Join the call" }).waitFor();
  await ben.getByText("Waiting for somebody else").waitFor();
  assert.equal(await ben.locator(".tile").count(), 1);
  for (const page of [ann, ben]) assert.deepEqual(page.errors, []);
  await context.close();
});

test("the echo is heard, and a tab that is closed takes its user with it", async () => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const ann = await openTab(context, "Ann");
  await ann.locator(".tile.pictured").waitFor();
  const made = ann.waitForResponse((answer) => answer.url().endsWith("/try/token"));
  await ann.getByRole("button", { name: "Test sound with an echo" }).click();
  const { token } = await (await made).json();
  await ann.getByText("Speak, and hear yourself").waitFor();
  await rises(ann, (now, then) => now.energy > then.energy + 1e-6);
  const other = await context.newPage();
  await ann.goto("about:blank");
  for (let look = 0; look < 100 && (await statusWith(context, token)) !== 401; look++) await other.waitForTimeout(50);
  assert.equal(await statusWith(context, token), 401);
  await context.close();
});

test("without devices it says so, and one joins without", async () => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: PHONE });
  await context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException("denied", "NotAllowedError");
    };
    const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
    navigator.mediaDevices.enumerateDevices = async () => (await list()).filter(({ kind }) => kind !== "videoinput");
  });
  const ann = await openTab(context, "Ann");
  await ann.getByText("No camera was found").waitFor();
  await ann.getByText("The browser does not allow the microphone").waitFor();
  await picture(ann, "try-before-phone");
  await ann.getByRole("button", { name: "Join the call" }).click();
  await ann.getByText("Waiting for somebody else").waitFor();
  assert.deepEqual(ann.errors, []);
  await context.close();
});

test("an address with another run's key leads back to the printed one", async () => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const ann = await openTab(context, "Ann");
  await ann.goto(`${server.url}/try/call#another`);
  await ann.reload();
  await ann.getByRole("button", { name: "Join the call" }).click();
  await ann.getByText("open the address that the server printed").waitFor();
  await context.close();
});

test("npm installs the served packages, and they can be imported", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-sdk-"));
  const run = (command, ...words) =>
    promisify(execFile)(command, words, { cwd: folder, env: { ...process.env, NODE_EXTRA_CA_CERTS: server.authority } });
  try {
    const packages = ["parley-calling.tgz", "parley-calling-effects.tgz"].map((name) => `${server.url}/sdk/${name}`);
    await run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps",
      `--cafile=${server.authority}`, ...packages);
    const script =
      'import { CallClient, Features } from "@parley/calling"; import * as effects from "@parley/calling-effects";' +
      "console.log(typeof CallClient, typeof Features, Object.keys(effects).length > 0)";
    const { stdout } = await run("node", "--input-type=module", "-e", script);
    assert.equal(stdout.trim(), "function object true");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
