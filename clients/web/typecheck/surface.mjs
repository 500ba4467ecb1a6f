// Writes src/surface.ts: one type for each member of surface.tsv, so that the compiler finds what is missing.
// surface.tsv lists what Microsoft's UI library 1.34.0 touches of the calling API, read from its source.
import { readFileSync, writeFileSync } from "node:fs";

const rows = readFileSync(new URL("surface.tsv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t"));

/** Generic types, and what is a value rather than a type. */
const GENERIC = { Collection: "calling.Collection<unknown>" };
const VALUES = ["Features", "DiagnosticQuality"];

const lines = rows.map(([type, member, events], index) => {
  const [name, property] = type.split(".");
  if (member === "constructor") return `export const new${index} = calling.${name};`;
  if (VALUES.includes(name)) return `export const value${index} = calling.${name}.${member};`;
  const owner = GENERIC[name] ?? `calling.${name}`;
  const whole = property ? `NonNullable<(${owner})["${property}"]>` : owner;
  const listed = member === "on" || member === "off" ? events.split(",") : [];
  const subscriptions = listed.map((event) => `export const event${index}${event}: Event<${whole}> = "${event}";`);
  return [`export type Member${index} = Element<${whole}>["${member}"];`, ...subscriptions].join("\n");
});

const head = `// Written by surface.mjs from surface.tsv.
import * as calling from "@azure/communication-calling";

/** Of a list, what is in it. */
type Element<T> = T extends readonly (infer Each)[] ? Each : T;

/** The names of the events that can be listened to. */
type Event<T extends { on: (...parameters: never) => void }> = Parameters<T["on"]>[0];

`;
writeFileSync(new URL("src/surface.ts", import.meta.url), `${head}${lines.join("\n")}\n`);
const count = (wanted) => rows.filter(([, , , state]) => state === wanted).length;
console.log(`${rows.length} members: ${count("real")} real, ${count("inert")} inert`);
