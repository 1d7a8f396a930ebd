// Answers framed requests: node parity.mjs bindings|mini|mini-grouping MODULES ASKED ANSWERED PACK...
import { readFileSync, writeFileSync } from "node:fs";

import { frames, open } from "./core.mjs";

const [build, modules, asked, answered, ...packs] = process.argv.slice(2);
const core = await open(build, modules, packs);
const replies = [];
for (const request of frames(readFileSync(asked))) {
  const reply = await core.dispatch(request);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(reply.length);
  replies.push(length, reply);
}
writeFileSync(answered, Buffer.concat(replies));
