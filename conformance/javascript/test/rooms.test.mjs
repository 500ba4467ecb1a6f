// Rooms through @azure/communication-rooms, unmodified.
import assert from "node:assert/strict";
import { RoomsClient } from "@azure/communication-rooms";
import { check, parley } from "../harness/proof.mjs";
import { all, identity, pagesOf, refused } from "../harness/people.mjs";

const here = import.meta.url;
const DAY = 24 * 60 * 60 * 1000;
const UNKNOWN_ROOM = "99000000000000000";
const NOBODY = "00000000-0000-4000-8000-000000000000";
const later = (days) => new Date(Date.now() + days * DAY);
const clientOf = (sdk) => new RoomsClient(parley.connectionString, sdk);
const user = () => identity.createUser();

/** Who is invited, with which role. */
async function rolesOf(rooms, id) {
  const participants = await all(rooms.listParticipants(id));
  return Object.fromEntries(participants.map((one) => [one.id.communicationUserId, one.role]));
}

/** Asserts a refusal, and gives the details that it names. */
async function badRequest(call) {
  let details;
  await refused(400, "BadRequest", async () => {
    try {
      await call();
    } catch (failure) {
      details = failure.details?.error?.details?.map(({ target }) => target);
      throw failure;
    }
  });
  return details;
}

check(here, "creates a room", ["rooms.create", "rooms.get"], async (sdk) => {
  const rooms = clientOf(sdk);
  const [anna, bert, carl] = [await user(), await user(), await user()];
  const [validFrom, validUntil] = [later(1), later(2)];

  const made = await rooms.createRoom({
    validFrom,
    validUntil,
    pstnDialOutEnabled: true,
    participants: [
      { id: anna, role: "Presenter" },
      { id: bert, role: "Collaborator" },
      { id: carl },
    ],
  });

  assert.match(made.id, /^[0-9]{17}$/);
  assert.deepEqual(made.validFrom, validFrom);
  assert.deepEqual(made.validUntil, validUntil);
  assert.equal(made.pstnDialOutEnabled, true);
  assert.deepEqual(await rooms.getRoom(made.id), made);
  assert.deepEqual(await rolesOf(rooms, made.id), {
    [anna.communicationUserId]: "Presenter",
    [bert.communicationUserId]: "Collaborator",
    [carl.communicationUserId]: "Attendee",
  });
});

check(here, "opens a room from now for 180 days", ["rooms.create"], async (sdk) => {
  const made = await clientOf(sdk).createRoom();

  assert.equal(made.validUntil - made.validFrom, 180 * DAY);
  assert.deepEqual(made.createdOn, made.validFrom);
  assert.equal(made.pstnDialOutEnabled, false);
});

check(here, "changes what it is told and keeps the rest", ["rooms.update"], async (sdk) => {
  const rooms = clientOf(sdk);
  const made = await rooms.createRoom();
  const validUntil = later(3);

  const dialling = await rooms.updateRoom(made.id, { pstnDialOutEnabled: true });
  assert.deepEqual(dialling, { ...made, pstnDialOutEnabled: true });
  const shorter = await rooms.updateRoom(made.id, { validUntil });
  assert.deepEqual(shorter, { ...dialling, validUntil });
  assert.deepEqual(await rooms.getRoom(made.id), shorter);
});

check(here, "deletes a room, twice", ["rooms.delete"], async (sdk) => {
  const rooms = clientOf(sdk);
  const { id } = await rooms.createRoom();

  await rooms.deleteRoom(id);
  await rooms.deleteRoom(id);

  await refused(404, "NotFound", () => rooms.getRoom(id));
});

