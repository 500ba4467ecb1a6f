// A call on the web SDK, as small as it gets. The key behind the # of this page's address gives it a user token;
// applications get theirs from their own server.
import { CallClient, Features, LocalVideoStream, VideoStreamRenderer } from "/sdk/parley-calling.js";

const byId = (id) => document.getElementById(id);
const stage = byId("stage");
const tiles = new Map();
let call;
let camera;

byId("name").value = sessionStorage.getItem("name") ?? "";
byId("join").addEventListener("submit", (event) => {
  event.preventDefault();
  join().catch((failed) => say(failed.message));
});
byId("mute").addEventListener("click", () => tell(call.isMuted ? call.unmute() : call.mute()));
byId("camera").addEventListener("click", () => tell(turnCamera()));
byId("screen").addEventListener("click", () =>
  tell(call.isScreenSharingOn ? call.stopScreenSharing() : call.startScreenSharing()));
byId("leave").addEventListener("click", () => tell(call.hangUp()));

/** A user token and the id of the call in which all tabs of this server meet. */
async function pass() {
  const answer = await fetch("/try/token", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ key: location.hash.slice(1) }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error.message);
  return body;
}

async function join() {
  const name = byId("name").value.trim();
  sessionStorage.setItem("name", name);
  say("Joining …");
  const { token, expiresOn, groupId } = await pass();
  const credential = {
    getToken: async () => ({ token, expiresOnTimestamp: Date.parse(expiresOn) }),
    dispose() {},
  };
  const client = new CallClient();
  const devices = await client.getDeviceManager();
  await devices.askDevicePermission({ audio: true, video: true }).catch(() => undefined);
  const agent = await client.createCallAgent(credential, { displayName: name });
  const [device] = await devices.getCameras().catch(() => []);
  camera = device && new LocalVideoStream(device);
  call = agent.join({ groupId }, { videoOptions: camera && { localVideoStreams: [camera] } });
  globalThis.call = call;
  follow(agent, client);
}

function follow(agent, client) {
  byId("join").hidden = true;
  byId("controls").hidden = false;
  const mine = tile("me", "You");
  call.on("stateChanged", () => changed(agent, client));
  call.on("isMutedChanged", buttons);
  call.on("isScreenSharingOnChanged", buttons);
  call.on("localVideoStreamsUpdated", ({ added, removed }) => {
    added.filter((stream) => stream.mediaStreamType === "Video").forEach((stream) => show(mine, stream));
    removed.forEach((stream) => hide(mine, stream));
    buttons();
  });
  call.localVideoStreams.forEach((stream) => show(mine, stream));
  call.on("remoteParticipantsUpdated", ({ added, removed }) => {
    added.forEach(come);
    removed.forEach((participant) => go(idOf(participant)));
  });
  call.remoteParticipants.forEach(come);
  const speakers = call.feature(Features.DominantSpeakers);
  speakers.on("dominantSpeakersChanged", () => {
    const speaking = speakers.dominantSpeakers.speakersList.map((one) => one.communicationUserId);
    for (const [id, one] of tiles) one.classList.toggle("speaks", speaking.includes(id));
  });
  changed(agent, client);
}

function changed(agent, client) {
  if (call.state !== "Disconnected") {
    say(call.state === "Connected" ? "You are in the call." : `${call.state} …`);
    buttons();
    return;
  }
  const reason = call.callEndReason;
  say(reason?.code ? `The call ended (${reason.code}/${reason.subCode}).` : "You left the call.");
  byId("controls").hidden = true;
  byId("join").hidden = false;
  [...tiles.keys()].forEach(go);
  agent.dispose();
  client.dispose?.();
}

function come(participant) {
  const id = idOf(participant);
  const place = tile(id, participant.displayName || "Somebody");
  participant.on("displayNameChanged", () => caption(place, participant.displayName));
  const watch = (stream) => {
    const turn = () => (stream.isAvailable ? show(place, stream) : hide(place, stream));
    stream.on("isAvailableChanged", turn);
    turn();
  };
  participant.videoStreams.forEach(watch);
  participant.on("videoStreamsUpdated", ({ added, removed }) => {
    added.forEach(watch);
    removed.forEach((stream) => hide(place, stream));
  });
}

function go(id) {
  tiles.get(id)?.remove();
  tiles.delete(id);
}

function idOf(participant) {
  return participant.identifier.communicationUserId ?? participant.identifier.rawId;
}

function tile(id, name) {
  const place = document.createElement("figure");
  place.append(document.createElement("figcaption"));
  caption(place, name);
  stage.append(place);
  tiles.set(id, place);
  return place;
}

function caption(place, name) {
  place.querySelector("figcaption").textContent = name;
}

const shown = new Map();

async function show(place, stream) {
  if (shown.has(stream)) return;
  const renderer = new VideoStreamRenderer(stream);
  shown.set(stream, renderer);
  try {
    const view = await renderer.createView({ scalingMode: "Fit" });
    const frame = document.createElement("div");
    frame.append(view.target);
    place.prepend(frame);
    if (shown.get(stream) !== renderer) frame.remove();
    else renderer.frame = frame;
  } catch (failed) {
    shown.delete(stream);
    console.warn("a video cannot be shown", failed);
  }
}

function hide(place, stream) {
  const renderer = shown.get(stream);
  shown.delete(stream);
  renderer?.frame?.remove();
  renderer?.dispose();
}

async function turnCamera() {
  if (!camera) throw new Error("There is no camera.");
  await (call.localVideoStreams.includes(camera) ? call.stopVideo(camera) : call.startVideo(camera));
}

function buttons() {
  byId("mute").setAttribute("aria-pressed", String(call.isMuted));
  byId("camera").setAttribute("aria-pressed", String(call.localVideoStreams.includes(camera)));
  byId("screen").setAttribute("aria-pressed", String(call.isScreenSharingOn));
}

function tell(work) {
  work.then(buttons, (failed) => say(failed.message));
}

function say(text) {
  byId("status").textContent = text;
}
