// Requests answered in a second: node rate.mjs bindings|mini|mini-grouping MODULES ASKED ANSWERED PACK...
import { readFileSync, writeFileSync } from "node:fs";

import { frames, open } from "./core.mjs";

const [ROUNDS, TIMES] = [30, 50];
const [build, modules, asked, answered, ...packs] = process.argv.slice(2);
const core = await open(build, modules, packs);
const bytes = [...frames(readFileSync(asked))];
// Each build by its own door: strings for the bindings, bytes for the mini modules.
const requests = core.ask ? bytes.map((request) => request.toString()) : bytes;
const answer = core.ask ?? ((request) => core.dispatch(request));

// As in the native figures: each request many times in a row, and of many rounds the shortest time of each.
const shortest = requests.map(() => Infinity);
for (let round = 0; round < ROUNDS; round++) {
  requests.forEach((request, at) => {
    const start = performance.now();
    for (let times = 0; times < TIMES; times++) answer(request);
    shortest[at] = Math.min(shortest[at], performance.now() - start);
  });
}
const milliseconds = shortest.reduce((sum, each) => sum + each);
writeFileSync(answered, String((TIMES * 1000 * requests.length) / milliseconds));
