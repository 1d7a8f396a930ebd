// T2: Alipay's logic layer has no module and no randomness, its Worker has the module; and platforms that have nothing.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { files, GROUPING, network, pack, realm, sdk as home, STAY, strictWasm, workers } from "./sandbox.mjs";

const WASM = "/miniprogram_npm/anxin-miniprogram/anxin.wasm";

function alipay({ wasm, wrapped = false, my = {} } = {}) {
  const MYWebAssembly = strictWasm(files, { validate: false, ...wasm });
  const { createWorker, started } = workers(files, { MYWebAssembly }, { wrapped });
  const world = realm({ my: { createWorker, ...my } });
  return { started, counts: MYWebAssembly.counts, sdk: world.load(join(home, "miniprogram_dist/index")) };
}

const options = (more = {}) => ({ wasmPath: WASM, workerPath: "workers/worker.js", packs: [pack("441500")], ...more });

test("the Worker answers, however its messages are wrapped, and both modules share it", async () => {
  for (const wrapped of [false, true]) {
    const { sdk, started } = alipay({ wrapped });
    const grouping = { wasmPath: "/sub/anxin/anxin-grouping.wasm", packs: [{ wasm: "/sub/anxin/packs/drg-chs-drg-1.1.wasm" }] };
    const anxin = await sdk.init(options({ grouping }));
    assert.equal(anxin.backend, "worker");
    assert.equal((await anxin.estimate(STAY)).settlement.hifp_pay, "13920.00");
    const record = { gend: "1", age: 60, act_ipt_days: 8, dscg_way: 1, diagnoses: [{ diag_code: "I63.900" }] };
    assert.equal((await anxin.group({ scheme: "chs-drg-1.1", record })).drg.code, "BR25");
    assert.deepEqual(started.map((one) => one.path), ["workers/worker.js"]);
  }
});

test("answers come to those who asked", async () => {
  const anxin = await alipay().sdk.init(options());
  const bill = (total_fen) => ({ ...STAY, visit: { inpatient: { level: "2", discharged: "2024-06-01", bill: { split: { total_fen } } } } });
  const all = await Promise.all([100, 200, 300].map((fen) => anxin.estimate(bill(fen))));
  assert.deepEqual(all.map((answer) => answer.settlement.medfee_sumamt), ["1.00", "2.00", "3.00"]);
});

test("a module that stops in the Worker is opened anew", async () => {
  const { sdk, counts } = alipay({ wasm: { trapAfter: 0 } });
  const anxin = await sdk.init(options());
  await assert.rejects(anxin.estimate(STAY), { code: "AX8004" });
  assert.equal((await anxin.estimate(STAY)).settlement.hifp_pay, "13920.00");
  assert.equal(counts.instances, 2);
});

test("a Worker that the platform has ended is given up, and another one started", async () => {
  const { sdk, started } = alipay();
  const anxin = await sdk.init(options({ timeoutMs: 1500 }));
  started[0].killed = true;
  await assert.rejects(anxin.estimate(STAY), { code: "AX8005" });
  assert.equal((await anxin.estimate(STAY)).settlement.hifp_pay, "13920.00");
  assert.deepEqual(started.map((one) => one.alive), [false, true]);
});

test("without a Worker and without a server there is a stable refusal", async () => {
  const world = realm({ my: {} });
  const sdk = world.load(join(home, "miniprogram_dist/index"));
  await assert.rejects(sdk.init(options({ workerPath: undefined })), (e) => e.code === "AX8001" && e.hint.includes("基础库"));
  await assert.rejects(sdk.init(options()), { code: "AX8005" });
  await assert.rejects(new sdk.Http({ base: "" }).newKey(), { code: "AX8011" });
});

/** A platform without any module, and a server that answers. */
function served(answers, more = {}) {
  const net = network((options) => ({ status: 200, data: JSON.stringify({ estimate: { asked: JSON.parse(options.data) } }) }), true);
  const sdk = realm({ my: { request: net.request } }).load(join(home, "miniprogram_dist/index"));
  const questions = [];
  const ask = (question) => questions.push(question) && answers.shift();
  return { sdk, sent: net.sent, questions, server: { base: "https://example.test", ask, ...more } };
}

test("nothing is sent before the person has said yes, and a no is kept to", async () => {
  const { sdk, sent, questions, server } = served([false, true]);
  const anxin = await sdk.init({ packs: [pack("441500")], grouping: GROUPING, server });
  assert.equal(anxin.backend, "server");
  await assert.rejects(anxin.estimate(STAY), { code: "AX8007" });
  assert.equal(sent.length, 0);
  assert.equal(JSON.stringify((await anxin.estimate(STAY)).asked), JSON.stringify(STAY));
  await anxin.estimate(STAY);
  assert.equal(questions.length, 2, "a yes holds until the mini-program is closed");
  assert.ok(questions[0].text.includes("发送到服务器"));
  assert.equal(sent[0].url, "https://example.test/api/v1/estimates?lang=zh");
});

test("a grouping is never sent in silence: not at all by itself, and asked about each time where it is allowed", async () => {
  const record = { scheme: "chs-drg-1.1", record: {} };
  const closed = served([true]);
  const anxin = await closed.sdk.init({ grouping: GROUPING, server: closed.server });
  await assert.rejects(anxin.group(record), { code: "AX8008" });
  assert.deepEqual([closed.sent.length, closed.questions.length], [0, 0]);

  const open = served([true, false], { grouping: true });
  const other = await open.sdk.init({ grouping: GROUPING, server: open.server });
  await assert.rejects(other.group(record), { code: "AX8014" }, "the server of this test answers every call with an estimate");
  await assert.rejects(other.groupDip(record), { code: "AX8007" });
  assert.deepEqual([open.sent.length, open.questions.length], [1, 2]);
  assert.ok(open.questions[0].text.includes("病案首页"));
});
