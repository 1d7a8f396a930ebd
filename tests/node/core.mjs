// One build of the core, with its packs, behind `dispatch(bytes) -> bytes`, the bindings also behind
// `ask(string) -> string`; and framed messages:
// a length of four bytes, low byte first, then as many bytes of UTF-8.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

import { Mini } from "./mini.mjs";

function bindings(modules) {
  const { Anxin } = createRequire(import.meta.url)(join(modules, "nodejs/anxin.js"));
  const anxin = new Anxin();
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })];
  return {
    load: (pack) => anxin.load(pack),
    dispatch: (request) => encoder.encode(anxin.dispatch(decoder.decode(request))),
    // As whoever writes for Node calls it.
    ask: (text) => anxin.dispatch(text),
  };
}

/** The package for mini-programs in the sandbox of its own tests, with one of its modules. */
async function sdk(module, packs) {
  const { codePackage, realm, sdk: home, strictWasm } = await import("../../mini-program-sdk/test/sandbox.mjs");
  const world = realm({ wx: {}, WXWebAssembly: strictWasm(codePackage({ "/": dirname(module) }), { validate: false }) });
  const { init, utf8Decode, utf8Encode } = world.load(join(home, "miniprogram_dist/index"));
  const bytes = packs.map((pack) => Uint8Array.from(readFileSync(pack)).buffer);
  const anxin = await init({ wasmPath: `/${basename(module)}`, packs: bytes });
  return { dispatch: async (request) => utf8Encode(await anxin.exchange(utf8Decode(request))) };
}

export async function open(build, modules, packs) {
  const shipped = { sdk: "mini/anxin.wasm", "sdk-grouping": "mini/anxin-grouping.wasm" }[build];
  if (shipped) return sdk(join(modules, shipped), packs);
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
