// Puts the built tarballs into node_modules/ of a recipe, as `npm install https://…/sdk/parley-calling.tgz` does.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));

export function unpack(recipe) {
  for (const name of ["calling", "calling-effects"]) {
    const place = fileURLToPath(new URL(`node_modules/@parley/${name}`, recipe));
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    execFileSync("tar", ["xzf", `${dist}parley-${name}.tgz`, "--strip-components=1", "-C", place]);
  }
}
