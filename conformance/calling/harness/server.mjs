// A Parley of a test's own: started by the launcher, killed and started again on the same ports and folder.
import { spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
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

  /** A user of its own with a token for calls, as the printed page gets it. */
  async newUser() {
    const key = new URL(this.page).hash.slice(1);
    return this.#send("POST", "/try/token", { key });
  }

  /** A room of the default resource. @param roles by user id */
  async newRoom(roles) {
    const participants = Object.fromEntries(Object.entries(roles).map(([id, role]) => [id, { role }]));
    const path = "/rooms?api-version=2025-03-13";
    const text = readFileSync(join(this.#folder, "data", "connection.env"), "utf8");
    const [, accessKey] = /accesskey=([^"'\s;]+)/.exec(text);
    const date = new Date().toUTCString();
    const hash = createHash("sha256").update(JSON.stringify({ participants })).digest("base64");
    const signed = `POST\n${path}\n${date};${new URL(this.url).host};${hash}`;
    const signature = createHmac("sha256", Buffer.from(accessKey, "base64")).update(signed).digest("base64");
    const { id } = await this.#send("POST", path, { participants }, {
      "x-ms-date": date,
      "x-ms-content-sha256": hash,
      Authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
    });
    return id;
  }

  /** Moves the time of a server with `test-clock`. @param by as ISO 8601 has it */
  advance(by) {
    return this.#send("POST", "/test/clock:advance", { by });
  }

  #send(method, path, body, headers = {}) {
    const text = JSON.stringify(body);
    const options = { method, ca: readFileSync(this.authority), headers: { "content-type": "application/json", ...headers } };
    return new Promise((done, fail) => {
      const sent = request(this.url + path, options, (answer) => {
        let got = "";
        answer.on("data", (part) => (got += part));
        answer.on("end", () => {
          if (answer.statusCode < 300) done(JSON.parse(got || "{}"));
          else fail(new Error(`${method} ${path}: ${answer.statusCode} ${got}`));
        });
      });
      sent.on("error", fail);
      sent.end(text);
    });
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
