// A man in the middle that knows WebSocket frames: forwards them one by one, and cuts the
// connection after the frame that it was told to.
import tls from "node:tls";
import fs from "node:fs";

/** Splits the bytes of one direction into the HTTP head and WebSocket frames (RFC 6455 §5.2). */
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

export class Shim {
  /** Frames forwarded since the last `arm`. */
  count = 0;
  /** Connections cut since the last `arm`. */
  cuts = 0;
  #cutAfter = Infinity;
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

  /** Cuts once, right after the `frame`th WebSocket frame from now, in whichever direction. */
  arm(frame) {
    this.count = 0;
    this.cuts = 0;
    this.log = [];
    this.#cutAfter = frame;
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
    const splitters = { up: new FrameSplitter(), down: new FrameSplitter() };
    const frames = (direction, to, bytes) => {
      for (const frame of splitters[direction].push(bytes)) {
        if (client.destroyed) return;
        to.write(frame);
        this.count++;
        this.log.push(direction);
        if (this.count === this.#cutAfter) {
          this.#cutAfter = Infinity;
          this.cuts++;
          // What was forwarded must arrive: end politely towards both, and take no more.
          client.removeAllListeners("data");
          server.removeAllListeners("data");
          client.end(() => setTimeout(end, 20));
          server.end();
          return;
        }
      }
    };
    let head = Buffer.alloc(0);
    client.on("data", (bytes) => (upgraded ? frames("up", server, bytes) : server.write(bytes)));
    server.on("data", (bytes) => {
      if (upgraded) return frames("down", client, bytes);
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf("\r\n\r\n");
      if (head.subarray(0, 12).toString() === "HTTP/1.1 101" && end >= 0) {
        upgraded = true;
        client.write(head.subarray(0, end + 4));
        frames("down", client, head.subarray(end + 4));
      } else {
        client.write(bytes);
        // Answers are separate, since the client waits for each: keep no more than a head.
        head = head.length > 4096 || end >= 0 ? Buffer.alloc(0) : head;
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
