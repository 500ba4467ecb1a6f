// Microsoft's unmodified CallComposite on @parley/calling: two people in two
// browsers, each looked at through what the page shows.
import { randomUUID } from "node:crypto";
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { openBrowser } from "../harness/browser.mjs";
import { CallWindow, FAKE_DEVICES } from "../harness/ui/call-window.mjs";
import { serve, story } from "../harness/ui/stage.mjs";

const SCOPES = ["voip"];

let browsers;
let origin;

before(async () => {
  [origin, ...browsers] = await Promise.all([
    serve("call.jsx"),
    openBrowser(FAKE_DEVICES),
    openBrowser(FAKE_DEVICES),
  ]);
});

after(() => Promise.all(browsers.map((browser) => browser.close())));

story("from the page before a call to seeing each other, and out again", async (enter) => {
  const { ann, bob } = await annAndBob(enter);
  await pictures("call-before", ann);
  await Promise.all([ann.joins(), bob.joins()]);
  await Promise.all([ann.watches("Bob"), bob.watches("Ann")]);
  await Promise.all([ann.marks("Bob", "MicOff", false), bob.marks("Ann", "MicOff", false)]);
  await pictures("call", ann, bob);

  await ann.leaves();
  await ann.ends("You left the call");
  await bob.tiles("Ann").waitFor({ state: "detached" });
  await pictures("call-left", ann, bob);
  await ann.starts();
  await Promise.all([ann.person.sees("Bob"), bob.person.sees("Ann")]);
  await ann.watches("Bob");
  assertNothingWentWrong(ann, bob);
});

/** Ann and Bob in front of the page before a group call. */
async function annAndBob(enter) {
  const [ann, bob] = await Promise.all(
    ["Ann", "Bob"].map(
      async (name, index) => new CallWindow(await enter(browsers[index], origin, name, SCOPES)),
    ),
  );
  const shown = { locator: { groupId: randomUUID() } };
  await Promise.all([ann.shows(shown), bob.shows(shown)]);
  return { ann, bob };
}

async function pictures(name, ...windows) {
  await Promise.all(windows.map((window) => window.person.picture(name)));
}

function assertNothingWentWrong(...windows) {
  for (const { person } of windows) assert.deepEqual(person.mishaps, [], person.displayName);
}
