import { execFileSync } from "node:child_process";
import { unpack } from "../unpack.mjs";

unpack(import.meta.url);
execFileSync(process.execPath, ["node_modules/jest/bin/jest.js", "--ci"], { cwd: import.meta.dirname, stdio: "inherit" });
