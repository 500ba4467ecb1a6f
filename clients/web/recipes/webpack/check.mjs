import { promisify } from "node:util";
import webpack from "webpack";
import { prove } from "../prove.mjs";
import { unpack } from "../unpack.mjs";
import config from "./webpack.config.mjs";

unpack(import.meta.url);
const stats = await promisify(webpack)({ ...config, context: import.meta.dirname });
if (stats.hasErrors()) throw new Error(stats.toString("errors-only"));
prove(`${import.meta.dirname}/dist`);
