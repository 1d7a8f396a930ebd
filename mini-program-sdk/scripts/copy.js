#!/usr/bin/env node
// Copies what npm of the developer tools does not place: the Worker's script, the larger module, or the whole package.
//
//   npx anxin-miniprogram workers  <the mini-program's Worker folder>
//   npx anxin-miniprogram grouping <folder of a subpackage> wechat|alipay
//   npx anxin-miniprogram package  <folder> wechat|alipay
const fs = require("fs");
const path = require("path");

const PACKAGE = path.join(__dirname, "..");
/** What worker.js requires, by way of others too. */
const WORKER = ["worker.js", "door.js", "module.js", "platform.js", "errors.js", "base64.js", "utf8.js"];

function all(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  const inside = (entry) => all(path.join(folder, entry.name)).map((file) => path.join(entry.name, file));
  return entries.reduce((files, entry) => files.concat(entry.isDirectory() ? inside(entry) : [entry.name]), []);
}

/** WeChat unpacks Brotli by itself; for Alipay the plain module is the safe one. */
function wanted(file, platform) {
  if (platform === "wechat") return !file.endsWith(".wasm");
  return !file.endsWith(".wasm.br") && !/\.(wxml|wxss)$/.test(file);
}

function copy(from, to, files) {
  for (const file of files) {
    const target = path.join(to, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(from, file), target);
  }
  console.log(`${files.length} files in ${to}`);
}

function main(what, to, platform) {
  const folder = { grouping: "grouping", package: "miniprogram_dist" }[what];
  if (to && what === "workers") {
    copy(path.join(PACKAGE, "miniprogram_dist"), to, WORKER);
  } else if (to && folder && (platform === "wechat" || platform === "alipay")) {
    const from = path.join(PACKAGE, folder);
    copy(from, to, all(from).filter((file) => wanted(file, platform)));
  } else {
    console.error("anxin-miniprogram workers DIR | grouping DIR wechat|alipay | package DIR wechat|alipay");
    process.exitCode = 2;
  }
}

main(...process.argv.slice(2));
