// A man in the middle that knows HTTP/1.1 requests and WebSocket frames: forwards them one by one,
// and cuts the connection at the request or behind the frame that it was told to.
import tls from "node:tls";
import fs from "node:fs";

/** Splits what a browser sends into requests; their bodies have a length (RFC 9112 §6.2). */
class RequestSplitter {
  #rest = Buffer.alloc(0);

  /** All whole requests that are there: their steps and bytes. */
  push(bytes) {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const requests = [];
    for (let size = this.#size(); size > 0 && this.#rest.length >= size; size = this.#size()) {
      const line = this.#rest.subarray(0, this.#rest.indexOf("\r\n")).toString();
      requests.push({ step: stepOf(line), bytes: this.#rest.subarray(0, size) });
      this.#rest = this.#rest.subarray(size);
    }
    return requests;
  }

  #size() {
    const end = this.#rest.indexOf("\r\n\r\n");
    if (end < 0) return 0;
    const length = /^content-length: *(\d+)/im.exec(this.#rest.subarray(0, end).toString());
    return end + 4 + Number(length?.[1] ?? 0);
  }
}

/** What a request asks for, for example `POST /v4/a`; without the query and one-time ids. */
function stepOf(line) {
  const [method, target] = line.split(" ");
  const path = target.split("?")[0].replace(/^\/+/, "/");
  return `${method} ${path.replace(/^(\/socket\.io\/1\/websocket)\/.*/, "$1")}`;
}

/** Splits the bytes of one direction into WebSocket frames (RFC 6455 §5.2). */
class FrameSplitter {
  constructor() {
    this.rest = Buffer.alloc(0);
  }

  /** All whole frames that are there. */
  push(bytes) {
    this.rest = Buffer.concat([this.rest, bytes]);
    const frames = [];
    for (let size = this.#size(); size > 0 && this.rest.length >= size; size = this.#size()) {
      frames.push(this.rest.subarray(0, size));
      this.rest = this.rest.subarray(size);
    }
    return frames;
  }

  #size() {
    if (this.rest.length < 2) return 0;
    const mask = this.rest[1] & 0x80 ? 4 : 0;
    const short = this.rest[1] & 0x7f;
    if (short < 126) return 2 + mask + short;
    if (short === 126) return this.rest.length < 4 ? 0 : 4 + mask + this.rest.readUInt16BE(2);
    return this.rest.length < 10 ? 0 : 10 + mask + Number(this.rest.readBigUInt64BE(2));
  }
}

/** The text of a frame that is not compressed; the client's are masked (RFC 6455 §5.3). */
function text(frame) {
  if (frame[0] & 0x40) throw new Error("a compressed frame cannot be read");
  const short = frame[1] & 0x7f;
  const at = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
  if (!(frame[1] & 0x80)) return frame.subarray(at).toString();
  const mask = frame.subarray(at, at + 4);
  return Buffer.from(frame.subarray(at + 4).map((byte, index) => byte ^ mask[index % 4])).toString();
}

/** What a frame is, for example `down 5 trouter.connected` or `down 5 trouter.connected, 3 message`. */
export function kindOf(direction, frame) {
  const opcode = frame[0] & 0x0f;
  if (opcode !== 1) return `${direction} opcode ${opcode}`;
  const kinds = packets(text(frame)).map(packetKind);
  return `${direction} ${kinds.filter((kind, index) => kind !== kinds[index - 1]).join(", ")}`;
}

/** One packet, or several that are framed by their length in UTF-16 units. */
function packets(payload) {
  const found = [];
  for (let rest = payload; rest.startsWith("\ufffd"); ) {
    const start = rest.indexOf("\ufffd", 1) + 1;
    const end = start + Number(rest.slice(1, start - 1));
    found.push(rest.slice(start, end));
    rest = rest.slice(end);
  }
  return found.length ? found : [payload];
}

function packetKind(packet) {
  const [type, , , ...rest] = packet.split(":");
  const data = rest.join(":");
  if (type === "5") return `5 ${JSON.parse(data).name}`;
  if (type === "3") return JSON.parse(data).method ? "3 message" : "3 answer";
  return type === "6" ? `6 ${data.includes("pong") ? "pong" : "ack"}` : type;
}

export class Shim {
  /** Frames forwarded since the last `arm`. */
  count = 0;
  /** Connections cut since the last `arm`. */
  cuts = 0;
  /** Where was cut last: the kind of the frame, or the step of the request. */
  cutBehind;
  #plan = [];
  log = [];

