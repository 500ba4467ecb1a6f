import { execFileSync } from "node:child_process";
import { prove } from "../prove.mjs";
import { unpack } from "../unpack.mjs";

unpack(import.meta.url);
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
execFileSync(process.execPath, ["node_modules/next/dist/bin/next", "build"], { cwd: import.meta.dirname, stdio: "inherit", env });
prove(`${import.meta.dirname}/.next/static`);
