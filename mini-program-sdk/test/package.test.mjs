// T4 and T5: what `npm pack` makes, installed somewhere else, built as the developer tools build it, and run; and its size.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { codePackage, realm, sdk as home, STAY, strictWasm } from "./sandbox.mjs";

const MIB = 1 << 20;
const npm = (folder, ...words) => execFileSync("npm", [...words, "--loglevel=error"], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
let scratch, packed, installed;

before(() => {
  scratch = mkdtempSync(join(tmpdir(), "anxin-"));
  [packed] = JSON.parse(npm(home, "pack", "--json", "--pack-destination", scratch));
  writeFileSync(join(scratch, "package.json"), JSON.stringify({ name: "scratch", private: true }));
  npm(scratch, "install", "--offline", "--no-audit", "--no-fund", `./${packed.filename}`);
  installed = join(scratch, "node_modules/anxin-miniprogram");
});
after(() => rmSync(scratch, { recursive: true, force: true }));

function every(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? every(path) : [path];
  });
}
const bytes = (folder, keep = () => true) => every(folder).filter(keep).reduce((sum, file) => sum + statSync(file).size, 0);

test("the package holds these files and no others", () => {
  const listed = packed.files.map((file) => file.path).sort().join("\n") + "\n";
  const snapshot = join(home, "test/package-files.txt");
  if (process.env.UPDATE_EXPECT) writeFileSync(snapshot, listed);
  assert.equal(listed, readFileSync(snapshot, "utf8"));
});

test("installed and built as the developer tools do it, it estimates", async () => {
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  assert.equal(manifest.dependencies, undefined, "nothing that a consumer would have to build");
  const built = join(scratch, "app/miniprogram_npm", manifest.name);
  cpSync(join(installed, manifest.miniprogram), built, { recursive: true });
  const find = codePackage({ "/": join(scratch, "app") });
  const world = realm({ wx: {}, WXWebAssembly: strictWasm(find) });
  const sdk = world.load(built);
  const anxin = await sdk.init({ packs: [world.load(join(built, "packs/441500"))] });
  assert.equal((await anxin.estimate(STAY)).settlement.psn_part_amt, "6080.00");
});

test("its program copies the larger module and the Worker where they belong", () => {
  const run = (...words) => execFileSync(process.execPath, [join(installed, "scripts/copy.js"), ...words], { cwd: scratch, stdio: "ignore" });
  run("grouping", "wechat", "wechat");
  assert.deepEqual(every(join(scratch, "wechat")).filter((file) => file.endsWith(".wasm")), [], "only what WeChat reads");
  assert.ok(bytes(join(scratch, "wechat")) < 0.5 * MIB);
  run("grouping", "alipay", "alipay");
  assert.ok(bytes(join(scratch, "alipay")) < 2 * MIB, "one subpackage");
  run("workers", "workers");
  realm({}).load(join(scratch, "workers/worker.js"));
  assert.throws(() => run("elsewhere", "x"));
});

test("sizes as shipped", () => {
  const size = (file) => statSync(join(installed, file)).size;
  assert.ok(size("miniprogram_dist/anxin.wasm.br") <= 120 * 1024);
  const regions = readdirSync(join(installed, "miniprogram_dist/packs"));
  assert.ok(regions.length >= 9);
  for (const region of regions) assert.ok(size(`miniprogram_dist/packs/${region}`) <= 20 * 1024, region);
  assert.ok(size("grouping/packs/drg-chs-drg-1.1.wasm.br") <= 80 * 1024);
  assert.ok(packed.size < 2 * MIB, `${packed.size} as it is downloaded`);
  assert.ok(bytes(join(installed, "miniprogram_dist")) < 2 * MIB, "what goes into a main package");
});

test("shipped scripts need nothing that platforms do not have", () => {
  const scripts = every(join(installed, "miniprogram_dist")).concat(every(join(installed, "grouping"))).filter((file) => file.endsWith(".js"));
  assert.ok(scripts.length > 15);
  const absent = /\b(TextDecoder|TextEncoder|fetch\s*\(|crypto\b|BigInt|Intl\b|globalThis|FinalizationRegistry|queueMicrotask|structuredClone|eval\s*\(|new Function|import\s*\()|(?<![XY])\bWebAssembly\b|[^?]\?\.[^0-9]|\?\?|\bcatch \{/;
  for (const file of scripts.filter((file) => !/[\\/]packs[\\/]/.test(file))) {
    const code = readFileSync(file, "utf8").replace(/\/\*[^]*?\*\/|(^|\s)\/\/.*$/gm, "");
    const found = absent.exec(code);
    assert.equal(found, null, `${file}: ${found && code.slice(found.index, found.index + 40)}`);
  }
});
