// A Chromium with the application page, and users of the running Parley.
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { build } from "esbuild";
import { chromium } from "playwright-core";

export const endpoint = required("PARLEY_ENDPOINT");
const identity = new CommunicationIdentityClient(required("PARLEY_CONNECTION_STRING"));

/** A user with a token, for chat unless other scopes are named. */
export async function newUser(scopes = ["chat"]) {
  const { user, token } = await identity.createUserAndToken(scopes);
  return { id: user.communicationUserId, user, token };
}

export async function revoke(user) {
  await identity.revokeTokens(user);
}

/** Starts Chromium; `args` choose the protocol or route it through a shim. */
export async function openBrowser(args = []) {
  const executablePath = process.env.PARLEY_CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) throw new Error(`no Chromium at ${executablePath}`);
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--ignore-certificate-errors", ...args],
  });
}

let bundle;
let pages;

/** An origin of its own on loopback: from elsewhere Chromium asks before it reaches loopback. */
async function origin() {
  if (!pages) {
    pages = createServer((request, response) => {
      response.setHeader("content-type", "text/html");
      response.end("<!doctype html><title>chat</title>");
    });
    await new Promise((done) => pages.listen(0, "localhost", done));
    pages.unref();
  }
  return `http://localhost:${pages.address().port}/`;
}

/**
 * Opens a page of another origin with the unmodified chat client started for `user`.
 *
 * @param {(page: object) => void} [watch] is given the page before it sends anything
 */
export async function openChat(browser, user, watch) {
  bundle ??= await build({
    entryPoints: [fileURLToPath(new URL("../page/page.js", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    define: { global: "globalThis" },
  }).then((result) => result.outputFiles[0].text);
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  watch?.(page);
  if (process.env.PARLEY_VERBOSE) {
    page.on("console", (line) => console.log("  page:", line.text().slice(0, 300)));
  }
  await page.goto(await origin());
  await page.addScriptTag({ content: bundle });
  const registered = page.waitForResponse(
    (answer) => answer.url().endsWith("/v3/registrations") && answer.request().method() === "POST",
  );
  registered.catch(() => {});
  await page.evaluate(([url, token]) => window.startChat(url, token), [endpoint, user.token]);
  await registered;
  return page;
}

/** Waits until the page was told at least `count` events of that name, and gives them. */
export async function told(page, name, count, timeout = 30_000) {
  await page.waitForFunction(
    ([event, least]) => window.toldOf(event).length >= least,
    [name, count],
    { timeout },
  );
  return page.evaluate((event) => window.toldOf(event), name);
}

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start Parley and source its connection.env`);
  return value;
}
