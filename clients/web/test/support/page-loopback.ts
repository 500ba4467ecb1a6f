// Runs in Chromium: a publisher and a receiver of the SDK, and between them two plain connections that forward, in
// the place of the service.
import { realTimers } from "../../src/base/timers.js";
import { ConnectionWatch } from "../../src/media/connection-watch.js";
import { Publisher } from "../../src/media/publisher.js";
import { Receiver } from "../../src/media/receiver.js";
import { countsOf } from "../../src/media/statistics.js";

interface Loopback {
  readonly kinds: string[];
  readonly framesDecoded: number;
  readonly layers: number;
  readonly scale: number | undefined;
  readonly path: string;
  readonly framesAfterPauses: number;
}

/** Camera and microphone through both connections; gives what came out once `frames` pictures did. */
async function loopback(frames: number): Promise<Loopback> {
  const service = { takes: new RTCPeerConnection(), gives: new RTCPeerConnection() };
  const watch = new ConnectionWatch(realTimers, () => undefined, () => undefined);
  const newPeer = (): RTCPeerConnection => new RTCPeerConnection();
  const publisher = new Publisher({ newPeer, watch, offer: (sdp) => answered(service.takes, sdp) });
  const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  await publisher.setTrack("Audio", camera.getAudioTracks()[0]);
  await publisher.setTrack("Video", camera.getVideoTracks()[0]);
  await publisher.start();

  for (const { receiver } of service.takes.getTransceivers()) service.gives.addTrack(receiver.track);
  let kinds: string[] = [];
  const receiver = new Receiver({
    newPeer,
    watch,
    answer: (_number, sdp) => service.gives.setRemoteDescription({ type: "answer", sdp }),
    received: (tracks) => (kinds = tracks.map(({ of, track }) => `${of.kind} ${track.kind}`)),
  });
  await service.gives.setLocalDescription(await service.gives.createOffer());
  await gathered(service.gives);
  const tracks = service.gives.getTransceivers().map(({ mid, sender }) => ({
    mid: mid ?? "",
    participant: "8:acs:r_bob",
    kind: sender.track?.kind === "video" ? ("Video" as const) : ("Audio" as const),
    streamId: 1,
  }));
  receiver.offered({ number: 1, sdp: service.gives.localDescription?.sdp ?? "", tracks });
  const framesDecoded = await decoded(() => receiver.peer, frames);

  const encodings = publisher.peer?.getTransceivers()[1]?.sender.getParameters().encodings ?? [];
  for (let pause = 0; pause < 2; pause++) {
    await publisher.setTrack("Video", undefined);
    await publisher.setTrack("Video", camera.getVideoTracks()[0]);
  }
  const newest = service.takes.getTransceivers().at(-1)?.mid ?? "";
  const framesAfterPauses = await decoded(() => service.takes, frames, newest);
  const result = { framesAfterPauses, kinds, framesDecoded, layers: encodings.length, scale: encodings[0]?.scaleResolutionDownBy, path: watch.path };
  publisher.close();
  receiver.close();
  service.takes.close();
  service.gives.close();
  for (const track of camera.getTracks()) track.stop();
  return result;
}

/** As the service does: every candidate stands in the answer. */
async function answered(peer: RTCPeerConnection, sdp: string): Promise<string> {
  await peer.setRemoteDescription({ type: "offer", sdp });
  await peer.setLocalDescription(await peer.createAnswer());
  await gathered(peer);
  return peer.localDescription?.sdp ?? "";
}

async function gathered(peer: RTCPeerConnection): Promise<void> {
  while (peer.iceGatheringState !== "complete") {
    await new Promise((changed) => peer.addEventListener("icegatheringstatechange", changed, { once: true }));
  }
}

async function decoded(peer: () => RTCPeerConnection | undefined, frames: number, mid?: string): Promise<number> {
  for (;;) {
    await new Promise((painted) => requestAnimationFrame(painted));
    const connection = peer();
    const counts = connection ? await countsOf(connection) : [];
    const video = counts.find((each) => each.kind === "video" && (mid === undefined || each.mid === mid));
    if (video && video.frames >= frames) return video.frames;
  }
}

Object.assign(window, { loopback });
