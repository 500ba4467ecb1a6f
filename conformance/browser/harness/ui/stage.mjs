// The stage of a test with Microsoft's UI library: pages with one composite, and people who use them.
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { newUser } from "../browser.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Our packages stand where the UI library imports Microsoft's calling packages; both share the one
 * `@azure/communication-common` of the application.
 */
const ALIASES = {
  "@azure/communication-calling": here("../../../../clients/web/src/index.ts"),
  "@azure/communication-calling-effects": here("../../../../clients/web/effects/src/index.ts"),
  "@azure/communication-common": here("../../node_modules/@azure/communication-common"),
};

/** How long a person waits for something to appear. */
const PATIENCE_MS = Number(process.env.PARLEY_PATIENCE_MS ?? 30_000);

const PAGE =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Parley</title>' +
  "<style>html,body,#app{height:100%;margin:0}</style></head>" +
  '<body><div id="app"></div><script src="/page.js"></script></body></html>';

/** One picture for all reactions; the library shows them by pictures of the application. */
const REACTION =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 84 84" width="84" height="84">' +
  '<circle cx="42" cy="42" r="40" fill="gold"/></svg>';

const pictures = here("../../../target/browser/pictures/");

/** An origin on loopback that serves one page of `page/ui` with its bundle. */
export async function serve(entry) {
  const bundle = await build({
    entryPoints: [here(`../../page/ui/${entry}`)],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    jsx: "automatic",
    alias: ALIASES,
    define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  }).then((result) => result.outputFiles[0].contents);
  const server = createServer((request, response) => {
    const [type, body] = answer(request.url, bundle);
    response.setHeader("content-type", type);
    response.end(body);
  });
  await new Promise((done) => server.listen(0, "localhost", done));
  server.unref();
  return `http://localhost:${server.address().port}/`;
}

/** What stands under an address: the page, its bundle, or the picture of a reaction. */
function answer(path, bundle) {
  if (path === "/page.js") return ["text/javascript", bundle];
  if (path.startsWith("/reaction/")) return ["image/svg+xml", REACTION];
  return ["text/html", PAGE];
}

/**
 * A test in which people come on stage by `enter(browser, origin, name, scopes)`. When it fails, pictures of
 * what each of them saw are kept, and the texts on their pages are part of the error.
 */
export function story(name, play) {
  test(name, async () => {
    const people = [];
    const enter = async (browser, origin, displayName, scopes) => {
      const person = await Person.opens(browser, origin, await newUser(scopes), displayName);
      people.push(person);
      return person;
    };
    try {
      await play(enter);
    } catch (failure) {
      const seen = await Promise.all(people.map((person) => person.looksUp(name)));
      throw new Error(`${failure.message}\n${seen.join("\n")}`, { cause: failure });
    } finally {
      await Promise.all(people.map((person) => person.page.context().close()));
    }
  });
}

/** A user in front of a page, with a browser profile of their own. */
class Person {
  static async opens(browser, origin, user, displayName) {
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      locale: "en-US",
      viewport: { width: 1120, height: 640 },
    });
    // The library asks for fonts; nothing is fetched from outside this machine.
    await context.route(
      (url) => url.hostname !== "localhost" && url.hostname !== "127.0.0.1",
      (route) => route.abort(),
    );
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(keepConnections);
    const page = await context.newPage();
    const person = new Person(page, user, displayName);
    page.on("pageerror", (error) => person.mishaps.push(String(error)));
    if (process.env.PARLEY_VERBOSE) {
      page.on("console", (line) => console.log(`  ${displayName}:`, line.text().slice(0, 300)));
    }
    await page.goto(origin);
    return person;
  }

  constructor(page, user, displayName) {
    this.page = page;
    this.user = user;
    this.displayName = displayName;
    /** Errors that nothing on the page caught. */
    this.mishaps = [];
  }

  /** Waits for text anywhere on the page. */
  async sees(text) {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Keeps what the person sees in the build folder, to be looked at. */
  async picture(name) {
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: `${pictures}${name}-${this.displayName}.png` });
  }

  /** What was on the page when something went wrong. */
  async looksUp(name) {
    const text = await this.page.locator("body").innerText();
    await this.picture(`failed-${name.replace(/\W+/g, "-")}`).catch((late) => this.mishaps.push(late));
    const media = await this.page.evaluate(mediaOfConnections);
    return [`--- ${this.displayName} sees:`, text, ...media, ...this.mishaps].join("\n");
  }
}

/** Runs in the page before all else: remembers its peer connections, for {@link mediaOfConnections}. */
function keepConnections() {
  const made = (window.connections = []);
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...options) {
      super(...options);
      made.push(this);
    }
  };
}

/** Runs in the page: one line for each stream of sound or pictures that goes out or comes in. */
async function mediaOfConnections() {
  const lines = [];
  for (const [index, connection] of window.connections.entries()) {
    if (connection.connectionState === "closed") continue;
    for (const one of (await connection.getStats()).values()) {
      if (!one.type.endsWith("bound-rtp") || one.type.startsWith("remote")) continue;
      const { type, kind, mid, rid = "", ssrc, active = "" } = one;
      const frames = one.framesDecoded ?? one.framesSent ?? "-";
      const packets = one.packetsReceived ?? one.packetsSent;
      lines.push(
        `media ${index} ${connection.connectionState} ${type} ${kind} mid=${mid} ${rid} ssrc=${ssrc} ${active} ` +
          `packets=${packets} frames=${frames}`,
      );
    }
  }
  return lines;
}