  static async start(target, pem) {
    const shim = new Shim();
    shim.target = target;
    shim.server = tls.createServer({ ...pem, ALPNProtocols: ["http/1.1"] }, (client) =>
      shim.#serve(client),
    );
    await new Promise((done) => shim.server.listen(0, "localhost", done));
    shim.port = shim.server.address().port;
    return shim;
  }

  /**
   * Cuts once at each of these places, in this order. A place is
   * - a number: behind that WebSocket frame, counted from now in both directions;
   * - the kind of a frame, for example `down 6 pong`: behind it;
   * - a step with ` unsent`, for example `POST /v4/a unsent`: the request does not arrive;
   * - a step with ` unanswered`: it arrives and takes effect, and its answer is lost.
   *
   * @param {...(number | string)} places
   */
  arm(...places) {
    this.count = 0;
    this.cuts = 0;
    this.cutBehind = undefined;
    this.log = [];
    this.#plan = places;
  }

  /** Whether the next cut is at one of these names of a place; it is made then. */
  #cutsAt(...names) {
    if (!names.includes(this.#plan[0])) return false;
    this.#plan.shift();
    this.cutBehind = names.at(-1);
    this.cuts++;
    return true;
  }

  #serve(client) {
    const { host, port } = this.target();
    const server = tls.connect({ host, port, ALPNProtocols: ["http/1.1"], rejectUnauthorized: false });
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const side of [client, server]) side.on("error", end).on("close", end);
    let upgraded = false;
    const requests = new RequestSplitter();
    const splitters = { up: new FrameSplitter(), down: new FrameSplitter() };
    const frames = (direction, to, bytes) => {
      for (const frame of splitters[direction].push(bytes)) {
        if (client.destroyed) return;
        to.write(frame);
        this.count++;
        this.log.push(kindOf(direction, frame));
        if (this.#cutsAt(this.count, this.log.at(-1))) {
          // What was forwarded must arrive: end politely towards both, and take no more.
          client.removeAllListeners("data");
          server.removeAllListeners("data");
          client.end(() => setTimeout(end, 20));
          server.end();
          return;
        }
      }
    };
    let step = "";
    let head = Buffer.alloc(0);
    client.on("data", (bytes) => {
      if (upgraded) return frames("up", server, bytes);
      for (const request of requests.push(bytes)) {
        step = request.step;
        this.log.push(step);
        if (this.#cutsAt(`${step} unsent`)) return end();
        server.write(request.bytes);
      }
    });
    server.on("data", (bytes) => {
      if (upgraded) return frames("down", client, bytes);
      if (this.#cutsAt(`${step} unanswered`)) return end();
      head = Buffer.concat([head, bytes]);
      const headEnd = head.indexOf("\r\n\r\n");
      if (head.subarray(0, 12).toString() === "HTTP/1.1 101" && headEnd >= 0) {
        upgraded = true;
        client.write(head.subarray(0, headEnd + 4));
        frames("down", client, head.subarray(headEnd + 4));
      } else {
        client.write(bytes);
        // Answers are separate, since the client waits for each: keep no more than a head.
        head = head.length > 4096 || headEnd >= 0 ? Buffer.alloc(0) : head;
      }
    });
  }

  close() {
    this.server.close();
  }
}

export function pemOf(key, cert) {
  return { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
}
