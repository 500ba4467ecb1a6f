// Builds the package into dist/: ESM, CommonJS, declarations for both, one minified file, and the tarballs of this
// package and of effects/. Run by `npm run build`.
import { execFileSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));
const dist = `${folder}dist`;
process.chdir(folder);

const common = { bundle: true, platform: "browser", target: "es2022", legalComments: "none" };
const calling = { ...common, entryPoints: ["src/index.ts"] };
const effects = { ...common, entryPoints: ["effects/src/index.ts"] };

await rm(dist, { recursive: true, force: true });
await rm("effects/dist", { recursive: true, force: true });
await Promise.all([
  build({ ...calling, format: "esm", outfile: "dist/esm/index.js" }),
  build({ ...calling, format: "cjs", outfile: "dist/cjs/index.js" }),
  build({ ...calling, format: "esm", minify: true, outfile: "dist/parley-calling.js" }),
  build({ ...effects, format: "esm", outfile: "effects/dist/esm/index.js" }),
  build({ ...effects, format: "cjs", outfile: "effects/dist/cjs/index.js" }),
]);
run("node", "node_modules/typescript/bin/tsc", "-p", ".");
run("node", "node_modules/typescript/bin/tsc", "-p", "effects");
await cp("dist/esm/types", "dist/cjs/types", { recursive: true });
await cp("effects/dist/esm/index.d.ts", "effects/dist/cjs/index.d.ts");
for (const each of ["dist", "effects/dist"]) await writeFile(`${each}/cjs/package.json`, '{ "type": "commonjs" }\n');
await pack(".", "parley-calling.tgz");
await pack("effects", "parley-calling-effects.tgz");
await tellSize();

function run(command, ...parameters) {
  execFileSync(command, parameters, { stdio: ["ignore", "inherit", "inherit"] });
}

/** npm names a tarball by the version; links to it shall not change with every release. */
async function pack(source, name) {
  const place = `${dist}/pack`;
  await mkdir(place, { recursive: true });
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", `--pack-destination=${place}`], { cwd: source });
  const [tarball] = await readdir(place);
  await rename(`${place}/${tarball}`, `${dist}/${name}`);
  await rm(place, { recursive: true });
}

async function tellSize() {
  const minified = await readFile(`${dist}/parley-calling.js`);
  console.log(`parley-calling.js: ${minified.length} bytes minified, ${gzipSync(minified, { level: 9 }).length} gzipped`);
}
