// The page on which a call is tried; each tab is one person. Calls are the SDK's, this is only what is seen of them.
// Behind the # of its address stands the key that gives it a user, and after a dot the id of a call, unless it is the
// common one. Applications get their users from their own server.

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ECHO = "8:echo123";
const NAMES = ["Ann", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal", "Ida", "Jon", "Kim", "Leo"];
const MESSAGE_MS = 6_000;
const LEVEL_MS = 150;
/** From this loudness on (root of the mean square, 1 is the loudest) the own tile is marked as speaking. */
const SPEAKING_LEVEL = 0.02;

const $ = (id) => document.getElementById(id);
const own = { mic: "asking", camera: "asking", wantsMic: true, wantsCamera: true };
const tiles = new Map();
let sdk;
let client;
let devices;
let user;
let agent;
let call;
let camera;
let level;

// ---- people ----

/** One person, or one shared screen. */
class Tile {
  constructor(key, { mirrored = false, fit = "Crop" } = {}) {
    this.key = key;
    this.options = { isMirrored: mirrored, scalingMode: fit };
    this.element = document.createElement("div");
    this.element.className = "tile";
    this.face = part(this.element, "face");
    this.picture = part(this.element, "picture");
    const label = part(this.element, "label");
    label.innerHTML = '<svg aria-label="muted"><use href="#mic"/></svg><span></span>';
    this.label = label.querySelector("span");
    $("tiles").append(this.element);
    tiles.set(key, this);
    countTiles();
  }

  name(name) {
    this.label.textContent = name;
    this.face.textContent = [...name.replace(/ \(you\)$/, "")][0]?.toUpperCase() ?? "?";
  }

  mark(mark, on) {
    this.element.classList.toggle(mark, on);
  }

  /** Shows the pictures of a stream, or none; of two askings at once the later wins. */
  async show(stream) {
    if (this.stream === stream) return;
    this.stream = stream;
    this.renderer?.dispose();
    this.renderer = undefined;
    this.mark("pictured", false);
    if (!stream) return;
    const renderer = (this.renderer = new sdk.VideoStreamRenderer(stream));
    try {
      const view = await renderer.createView(this.options);
      if (this.renderer !== renderer) return;
      this.picture.replaceChildren(view.target);
      const seen = () => this.renderer === renderer && this.mark("pictured", true);
      // The face stays until there is a picture: an empty tile looks broken.
      const video = view.target.querySelector("video");
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) seen();
      else video.addEventListener("loadeddata", seen, { once: true });
    } catch (error) {
      if (this.renderer !== renderer) return;
      this.stream = this.renderer = undefined;
      throw error;
    }
  }

  remove() {
    this.renderer?.dispose();
    this.element.remove();
    tiles.delete(this.key);
    countTiles();
  }
}

function part(parent, name) {
  const element = document.createElement("div");
  element.className = name;
  parent.append(element);
  return element;
}

function countTiles() {
  $("tiles").dataset.count = tiles.size > 4 ? "many" : tiles.size;
  const people = [...tiles.keys()].filter((key) => !key.endsWith(" screen")).length;
  if (!call) $("where").textContent = "";
  else if (people === 1) $("where").textContent = "Waiting for somebody else";
  else $("where").textContent = call.isEcho ? "Speak, and hear yourself" : `${people} people`;
}

const me = new Tile("me", { mirrored: true });

/** Follows another person until they leave. */
function follow(person) {
  const key = person.identifier.rawId ?? person.identifier.communicationUserId ?? person.identifier.id;
  const tile = tiles.get(key) ?? new Tile(key);
  const look = () => {
    tile.name(person.displayName || (call?.isEcho ? "Echo" : "Guest"));
    tile.mark("muted", person.isMuted && !call?.isEcho);
    tile.mark("speaking", person.isSpeaking);
    const available = person.videoStreams.filter((stream) => stream.isAvailable);
    shows(tile, available.find((stream) => stream.mediaStreamType === "Video"));
    showsScreen(key, person, available.find((stream) => stream.mediaStreamType === "ScreenSharing"));
  };
  const watch = (streams) => streams.forEach((stream) => stream.on("isAvailableChanged", look));
  for (const event of ["isMutedChanged", "isSpeakingChanged", "displayNameChanged", "stateChanged"]) person.on(event, look);
  person.on("videoStreamsUpdated", ({ added }) => {
    watch(added);
    look();
  });
  person.leaves = () => {
    tile.remove();
    tiles.get(`${key} screen`)?.remove();
  };
  watch(person.videoStreams);
  look();
}

function shows(tile, stream) {
  tile.show(stream).catch((error) => say(`A picture cannot be shown: ${error.message}`));
}

function showsScreen(key, person, stream) {
  const screen = `${key} screen`;
  if (!stream) {
    tiles.get(screen)?.remove();
    return;
  }
  const tile = tiles.get(screen) ?? new Tile(screen, { fit: "Fit" });
  tile.mark("screen", true);
  tile.name(`${person.displayName || "Guest"}: screen`);
  shows(tile, stream);
}

