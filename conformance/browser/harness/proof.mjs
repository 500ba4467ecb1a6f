// How a browser test declares and earns a proof: it writes the same lines as the JavaScript tests do
// (javascript/harness/proof.mjs), with what the page sent and what it was answered.
import { appendFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const SWITCHING_PROTOCOLS = 101;

/**
 * Declares a test.
 *
 * @param {string} fileUrl `import.meta.url` of the test file
 * @param {string} name what the test shows
 * @param {string[]} operations ids of ledger/operations.tsv that it proves
 * @param {(watch: (page: object) => void) => Promise<void>} body the test; it gives `watch` to
 *     `openChat` for the pages whose exchanges count
 */
export function check(fileUrl, name, operations, body) {
  const title = `${basename(fileURLToPath(fileUrl), ".test.mjs")}: ${name}`;
  test(title, async () => {
    const exchanges = [];
    await body((page) => watch(page, exchanges));
    report({ test: title, outcome: "passed", proves: operations, exchanges });
  });
}

/** A socket counts as connected with the first frame that the page got through it. */
function watch(page, exchanges) {
  const saw = (method, url, status) => {
    const { pathname, search } = new URL(url);
    exchanges.push({ method, target: pathname + search, status });
  };
  page.on("response", (answer) =>
    saw(answer.request().method(), answer.url(), answer.status()),
  );
  page.on("websocket", (socket) =>
    socket.once("framereceived", () => saw("GET", socket.url(), SWITCHING_PROTOCOLS)),
  );
}

/** By hand nobody asks for the results. */
function report(line) {
  if (process.env.PARLEY_RESULTS) {
    appendFileSync(process.env.PARLEY_RESULTS, JSON.stringify(line) + "\n");
  }
}
