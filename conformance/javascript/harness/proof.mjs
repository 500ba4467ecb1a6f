// How a JavaScript test declares and earns a proof.
//
// Every test is written with `check`. It is given `sdk`: options for a client of Microsoft's SDK that
// let the harness see each request and the status that the SDK received. When the test ends, one JSON
// line goes to the file PARLEY_RESULTS; the build reads it, fails a declared operation that the SDK
// did not see succeed, and keeps the evidence.
import { appendFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

/** What a running Parley says of itself in connection.env, passed on as environment variables. */
export const parley = {
  endpoint: required("PARLEY_ENDPOINT"),
  connectionString: required("PARLEY_CONNECTION_STRING"),
  resourceId: required("PARLEY_RESOURCE_ID"),
  accessKey: required("PARLEY_CONNECTION_STRING").replace(/^.*;accesskey=/i, ""),
};

/**
 * Declares a test.
 *
 * @param {string} fileUrl `import.meta.url` of the test file
 * @param {string} name what the test shows
 * @param {string[]} operations ids of ledger/operations.tsv that it proves; may be empty
 * @param {(sdk: object) => Promise<void>} body the test, given client options to spread
 */
export function check(fileUrl, name, operations, body) {
  const title = `${basename(fileURLToPath(fileUrl), ".test.mjs")}: ${name}`;
  test(title, async () => {
    const exchanges = [];
    try {
      await body(listening(exchanges));
    } catch (failure) {
      report({ test: title, outcome: "failed", message: String(failure?.stack ?? failure) });
      throw failure;
    }
    report({ test: title, outcome: "passed", proves: operations, exchanges });
  });
}

/** Client options with a policy that notes every exchange in the SDK's own pipeline. */
function listening(exchanges) {
  const policy = {
    name: "parleySeenBySdk",
    async sendRequest(request, next) {
      const response = await next(request);
      const url = new URL(request.url);
      exchanges.push({
        method: request.method,
        target: url.pathname + url.search,
        status: response.status,
      });
      return response;
    },
  };
  return { additionalPolicies: [{ policy, position: "perRetry" }], exchanges };
}

function report(line) {
  appendFileSync(required("PARLEY_RESULTS"), JSON.stringify(line) + "\n");
}

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: start Parley and source its connection.env`);
  }
  return value;
}
