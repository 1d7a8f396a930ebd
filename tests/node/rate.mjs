// Requests answered in a second: node rate.mjs bindings|mini|mini-grouping MODULES ASKED ANSWERED PACK...
import { readFileSync, writeFileSync } from "node:fs";

import { frames, open } from "./core.mjs";

const [build, modules, asked, answered, ...packs] = process.argv.slice(2);
const core = open(build, modules, packs);
const requests = [...frames(readFileSync(asked))];

function rate(seconds) {
  const start = performance.now();
  let done = 0;
  let elapsed = 0;
  while (elapsed < seconds) {
    for (const request of requests) core.dispatch(request);
    done += requests.length;
    elapsed = (performance.now() - start) / 1000;
  }
  return done / elapsed;
}

rate(0.5);
writeFileSync(answered, String(rate(2)));