check(here, "lists rooms over pages newest first", ["rooms.list"], async (sdk) => {
  const rooms = clientOf(sdk);
  const made = [];
  for (let count = 0; count < 101; count++) {
    made.push((await rooms.createRoom()).id);
  }

  const pages = await pagesOf(rooms.listRooms());

  assert.ok(pages.length > 1);
  const listed = pages.flat();
  const ids = new Set(listed.map(({ id }) => id));
  assert.equal(ids.size, listed.length);
  assert.ok(made.every((id) => ids.has(id)));
  const times = listed.map(({ createdOn }) => createdOn.getTime());
  assert.deepEqual(times, times.toSorted((one, other) => other - one));
  for (const id of made) {
    await rooms.deleteRoom(id);
  }
});

check(
  here,
  "invites, changes and removes participants",
  ["rooms.participants.update", "rooms.participants.list"],
  async (sdk) => {
    const rooms = clientOf(sdk);
    const [anna, bert] = [await user(), await user()];
    const { id } = await rooms.createRoom({ participants: [{ id: anna, role: "Presenter" }] });

    await rooms.addOrUpdateParticipants(id, [
      { id: anna, role: "Consumer" },
      { id: bert, role: "Collaborator" },
    ]);
    assert.deepEqual(await rolesOf(rooms, id), {
      [anna.communicationUserId]: "Consumer",
      [bert.communicationUserId]: "Collaborator",
    });

    await rooms.removeParticipants(id, [anna, await user()]);
    assert.deepEqual(await rolesOf(rooms, id), { [bert.communicationUserId]: "Collaborator" });
  },
);

check(here, "lists participants over pages", ["rooms.participants.list"], async (sdk) => {
  const rooms = clientOf(sdk);
  const participants = [];
  for (let count = 0; count < 101; count++) {
    participants.push({ id: await user() });
  }
  const { id } = await rooms.createRoom({ participants });

  const pages = await pagesOf(rooms.listParticipants(id));

  assert.deepEqual(pages.map((page) => page.length), [100, 1]);
  assert.equal(Object.keys(await rolesOf(rooms, id)).length, 101);
});

check(here, "refuses windows that cannot be", [], async (sdk) => {
  const rooms = clientOf(sdk);
  const { id } = await rooms.createRoom();

  for (const window of [
    { validUntil: later(-1) },
    { validUntil: later(203) },
    { validFrom: later(203) },
    { validFrom: later(2), validUntil: later(1) },
  ]) {
    assert.deepEqual(await badRequest(() => rooms.createRoom(window)), ["ValidUntil"]);
    assert.deepEqual(await badRequest(() => rooms.updateRoom(id, window)), ["ValidUntil"]);
  }
});

check(here, "names participants who cannot be", [], async (sdk) => {
  const rooms = clientOf(sdk);
  const anna = await user();
  const { id } = await rooms.createRoom();
  for (const raw of ["wrong_mri", `8:acs:${parley.resourceId}_${NOBODY}`, `8:acs:${NOBODY}_${NOBODY}`]) {
    const participants = [{ id: anna }, { id: { communicationUserId: raw } }];
    const target = [`participants.${raw}`];

    assert.deepEqual(await badRequest(() => rooms.createRoom({ participants })), target);
    assert.deepEqual(await badRequest(() => rooms.addOrUpdateParticipants(id, participants)), target);
  }
  await badRequest(() => rooms.removeParticipants(id, [{ communicationUserId: "wrong_mri" }]));
  assert.deepEqual(await rolesOf(rooms, id), {});
});

check(here, "refuses rooms that are not there, and a wrong key", [], async (sdk) => {
  const rooms = clientOf(sdk);

  await refused(404, "NotFound", () => rooms.updateRoom(UNKNOWN_ROOM, { validUntil: later(1) }));
  await refused(404, "NotFound", () => all(rooms.listParticipants(UNKNOWN_ROOM)));
  await refused(404, "NotFound", () => rooms.removeParticipants(UNKNOWN_ROOM, []));
  await badRequest(() => rooms.getRoom("invalid_id"));
  const stranger = new RoomsClient(parley.endpoint, { key: "d3Jvbmcga2V5" }, sdk);
  await refused(401, "Denied", () => stranger.getRoom(UNKNOWN_ROOM));
});
