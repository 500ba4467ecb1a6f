// The stage of a test with Microsoft's UI library: pages with one composite, and people who use them.
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { newUser } from "../browser.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The packages that stand where the UI library imports Microsoft's calling packages. */
const ALIASES = {
  "@azure/communication-calling": here("../../page/ui/stand-in.js"),
  "@azure/communication-calling-effects": here("../../page/ui/stand-in.js"),
};

const PAGE =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Parley</title>' +
  "<style>html,body,#app{height:100%;margin:0}</style></head>" +
  '<body><div id="app"></div><script src="/page.js"></script></body></html>';

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
    const script = request.url === "/page.js";
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(script ? bundle : PAGE);
  });
  await new Promise((done) => server.listen(0, "localhost", done));
  server.unref();
  return `http://localhost:${server.address().port}/`;
}

/**
 * A test in which people come on stage by `enter(browser, origin, name)`. When it fails, pictures of
 * what each of them saw are kept, and the texts on their pages are part of the error.
 */
export function story(name, play) {
  test(name, async () => {
    const people = [];
    const enter = async (browser, origin, displayName) => {
      const person = await Person.opens(browser, origin, await newUser(), displayName);
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
      viewport: { width: 960, height: 640 },
    });
    // The library asks for fonts; nothing is fetched from outside this machine.
    await context.route(
      (url) => url.hostname !== "localhost" && url.hostname !== "127.0.0.1",
      (route) => route.abort(),
    );
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
    return `--- ${this.displayName} sees:\n${text}\n${this.mishaps.join("\n")}`;
  }
}
