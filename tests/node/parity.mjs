// Answers framed requests with one build of the core:
//   node parity.mjs bindings|mini MODULES ASKED ANSWERED PACK...
// A frame is a length of four bytes, low byte first, and as many bytes of UTF-8.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { Mini } from "./mini.mjs";

const [build, modules, asked, answered, ...packs] = process.argv.slice(2);

function bindings() {
  const { Anxin } = createRequire(import.meta.url)(join(modules, "nodejs/anxin.js"));
  const anxin = new Anxin();
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })];
  return {
    load: (pack) => anxin.load(pack),
    dispatch: (request) => encoder.encode(anxin.dispatch(decoder.decode(request))),
  };
}

const core = build === "mini" ? new Mini(readFileSync(join(modules, "mini/anxin.wasm"))) : bindings();
for (const pack of packs) core.load(readFileSync(pack));

function* frames(bytes) {
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at);
    yield bytes.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
}

const replies = [];
for (const request of frames(readFileSync(asked))) {
  const reply = core.dispatch(request);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(reply.length);
  replies.push(length, reply);
}
writeFileSync(answered, Buffer.concat(replies));
