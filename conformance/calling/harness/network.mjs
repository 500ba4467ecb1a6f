// A network between browsers and the server that can be cut: one TCP way for signalling, one UDP way for media.
import { createSocket } from "node:dgram";
import { connect, createServer } from "node:net";

export class Network {
  /** Whose are the TCP connections that open now. */
  owner = "";
  #cut;
  #cutFragments = new Set();
  #flows = new Map();
  #upstream = new Map();

  /** @param way the server's `port` and `mediaPort` on 127.0.0.1 */
  static async open(way) {
    const network = new Network();
    network.#listen(way);
    network.tcp = await new Promise((done) =>
      network.server.listen(0, "127.0.0.1", () => done(network.server.address().port)));
    network.udp = await new Promise((done) =>
      network.socket.bind(0, "127.0.0.1", () => done(network.socket.address().port)));
    return network;
  }

  #listen(way) {
    this.server = createServer((client) => {
      // While somebody is cut off, only they come anew: the others have their flows.
      if (this.#cut !== undefined) {
        client.destroy();
        return;
      }
      const server = connect(way.port, "127.0.0.1");
      for (const end of [client, server]) {
        this.#flows.set(end, this.owner);
        end.on("error", () => {});
        end.on("close", () => {
          this.#flows.delete(end);
          client.destroy();
          server.destroy();
        });
      }
      client.pipe(server);
      server.pipe(client);
    });
    this.socket = createSocket("udp4");
    this.socket.on("message", (packet, from) => {
      const key = `${from.address}:${from.port}`;
      let up = this.#upstream.get(key);
      if (!up) {
        up = { fragments: [], socket: createSocket("udp4") };
        up.socket.on("message", (answer) => {
          if (!this.#isCut(up)) this.socket.send(answer, from.port, from.address);
        });
        this.#upstream.set(key, up);
      }
      up.fragments = fragmentsIn(packet) ?? up.fragments;
      if (!this.#isCut(up)) up.socket.send(packet, way.mediaPort, "127.0.0.1");
    });
  }

  #isCut({ fragments }) {
    return fragments.some((one) => this.#cutFragments.has(one));
  }

  /**
   * Nothing of this one goes through any more, and what they had open is broken.
   *
   * @param fragments the ICE user name fragments of their connections, of both sides: a client that restarts ICE
   *   meanwhile has new ones, and still asks the old ones of the server
   */
  cut(owner, fragments) {
    this.#cut = owner;
    this.#cutFragments = new Set(fragments);
    for (const [flow, whose] of this.#flows) if (whose === owner) flow.destroy();
  }

  mend() {
    this.#cut = undefined;
    this.#cutFragments = new Set();
  }

  close() {
    for (const flow of this.#flows.keys()) flow.destroy();
    this.server.close();
    this.socket.close();
    for (const each of this.#upstream.values()) each.socket.close();
  }
}

/** Both user name fragments in a STUN request, which tell whose a UDP flow is (RFC 8445 §7.2.2). */
function fragmentsIn(packet) {
  if (packet.length < 20 || packet.readUInt16BE(0) !== 0x0001) return undefined;
  for (let at = 20; at + 4 <= packet.length; ) {
    const length = packet.readUInt16BE(at + 2);
    if (packet.readUInt16BE(at) === 0x0006) {
      return packet.subarray(at + 4, at + 4 + length).toString().split(":");
    }
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return undefined;
}
