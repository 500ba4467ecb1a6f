// A Parley of a test's own: started by the launcher, killed and started again on the same ports and folder.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const launcher = fileURLToPath(new URL("../../../parley", import.meta.url));

export class Server {
  #process;
  #output = "";
  #folder = mkdtempSync(join(tmpdir(), "parley-calling-"));
  #port;
  #settings;

  /** @param settings further configuration, by key */
  static async start(settings = {}) {
    const server = new Server();
    server.#port = settings.port ?? (await freePort());
    server.#settings = settings;
    await server.again();
    return server;
  }

  /** Starts, or starts again after {@link kill}. */
  async again() {
    const options = { port: this.#port, data: join(this.#folder, "data"), ...this.#settings };
    const sets = Object.entries(options).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
    this.#output = "";
    this.#process = spawn(launcher, ["up", ...sets], { env: { ...surroundings(), PARLEY_NO_BUILD: "1" } });
    const ready = new Promise((done, fail) => {
      const read = (bytes) => {
        this.#output += bytes;
        if (this.#output.includes("Ctrl-C stops it")) done();
      };
      this.#process.stdout.on("data", read);
      this.#process.stderr.on("data", read);
      this.#process.on("exit", () => fail(new Error(`the server ended: ${this.#output}`)));
    });
    await ready;
    this.page = /Try a call\s+(\S+)/.exec(this.#output)[1];
    this.url = new URL(this.page).origin;
    this.authority = join(this.#folder, "data", "certificates", "ca.pem");
  }

  /** The server's process: the launcher becomes it. */
  get pid() {
    return this.#process.pid;
  }

  /** Ends it as a power cut would. */
  async kill(signal = "SIGKILL") {
    const ended = new Promise((done) => this.#process.once("exit", done));
    this.#process.kill(signal);
    await ended;
  }

  async stop() {
    await this.kill("SIGTERM");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Without what is meant for the tests: the server takes each PARLEY_ variable for a configuration key. */
function surroundings() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PARLEY_")));
}

/** A port that was free a moment ago: a server that comes back must have the one it had. */
export function freePort() {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
