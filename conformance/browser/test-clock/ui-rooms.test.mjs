// Rooms in Microsoft's unmodified CallComposite: who may come in, when, and what the page says if not.
import { randomInt } from "node:crypto";
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { RoomsClient } from "@azure/communication-rooms";
import { endpoint, openBrowser } from "../harness/browser.mjs";
import { CallWindow, FAKE_DEVICES } from "../harness/ui/call-window.mjs";
import { serve, story } from "../harness/ui/stage.mjs";

const HOUR = 3_600_000;

const rooms = new RoomsClient(process.env.PARLEY_CONNECTION_STRING);

let browser;
let origin;

before(async () => {
  [browser, origin] = await Promise.all([openBrowser(FAKE_DEVICES), serve("call.jsx")]);
});

after(() => browser.close());

story("who is not invited stays outside", async (enter) => {
  const [ann, eve] = await Promise.all([newWindow(enter, "Ann"), newWindow(enter, "Eve")]);
  const room = await newRoom({ presenters: [ann] });
  await eve.shows({ locator: { roomId: room.id } });
  await eve.starts();
  await eve.ends("Not invited to room");
  await eve.person.sees("You are not able to join this room because you do not have an invite.");
  await eve.person.picture("room-uninvited");
});

story("a room that is not there is not found", async (enter) => {
  const window = await newWindow(enter, "Ann");
  await window.shows({ locator: { roomId: `99${randomInt(1e14, 3e14)}` } });
  await window.starts();
  await window.ends("Room not found");
  await window.person.sees("The room ID provided could not be found.");
  await window.person.picture("room-unknown");
});

story("an attendee may not share, and is out when the invitation is taken back", async (enter) => {
  const [ann, bob] = await Promise.all([newWindow(enter, "Ann"), newWindow(enter, "Bob")]);
  const room = await newRoom({ presenters: [ann], attendees: [bob] });
  const shown = { locator: { roomId: room.id } };
  await Promise.all([ann.shows(shown), bob.shows(shown)]);
  await Promise.all([ann.joins(), bob.joins()]);
  await Promise.all([ann.watches("Bob"), bob.watches("Ann")]);
  await Promise.all([ann.offers("screenshare"), bob.offers("screenshare", false)]);
  await Promise.all([ann.person.picture("room"), bob.person.picture("room")]);

  await rooms.removeParticipants(room.id, [bob.person.user.user]);
  await bob.ends("Invite to room removed");
  await bob.person.sees("Your invite to join this room was removed.");
  await bob.person.picture("room-removed");
  await ann.tiles("Bob").waitFor({ state: "detached" });
  for (const { person } of [ann, bob]) assert.deepEqual(person.mishaps, [], person.displayName);
});

// The last one: when the clock was moved, requests that are signed with our time are refused.
story("a room opens and closes at its times", async (enter) => {
  const window = await newWindow(enter, "Ann");
  const room = await newRoom({ opensIn: HOUR, closesIn: 2 * HOUR, presenters: [window] });

  await window.shows({ locator: { roomId: room.id } });
  await window.starts();
  await window.ends("Room not valid");
  await window.person.sees("This room is not valid at this current time.");
  await window.person.picture("room-early");

  await advance("PT1H1M");
  await window.comesAgain();
  await window.starts();
  await window.joined();
  await window.leaves();
  await window.ends("You left the call");

  await advance("PT1H");
  await window.comesAgain();
  await window.starts();
  await window.ends("Room not valid");
  await window.person.picture("room-late");
});

async function newWindow(enter, name) {
  return new CallWindow(await enter(browser, origin, name, ["voip"]));
}

/** Times are from now. */
async function newRoom({ opensIn = 0, closesIn = 12 * HOUR, presenters = [], attendees = [] }) {
  const now = Date.now();
  const invited = (windows, role) => windows.map(({ person }) => ({ id: person.user.user, role }));
  return rooms.createRoom({
    validFrom: new Date(now + opensIn),
    validUntil: new Date(now + closesIn),
    participants: [...invited(presenters, "Presenter"), ...invited(attendees, "Attendee")],
  });
}

/** Moves the server's clock forward, by an ISO 8601 duration. */
async function advance(by) {
  const answer = await fetch(`${endpoint}test/clock:advance`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ by }),
  });
  assert.equal(answer.status, 200, await answer.text());
}
