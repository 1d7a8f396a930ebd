// Requests answered in a second: node rate.mjs bindings|mini|mini-grouping MODULES ASKED ANSWERED PACK...
import { readFileSync, writeFileSync } from "node:fs";

import { frames, open } from "./core.mjs";

const [build, modules, asked, answered, ...packs] = process.argv.slice(2);
const core = await open(build, modules, packs);
const requests = [...frames(readFileSync(asked))];

// As in the native figures: the shortest of several rounds.
let shortest = Infinity;
for (let round = 0; round < 30; round++) {
  const start = performance.now();
  for (let times = 0; times < 50; times++) for (const request of requests) await core.dispatch(request);
  shortest = Math.min(shortest, performance.now() - start);
}
writeFileSync(answered, String((50 * 1000 * requests.length) / shortest));
