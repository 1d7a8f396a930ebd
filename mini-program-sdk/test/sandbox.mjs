// What a mini-program has, and nothing else: a realm without WebAssembly, TextDecoder, fetch, crypto, BigInt and Intl, and
// the platforms' own objects, as strict as the strictest device that is documented.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { brotliDecompressSync } from "node:zlib";

export const sdk = join(dirname(fileURLToPath(import.meta.url)), "..");
export const ABSENT = [
  "WebAssembly", "TextDecoder", "TextEncoder", "fetch", "crypto", "BigInt", "BigInt64Array", "BigUint64Array", "Intl",
  "SharedArrayBuffer", "Atomics", "FinalizationRegistry", "WeakRef", "queueMicrotask", "structuredClone", "process",
  "Buffer", "URL", "globalThis",
];

/** Files of a code package by their absolute path in it. */
export function codePackage(folders) {
  return (path) => {
    for (const [prefix, folder] of Object.entries(folders)) {
      const file = join(folder, path.slice(prefix.length));
      if (path.startsWith(prefix) && existsSync(file)) return file;
    }
    return undefined;
  };
}

/**
 * A realm of its own, with `given` as its only globals beside ECMAScript. Code from texts is refused, as on devices. Packages
 * are looked for in the folder `npm`.
 */
export function realm(given, npm) {
  const context = vm.createContext({}, { codeGeneration: { strings: false, wasm: false } });
  vm.runInContext(ABSENT.map((name) => `delete this.${name};`).join(""), context);
  for (const [name, value] of Object.entries({ setTimeout, clearTimeout, setInterval, clearInterval, ...given })) {
    Object.defineProperty(context, name, { value, configurable: true, enumerable: true, writable: true });
  }
  const loaded = new Map();
  const load = (file) => {
    const found = [file, `${file}.js`, join(file, "index.js")].find((f) => existsSync(f) && statSync(f).isFile());
    if (!found) throw new Error(`no ${file}`);
    if (loaded.has(found)) return loaded.get(found).exports;
    const module = vm.runInContext("({ exports: {} })", context);
    loaded.set(found, module);
    const body = vm.runInContext(`(function (require, module, exports) {${readFileSync(found, "utf8")}\n})`, context, { filename: found });
    const place = (name) => (name.startsWith(".") || !npm ? join(dirname(found), name) : join(npm, name));
    body((name) => load(place(name)), module, module.exports);
    return module.exports;
  };
  return { context, load, run: (code) => vm.runInContext(code, context) };
}

const valid = new Map();
/** Binaryen's reader and validator with every feature after the first version turned off. */
function isMvp(bytes) {
  const key = bytes.length + ":" + bytes.subarray(-64).toString("base64");
  if (!valid.has(key)) {
    try {
      const tool = join(sdk, "../xtask/node_modules/.bin/wasm-opt");
      execFileSync(tool, ["-", "--mvp-features", "-o", "/dev/null"], { input: bytes, stdio: ["pipe", "ignore", "ignore"] });
      valid.set(key, true);
    } catch {
      valid.set(key, false);
    }
  }
  return valid.get(key);
}

/**
 * `WXWebAssembly` or `MYWebAssembly`: paths only, no globals out, nothing in, the first version of WebAssembly. `fails` is how
 * many attempts fail first; `traps` makes every call of the module fail after so many.
 */
export function strictWasm(find, { shape = "instance", fails = 0, hangs = 0, trapAfter = Infinity, validate = true } = {}) {
  const counts = { attempts: 0, instances: 0, memories: [] };
  const instantiate = async (path, imports) => {
    counts.attempts++;
    if (hangs-- > 0) return new Promise(() => {});
    if (fails-- > 0) throw { errMsg: "instantiate:fail" };
    if (typeof path !== "string" || !path.startsWith("/")) throw new TypeError("only an absolute path in the code package");
    const file = find(path);
    if (!file) throw new Error(`${path} is not in the code package`);
    const raw = readFileSync(file);
    const bytes = path.endsWith(".br") ? brotliDecompressSync(raw) : raw;
    if (validate && !isMvp(bytes)) throw new Error(`${path} is not of the first version`);
    const module = new WebAssembly.Module(bytes);
    if (WebAssembly.Module.imports(module).length > 0 || Object.keys(imports).length > 0) throw new Error("imports");
    const kinds = WebAssembly.Module.exports(module).map((one) => one.kind);
    if (kinds.some((kind) => kind !== "function" && kind !== "memory")) throw new Error("iOS has no exported globals");
    counts.instances++;
    const instance = new WebAssembly.Instance(module, {});
    counts.memories.push(instance.exports.memory);
    let left = trapAfter;
    const exports = { ...instance.exports };
    if (exports.anxin_dispatch) {
      exports.anxin_dispatch = () => {
        if (left-- <= 0) throw new WebAssembly.RuntimeError("unreachable");
        return instance.exports.anxin_dispatch();
      };
      trapAfter = Infinity;
    }
    return shape === "instance" ? { exports } : { module: {}, instance: { exports } };
  };
  return { instantiate, counts };
}

