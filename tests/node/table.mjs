// Records of a table grouped in a second, and how long a pack takes to load:
// node table.mjs bindings MODULES TABLE ANSWERED SCHEME PACK
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [, modules, table, answered, scheme, pack] = process.argv.slice(2);
const { Anxin } = createRequire(import.meta.url)(join(modules, "nodejs/anxin.js"));
const bytes = readFileSync(pack);
const anxin = new Anxin();
const start = performance.now();
anxin.load(bytes);
const load = performance.now() - start;

const [header, ...lines] = readFileSync(table, "utf8").trimEnd().split("\n");
const slices = [];
for (let at = 0; at < lines.length; at += 1000) {
  slices.push(new TextEncoder().encode([header, ...lines.slice(at, at + 1000)].join("\n")));
}
// As in the native figures: the shortest time of several rounds for each slice.
const shortest = slices.map(() => Infinity);
for (let round = 0; round < 20; round++) {
  slices.forEach((slice, i) => {
    const start = performance.now();
    anxin.groupTable(JSON.stringify({ scheme }), slice);
    shortest[i] = Math.min(shortest[i], performance.now() - start);
  });
}
const seconds = shortest.reduce((sum, time) => sum + time) / 1000;
writeFileSync(answered, JSON.stringify({ rate: lines.length / seconds, load }));
