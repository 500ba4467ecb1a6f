import { build } from "vite";
import { prove } from "../prove.mjs";
import { unpack } from "../unpack.mjs";

unpack(import.meta.url);
await build({ root: import.meta.dirname, logLevel: "warn" });
prove(`${import.meta.dirname}/dist`);
