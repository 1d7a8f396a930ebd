// Puts the package together: node scripts/build.mjs MODULES PACKS
// `cargo xtask wasm --only sdk` runs it, holds the data modules to their gates, and packs them.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "..");
const [modules = join(here, "../target/js"), packs = join(here, "../target/packs")] = process.argv.slice(2);
const [dist, grouping, types] = ["miniprogram_dist", "grouping", "types"].map((name) => join(here, name));

/** What the package carries for the larger module. Other packs are fetched from a server. */
const FOR_GROUPING = ["wallet-family", "drg-chs-drg-1.1", "dip-mz-dip2-2024"];

for (const folder of [dist, grouping, types]) rmSync(folder, { recursive: true, force: true });
for (const folder of [join(dist, "packs"), join(grouping, "packs"), types]) mkdirSync(folder, { recursive: true });

cpSync(join(here, "../LICENSE"), join(here, "LICENSE"));
const declarations = join(here, "../wasm-core/bindings/types.d.ts");
for (const to of [join(here, "src/core.d.ts"), join(types, "core.d.ts")]) cpSync(declarations, to);
execFileSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc"), "--project", here], { stdio: "inherit" });
cpSync(join(here, "src/components"), join(dist, "components"), { recursive: true, filter: (file) => !file.endsWith(".ts") });

for (const ending of ["wasm", "wasm.br"]) {
  cpSync(join(modules, `mini/anxin.${ending}`), join(dist, `anxin.${ending}`));
  cpSync(join(modules, `mini/anxin-grouping.${ending}`), join(grouping, `anxin-grouping.${ending}`));
}
for (const name of readdirSync(packs)) {
  const region = /^benefit-(\d{6})\.anxpack$/.exec(name);
  if (region) writeFileSync(join(dist, `packs/${region[1]}.js`), asScript(readFileSync(join(packs, name))));
}
for (const name of FOR_GROUPING) {
  writeFileSync(join(grouping, `packs/${name}.wasm`), asModule(readFileSync(join(packs, `${name}.anxpack`))));
}

/** Mini-programs upload scripts, but no file of an ending that the platform does not know. */
function asScript(pack) {
  return `module.exports = "${pack.toString("base64")}";\n`;
}

/** A module without code, whose memory holds a pack: platforms unpack Brotli only for modules. */
function asModule(pack) {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(pack.length);
  const data = Buffer.concat([length, pack]);
  const pages = leb(Math.ceil(data.length / 65536));
  return Buffer.concat([
    Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
    section(5, Buffer.concat([Buffer.from([1, 1]), pages, pages])),
    section(7, Buffer.concat([Buffer.from([1, 6]), Buffer.from("memory"), Buffer.from([2, 0])])),
    // One segment, at i32.const 0.
    section(11, Buffer.concat([Buffer.from([1, 0, 0x41, 0, 0x0b]), leb(data.length), data])),
  ]);
}

function section(id, content) {
  return Buffer.concat([Buffer.from([id]), leb(content.length), content]);
}

function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value > 0);
  return Buffer.from(bytes);
}