// ---- devices ----

const HINTS = {
  asking: (device) => `The browser asks whether this page may use your ${device}.`,
  missing: (device) => `No ${device} was found. You can join without one.`,
  denied: (device) => `The browser does not allow the ${device}. You can join without; to allow it, use the sign beside the address.`,
  broken: (device) => `The ${device} cannot be opened; maybe another program uses it. You can join without.`,
};

async function askForDevices() {
  const may = await devices.askDevicePermission({ audio: true, video: true });
  const there = ((await navigator.mediaDevices?.enumerateDevices()) ?? []).map(({ kind }) => kind);
  const found = (allowed, kind) => (allowed ? "ready" : there.includes(kind) ? "denied" : "missing");
  own.mic = found(may.audio, "audioinput");
  own.camera = found(may.video, "videoinput");
  await applyDevices();
}

/** Brings camera and microphone to what the person wants, as far as there are any. */
async function applyDevices() {
  await applyCamera();
  await applyMic();
  draw();
}

async function applyCamera() {
  const shown = own.wantsCamera && own.camera === "ready";
  try {
    const [first] = shown && !camera ? await devices.getCameras() : [];
    if (first) camera = new sdk.LocalVideoStream(first);
    await me.show(shown ? camera : undefined);
    if (call && camera && shown) await call.startVideo(camera);
    if (call && camera && !shown) await call.stopVideo(camera);
  } catch (error) {
    own.camera = error.name === "NotAllowedError" ? "denied" : "broken";
    await me.show(undefined);
  }
}

async function applyMic() {
  if (!call) return;
  try {
    if (own.wantsMic && own.mic === "ready") await call.unmute();
    else await call.mute();
  } catch (error) {
    own.mic = error.name === "NotAllowedError" ? "denied" : "broken";
  }
  listen();
}

/** A tap on a device that is not there asks for it again: it may have been plugged in or allowed. */
async function toggle(device, wish) {
  if (own[device] !== "ready") {
    own[wish] = true;
    await askForDevices();
    if (own[device] !== "ready") say(HINTS[own[device]](device === "mic" ? "microphone" : "camera"));
    return;
  }
  own[wish] = !own[wish];
  await applyDevices();
}

/** Marks the own tile while the microphone hears something. */
async function listen() {
  const [stream] = call?.localAudioStreams ?? [];
  if (level || !stream) return;
  const watched = call;
  level = new AudioContext();
  try {
    const analyser = new AnalyserNode(level, { fftSize: 1024 });
    level.createMediaStreamSource(await stream.getMediaStream()).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const loudness = Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);
      me.mark("speaking", call === watched && !call.isMuted && loudness > SPEAKING_LEVEL);
      if (call === watched) return;
      clearInterval(timer);
      stopListening();
    }, LEVEL_MS);
  } catch {
    // Without it the mark is missing, nothing else.
    stopListening();
  }
}

function stopListening() {
  level?.close();
  level = undefined;
}

// ---- the call ----

/** The token of this tab's own user; a tab that is closed takes its user with it. */
async function getToken() {
  user ??= await newUser();
  return { token: user.token, expiresOnTimestamp: Date.parse(user.expiresOn) };
}

