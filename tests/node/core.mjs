// One build of the core, with its packs, behind `dispatch(bytes) -> bytes`; and framed messages:
// a length of four bytes, low byte first, then as many bytes of UTF-8.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { Mini } from "./mini.mjs";

function bindings(modules) {
  const { Anxin } = createRequire(import.meta.url)(join(modules, "nodejs/anxin.js"));
  const anxin = new Anxin();
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })];
  return {
    load: (pack) => anxin.load(pack),
    dispatch: (request) => encoder.encode(anxin.dispatch(decoder.decode(request))),
  };
}

export function open(build, modules, packs) {
  const mini = { mini: "mini/anxin.wasm", "mini-grouping": "mini/anxin-grouping.wasm" }[build];
  const core = mini ? new Mini(readFileSync(join(modules, mini))) : bindings(modules);
  for (const pack of packs) core.load(readFileSync(pack));
  return core;
}

export function* frames(bytes) {
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at);
    yield bytes.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
}
