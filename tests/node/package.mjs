// The package for mini-programs in its sandbox, beside the bindings:
// node package.mjs MODULES TABLE ANSWERED REGION-PACK SCHEME-PACK
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { codePackage, realm, sdk as home, STAY, strictWasm } from "../../mini-program-sdk/test/sandbox.mjs";

const [modules, table, answered, region, scheme] = process.argv.slice(2);
const ROUNDS = 20;
const STARTS = 5;
const RECORDS = 200;

/** Every so manyth record, as a request. */
function requests() {
  const [header, ...lines] = readFileSync(table, "utf8").trimEnd().split("\n");
  const names = header.split("\t");
  const list = (cell, field) => (cell || "").split("|").filter((code) => code !== "").map((code) => ({ [field]: code }));
  return lines.filter((_, n) => n % Math.floor(lines.length / RECORDS) === 0).map((line) => {
    const cells = Object.fromEntries(line.split("\t").map((cell, n) => [names[n], cell]));
    const number = (cell) => (cell ? Number(cell) : null);
    const record = {
      gend: cells.gender, age: number(cells.age), nwb_age: number(cells.age_days), nwb_bir_wt: number(cells.weight),
      act_ipt_days: number(cells.los), dscg_way: number(cells.leaving), diagnoses: list(cells.dx, "diag_code"),
      operations: list(cells.proc, "oprn_oprt_code"),
    };
    return { scheme: "chs-drg-1.1", record };
  });
}

/** Milliseconds for one of `work`'s inputs: the shortest round counts. */
async function each(inputs, work) {
  let shortest = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (const input of inputs) await work(input);
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest / inputs.length;
}

/** Milliseconds until `start` is done, by the shortest of several. */
async function begun(start) {
  let [shortest, last] = [Infinity, undefined];
  for (let times = 0; times < STARTS; times++) {
    const from = performance.now();
    last = await start();
    shortest = Math.min(shortest, performance.now() - from);
  }
  return [shortest, last];
}

async function packaged(stays, groups) {
  const folders = { "/modules/": join(modules, "mini"), "/packs/": join(home, "grouping/packs") };
  const start = async () => {
    const wasm = strictWasm(codePackage(folders), { validate: false });
    const world = realm({ wx: {}, WXWebAssembly: wasm });
    const sdk = world.load(join(home, "miniprogram_dist/index"));
    const grouping = { wasmPath: "/modules/anxin-grouping.wasm", packs: [{ wasm: "/packs/drg-chs-drg-1.1.wasm" }] };
    const pack = Uint8Array.from(readFileSync(region)).buffer;
    return { wasm, anxin: await sdk.init({ wasmPath: "/modules/anxin.wasm", packs: [pack], grouping }) };
  };
  const [init, { wasm, anxin }] = await begun(start);
  const estimate = await each(stays, (stay) => anxin.estimate(stay));
  const from = performance.now();
  await anxin.schemes();
  const load = performance.now() - from;
  const group = await each(groups, (one) => anxin.group(one));
  // Both modules and the pack's own, which the engine may have let go of by then.
  const memory = wasm.counts.memories.reduce((sum, one) => sum + one.buffer.byteLength, 0) / (1 << 20);
  return { init, estimate, load, group, memory };
}

async function bound(stays, groups) {
  const file = join(modules, "nodejs/anxin.js");
  const require = createRequire(import.meta.url);
  const [bindings_init, anxin] = await begun(async () => {
    delete require.cache[require.resolve(file)];
    const made = new (require(file).Anxin)();
    made.load(readFileSync(region));
    return made;
  });
  anxin.load(readFileSync(scheme));
  const ask = (call) => JSON.parse(anxin.dispatch(JSON.stringify({ call, lang: "zh" })));
  const bindings_estimate = await each(stays, (stay) => ask({ estimate: stay }));
  const bindings_group = await each(groups, (one) => ask({ group: one }));
  return { bindings_init, bindings_estimate, bindings_group };
}

const stays = Array.from({ length: 200 }, () => STAY);
const groups = requests();
writeFileSync(answered, JSON.stringify({ ...(await packaged(stays, groups)), ...(await bound(stays, groups)) }));
