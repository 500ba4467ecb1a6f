// Bundles the tests and runs them with Node's test runner; `npm test -- session` runs only files with that word.
// The report stands in target/node-reports/, in the form that Maven's have.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const wanted = process.argv[2] ?? "";
const files = readdirSync("test").filter((name) => name.endsWith(".test.ts") && name.includes(wanted));
const built = "target/test";
const reports = "target/node-reports";
rmSync(built, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

await build({
  entryPoints: files.map((name) => `test/${name}`),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  outdir: built,
  outExtension: { ".js": ".mjs" },
});

const { status } = spawnSync(
  process.execPath,
  [
    "--enable-source-maps",
    "--test",
    "--test-timeout=60000",
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=junit",
    `--test-reporter-destination=${reports}/TEST-web-sdk.xml`,
    ...files.map((name) => `${built}/${basename(name, ".ts")}.mjs`),
  ],
  { stdio: "inherit" },
);
process.exit(status ?? 1);
