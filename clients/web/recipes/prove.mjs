// What a bundle must hold when the alias works: the address of the protocol, which only our package knows.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function prove(folder) {
  const scripts = readdirSync(folder, { recursive: true }).filter((name) => /\.m?js$/.test(name));
  const all = scripts.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  assert.ok(all.includes("/calling/v1/signalling"), "the bundle holds @parley/calling");
  assert.ok(all.includes("is not supported by Parley"), "the bundle holds @parley/calling-effects");
  assert.ok(!/(from|require\()\s*["']@azure\/communication-calling/.test(all), "nothing is left to be resolved");
  console.log(`the alias works: ${scripts.length} files`);
}