async function newUser() {
  const answer = await fetch("/try/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ key: fragment().key }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error.message);
  addEventListener("pagehide", (event) => event.persisted || deleteUser());
  return body;
}

function deleteUser() {
  const headers = { Authorization: `Bearer ${user.token}` };
  fetch("/try/user", { method: "DELETE", headers, keepalive: true });
}

async function agentNamed(displayName) {
  if (agent?.displayName === displayName) return agent;
  await agent?.dispose();
  agent = undefined;
  agent = await client.createCallAgent({ getToken, dispose() {} }, { displayName });
  agent.on("connectionStateChanged", ({ newState }) => {
    if (newState === "Disconnected" && call) say("The connection is lost; trying again …");
  });
  return agent;
}

async function enter(place) {
  user ??= await newUser();
  const name = $("name").value.trim() || NAMES[0];
  sessionStorage.setItem("name", name);
  const agent = await agentNamed(name);
  const muted = !(own.wantsMic && own.mic === "ready");
  const localVideoStreams = own.wantsCamera && own.camera === "ready" && camera ? [camera] : [];
  begin(place(agent, { audioOptions: { muted }, videoOptions: { localVideoStreams } }));
}

const joinCall = () => enter((agent, options) => agent.join({ groupId: fragment().call || user.groupId }, options));

const testEcho = () =>
  enter((agent, options) =>
    Object.assign(agent.startCall([{ id: ECHO }], { audioOptions: options.audioOptions }), { isEcho: true }),
  );

function begin(begun) {
  call = begun;
  call.on("stateChanged", () => {
    if (call === begun && begun.state === "Disconnected") end(begun.callEndReason);
    else draw();
  });
  call.on("remoteParticipantsUpdated", ({ added, removed }) => {
    removed.forEach((person) => person.leaves?.());
    added.forEach(follow);
  });
  for (const event of ["isMutedChanged", "isScreenSharingOnChanged", "isLocalVideoStartedChanged"]) call.on(event, draw);
  call.on("mutedByOthers", () => {
    own.wantsMic = false;
    say("Somebody muted you.");
    draw();
  });
  call.on("localAudioStreamsUpdated", listen);
  call.remoteParticipants.forEach(follow);
  document.body.dataset.state = "in";
  draw();
  countTiles();
}

function end(reason) {
  call = undefined;
  for (const tile of [...tiles.values()]) if (tile !== me) tile.remove();
  me.mark("speaking", false);
  document.body.dataset.state = "before";
  if (reason?.code) say(`The call ended: ${reason.message || "something went wrong"} (${reason.code}/${reason.subCode}).`);
  draw();
  countTiles();
}

async function share() {
  try {
    if (call.isScreenSharingOn) await call.stopScreenSharing();
    else await call.startScreenSharing();
  } catch (error) {
    // Who chooses nothing in the browser's list has changed their mind.
    if (error.name !== "NotAllowedError") say(`The screen cannot be shared: ${error.message}`);
  }
}

// ---- what is seen ----

function draw() {
  const micOn = call ? !call.isMuted : own.wantsMic && own.mic === "ready";
  const cameraOn = own.wantsCamera && own.camera === "ready";
  const sharing = Boolean(call?.isScreenSharingOn);
  press("mic-button", micOn, micOn ? "Mute" : "Unmute");
  press("camera-button", cameraOn, cameraOn ? "Stop video" : "Start video");
  press("share-button", sharing, sharing ? "Stop sharing" : "Share");
  $("mic-button").classList.toggle("off", !micOn);
  $("camera-button").classList.toggle("off", !cameraOn);
  $("share-button").classList.toggle("on", sharing);
  $("share-button").hidden = Boolean(call?.isEcho) || !navigator.mediaDevices?.getDisplayMedia;
  me.name(`${$("name").value.trim() || "You"} (you)`);
  me.mark("muted", !micOn);
  const hints = [["microphone", own.mic], ["camera", own.camera]].filter(([, state]) => state !== "ready");
  $("devices").replaceChildren(...hints.map(([device, state]) => item(HINTS[state](device))));
}

function press(id, on, text) {
  $(id).setAttribute("aria-pressed", on);
  $(id).querySelector("span").textContent = text;
}

function item(text) {
  const element = document.createElement("li");
  element.textContent = text;
  return element;
}

function say(text, forEver = false) {
  const message = $("message");
  message.textContent = text;
  message.hidden = false;
  clearTimeout(say.timer);
  if (!forEver) say.timer = setTimeout(() => (message.hidden = true), MESSAGE_MS);
}

// ---- the link ----

function fragment() {
  const [key, call = ""] = location.hash.slice(1).split(".");
  return { key, call: GUID.test(call) ? call.toLowerCase() : "" };
}

function drawLink() {
  $("link").value = location.href;
  $("copy").textContent = "Copy";
}

async function copyLink() {
  $("link").select();
  await navigator.clipboard.writeText($("link").value);
  $("copy").textContent = "Copied";
}

// ---- begin ----

/** Runs `act` on each click, one at a time; what goes wrong is told. */
function onClick(id, act) {
  $(id).addEventListener("click", async (event) => {
    event.preventDefault();
    $(id).disabled = true;
    try {
      await act();
    } catch (error) {
      say(error.message);
    } finally {
      $(id).disabled = false;
    }
  });
}

async function load() {
  try {
    sdk = await import("/sdk/parley-calling.js");
  } catch (error) {
    const answer = await fetch("/sdk/parley-calling.js");
    throw new Error(answer.ok ? error.message : (await answer.json()).error.message);
  }
  client = new sdk.CallClient();
  devices = await client.getDeviceManager();
}

$("name").value = sessionStorage.getItem("name") ?? NAMES[Math.floor(Math.random() * NAMES.length)];
$("name").addEventListener("input", draw);
addEventListener("hashchange", drawLink);
drawLink();
draw();
onClick("join", joinCall);
onClick("echo", testEcho);
onClick("copy", copyLink);
onClick("fresh", () => (location.hash = `${fragment().key}.${crypto.randomUUID()}`));
onClick("mic-button", () => toggle("mic", "wantsMic"));
onClick("camera-button", () => toggle("camera", "wantsCamera"));
onClick("share-button", share);
onClick("leave-button", () => call.hangUp());
try {
  await load();
  await askForDevices();
} catch (error) {
  for (const id of ["join", "echo"]) $(id).disabled = true;
  say(error.message, true);
}