/** A Worker in a realm of its own. Messages are copied as JSON: what JSON loses, a device may lose. */
export function workers(find, inside, { wrapped = false } = {}) {
  const started = [];
  const createWorker = (path) => {
    if (started.some((one) => one.alive && !one.killed)) throw new Error("one Worker at a time");
    const file = find(path.startsWith("/") ? path : `/${path}`);
    if (!file) throw new Error(`no ${path}`);
    const [toMain, toWorker] = [[], []];
    const deliver = (listeners, message) => {
      const copy = JSON.parse(JSON.stringify(message));
      setTimeout(() => listeners.forEach((listener) => listener(wrapped ? { data: copy } : copy)), 0);
    };
    const worker = { postMessage: (m) => deliver(toMain, m), onMessage: (listener) => toWorker.push(listener) };
    realm({ worker, ...inside }).load(file);
    const one = { path, alive: true };
    started.push(one);
    const postMessage = (message) => one.alive && !one.killed && deliver(toWorker, message);
    return { postMessage, onMessage: (listener) => toMain.push(listener), terminate: () => (one.alive = false) };
  };
  return { createWorker, started };
}

/** `request` of either platform over a function from what is sent to what is answered. */
export function network(answer, alipay = false) {
  const sent = [];
  const request = (options) => {
    sent.push(options);
    let aborted = false;
    setTimeout(() => {
      const reply = answer(options, sent.length);
      if (aborted || !reply) return;
      if (reply.fail) options.fail(reply.fail);
      else if (alipay) options[reply.status >= 400 ? "fail" : "success"]({ status: reply.status, headers: reply.headers || {}, data: reply.data });
      else options.success({ statusCode: reply.status, header: reply.headers || {}, data: reply.data });
    }, 0);
    return { abort: () => (aborted = true) };
  };
  return { request, sent };
}

/** Random bytes as WeChat gives them: later. */
export function randomness() {
  let next = 1;
  return ({ length, success }) => {
    const bytes = new Uint8Array(length).map(() => (next = (next * 75 + 74) % 65537) & 255);
    setTimeout(() => success({ randomValues: bytes.buffer }), 0);
  };
}

export const files = codePackage({
  "/miniprogram_npm/anxin-miniprogram/": join(sdk, "miniprogram_dist"),
  "/sub/anxin/": join(sdk, "grouping"),
  "/workers/": join(sdk, "miniprogram_dist"),
});

/** The package in WeChat. */
export function wechat({ wasm = {}, wx = {} } = {}) {
  const WXWebAssembly = strictWasm(files, wasm);
  const world = realm({ wx: { getRandomValues: randomness(), ...wx }, WXWebAssembly });
  return { ...world, counts: WXWebAssembly.counts, sdk: world.load(join(sdk, "miniprogram_dist/index")) };
}

export function pack(region) {
  return /"(.*)"/.exec(readFileSync(join(sdk, `miniprogram_dist/packs/${region}.js`), "utf8"))[1];
}

export const GROUPING = {
  wasmPath: "/sub/anxin/anxin-grouping.wasm.br",
  packs: [
    { wasm: "/sub/anxin/packs/wallet-family.wasm.br" },
    { wasm: "/sub/anxin/packs/drg-chs-drg-1.1.wasm.br" },
    { wasm: "/sub/anxin/packs/dip-mz-dip2-2024.wasm.br" },
  ],
};

export const STAY = {
  region: "shanwei",
  scheme: "resident",
  visit: { inpatient: { level: "2", discharged: "2024-06-01", bill: { split: { total_fen: 2000000, own_expense_fen: 120000, pre_self_pay_fen: 80000 } } } },
};
