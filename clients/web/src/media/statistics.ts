/** One look at a connection, as sums since its beginning; docs: W3C WebRTC statistics. */
export interface StreamCounts {
  readonly kind: "audio" | "video";
  readonly mid: string | undefined;
  readonly direction: "send" | "receive";
  readonly packets: number;
  readonly packetsLost: number;
  readonly bytes: number;
  readonly frames: number;
  readonly framesPerSecond: number | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly jitterMs: number | undefined;
  readonly roundTripMs: number | undefined;
  readonly codec: string | undefined;
}

interface Entry {
  readonly type: string;
  readonly [name: string]: unknown;
}

/** What `peer` sent and received so far, one element for each stream and layer. */
export async function countsOf(peer: RTCPeerConnection): Promise<StreamCounts[]> {
  const report = await peer.getStats();
  const entries = new Map<string, Entry>();
  report.forEach((entry: Entry, id: string) => entries.set(id, entry));
  return [...entries.values()].flatMap((entry) => {
    if (entry.type === "inbound-rtp") return [received(entry, entries)];
    return entry.type === "outbound-rtp" ? [sent(entry, entries)] : [];
  });
}

function received(entry: Entry, entries: Map<string, Entry>): StreamCounts {
  return {
    ...common(entry, entries),
    direction: "receive",
    packets: numberOf(entry["packetsReceived"]) ?? 0,
    packetsLost: numberOf(entry["packetsLost"]) ?? 0,
    bytes: numberOf(entry["bytesReceived"]) ?? 0,
    frames: numberOf(entry["framesDecoded"]) ?? 0,
    jitterMs: milliseconds(entry["jitter"]),
    roundTripMs: undefined,
  };
}

/** How much of it was lost is told by the other side, in its own report. */
function sent(entry: Entry, entries: Map<string, Entry>): StreamCounts {
  const remote = entries.get(String(entry["remoteId"]));
  return {
    ...common(entry, entries),
    direction: "send",
    packets: numberOf(entry["packetsSent"]) ?? 0,
    packetsLost: numberOf(remote?.["packetsLost"]) ?? 0,
    bytes: numberOf(entry["bytesSent"]) ?? 0,
    frames: numberOf(entry["framesEncoded"]) ?? 0,
    jitterMs: milliseconds(remote?.["jitter"]),
    roundTripMs: milliseconds(remote?.["roundTripTime"]),
  };
}

function common(
  entry: Entry,
  entries: Map<string, Entry>,
): Pick<StreamCounts, "kind" | "mid" | "framesPerSecond" | "width" | "height" | "codec"> {
  const codec = entries.get(String(entry["codecId"]))?.["mimeType"];
  return {
    kind: entry["kind"] === "video" ? "video" : "audio",
    mid: typeof entry["mid"] === "string" ? entry["mid"] : undefined,
    framesPerSecond: numberOf(entry["framesPerSecond"]),
    width: numberOf(entry["frameWidth"]),
    height: numberOf(entry["frameHeight"]),
    codec: typeof codec === "string" ? codec.slice(codec.indexOf("/") + 1) : undefined,
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function milliseconds(seconds: unknown): number | undefined {
  const value = numberOf(seconds);
  return value === undefined ? undefined : value * 1000;
}

/** The part of packets that were lost between two looks, 0 to 1; `undefined` when too few to tell. */
export function lossBetween(before: readonly StreamCounts[], after: readonly StreamCounts[]): number | undefined {
  const sum = (counts: readonly StreamCounts[], of: "packets" | "packetsLost"): number =>
    counts.reduce((total, each) => total + each[of], 0);
  const packets = sum(after, "packets") - sum(before, "packets");
  const lost = Math.max(0, sum(after, "packetsLost") - sum(before, "packetsLost"));
  return packets + lost < PACKETS_MIN ? undefined : lost / (packets + lost);
}

/** Fewer packets between two looks say nothing. */
const PACKETS_MIN = 20;
