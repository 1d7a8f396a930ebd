// Gives each demonstration its copy of the package, so that the vendors' tools open it as it is.
import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "..");
const COPIES = [
  ["package", "example/wechat/miniprogram_npm/anxin-miniprogram", "wechat"],
  ["grouping", "example/wechat/grouping/anxin", "wechat"],
  ["workers", "example/wechat/workers"],
  ["package", "example/alipay/anxin", "alipay"],
  ["grouping", "example/alipay/grouping/anxin", "alipay"],
  ["workers", "example/alipay/workers"],
];
for (const [what, to, ...platform] of COPIES) {
  const folder = join(here, to);
  rmSync(folder, { recursive: true, force: true });
  execFileSync(process.execPath, [join(here, "scripts/copy.js"), what, folder, ...platform]);
}
for (const demo of ["wechat", "alipay"]) {
  const lib = join(here, "example", demo, "lib");
  rmSync(lib, { recursive: true, force: true });
  cpSync(join(here, "example/lib"), lib, { recursive: true });
}
