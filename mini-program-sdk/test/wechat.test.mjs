// T1: the package in WeChat's sandbox.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";

import smCrypto from "sm-crypto";

import { ABSENT, files, GROUPING, pack, STAY, strictWasm, wechat } from "./sandbox.mjs";

const options = (more = {}) => ({ packs: [pack("441500")], ...more });

test("the sandbox lacks what devices lack", () => {
  const { run } = wechat();
  for (const name of ABSENT) assert.equal(run(`typeof ${name}`), "undefined", name);
  assert.throws(() => run('new Function("return 1")()'), /Code generation/);
});

test("an estimate is made, whichever shape the platform resolves to", async () => {
  for (const shape of ["instance", "wrapped"]) {
    const { sdk } = wechat({ wasm: { shape } });
    const anxin = await sdk.init(options());
    const { settlement, certainty } = await anxin.estimate(STAY);
    assert.equal(anxin.backend, "platform");
    assert.equal(anxin.packs[0].id, "benefit/441500");
    assert.deepEqual([settlement.hifp_pay, settlement.psn_part_amt, certainty], ["13920.00", "6080.00", "certain"]);
    assert.equal(settlement.steps[0].texts.title, "政策范围内费用");
  }
});

test("comparison, year and regions are those of the core", async () => {
  const { sdk } = wechat();
  const anxin = await sdk.init(options());
  const other = JSON.parse(JSON.stringify(STAY));
  other.visit.inpatient.level = "3";
  const compared = await anxin.compare([STAY, other]);
  assert.equal(compared.answers.length, 2);
  assert.equal(compared.cheapest, 0);
  assert.equal((await anxin.year([STAY, STAY])).answers.length, 2);
  assert.equal((await anxin.regions())[0].region.slug, "shanwei");
});

test("grouping and family accounts come from the larger module, opened when asked for", async () => {
  const { sdk, counts } = wechat();
  const anxin = await sdk.init(options({ grouping: GROUPING }));
  assert.equal(counts.instances, 1);
  const drg = await anxin.group({ scheme: "chs-drg-1.1", record: { gend: "1", age: 60, act_ipt_days: 8, dscg_way: 1, diagnoses: [{ diag_code: "I63.900" }] } });
  assert.equal(drg.drg.code, "BR25");
  const dip = await anxin.groupDip({ scheme: "mz-dip2-2024", record: { diagnoses: [{ diag_code: "I63.900" }] } });
  assert.deepEqual([dip.group.code, dip.notice], ["I63.9", "非本市，仅演示"]);
  const pair = { sharer: { area: "450100", cover: "employee" }, recipient: { area: "450800", cover: "resident" }, kin: "parent", consents: { sharer: true, recipient: true } };
  const family = await anxin.family({ on: "2026-11-22", ask: { share: { pair, amount_fen: 200000, balance_fen: 861230 } } });
  assert.equal(family.verdict, "yes");
  assert.ok((await anxin.familyAreas()).length >= 2);
  assert.equal((await anxin.schemes()).length, 2);
  assert.equal(counts.instances, 5, "two modules and three packs, each once");
});

test("a receipt is held against its root as an independent SM3 has it", async () => {
  const { sdk } = wechat();
  const anxin = await sdk.init(options({ grouping: GROUPING }));
  const sm3 = (...parts) => createHash("sm3").update(Buffer.concat(parts)).digest();
  const leaf = (line) => sm3(Buffer.from([0]), Buffer.from(line));
  const [one, two, three] = ["one", "two", "three"].map(leaf);
  const root = sm3(Buffer.from([1]), sm3(Buffer.from([1]), one, two), three).toString("hex");
  const receipt = { entry: 1, size: 3, line: Buffer.from("two").toString("hex"), leaf: two.toString("hex"), root, path: [one.toString("hex"), three.toString("hex")] };
  const held = await anxin.receipt(Object.assign({ booked_at: "2026-11-22T08:00:00Z" }, receipt));
  assert.deepEqual([held.holds, held.fault, held.line_checked], [true, null, true]);
  assert.equal((await anxin.receipt({ ...receipt, line: Buffer.from("2").toString("hex") })).fault, "line");
  assert.equal((await anxin.receipt({ ...receipt, entry: 0 })).fault, "path");
  await assert.rejects(anxin.receipt({ ...receipt, root: "0" }), { code: "AX1001", field: "call.receipt.root" });
});

test("SM3 and SM2 come out as in sm-crypto", async () => {
  const { sdk } = wechat();
  const anxin = await sdk.init(options({ grouping: GROUPING }));
  const sm3 = (...parts) => Buffer.from(smCrypto.sm3([...Buffer.concat(parts)]), "hex");
  const leaf = (line) => sm3(Buffer.from([0]), line);
  const { publicKey, privateKey } = smCrypto.sm2.generateKeyPairHex();
  const key = leaf(Buffer.from(publicKey, "hex")).toString("hex").slice(0, 16);
  const eight = (number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(number));
    return bytes;
  };
  const signed_at = "2026-11-22T08:05:09.000001Z";
  const micros = BigInt(Date.parse("2026-11-22T08:05:09Z")) * 1000n + 1n;
  const agreed = { hash: true, userId: "1234567812345678", publicKey };
  // Around the length of a block, where padding changes.
  for (const length of [0, 1, 54, 55, 56, 62, 63, 64, 65, 118, 119, 120, 1000]) {
    const line = randomBytes(length);
    const root = leaf(line);
    const message = [...Buffer.concat([Buffer.from("anxin wallet head 1\0"), eight(441500), eight(1), root, eight(micros)])];
    const signature = smCrypto.sm2.doSignature(message, privateKey, agreed);
    const hex = root.toString("hex");
    const signed = { shard: 441500, signed_at, key, public_key: publicKey, signature };
    const receipt = { entry: 0, size: 1, leaf: hex, root: hex, path: [], signed };
    if (length > 0) receipt.line = line.toString("hex");
    const held = await anxin.receipt(receipt);
    assert.deepEqual([held.holds, held.signer, held.key, held.line_checked], [true, "key", key, length > 0], `${length} bytes`);
    const late = { ...signed, signed_at: "2026-11-22T08:05:09.000002Z" };
    assert.equal((await anxin.receipt({ ...receipt, signed: late })).fault, "signature");
  }
});

test("refusals keep the core's code, field and message", async () => {
  const { sdk } = wechat();
  const anxin = await sdk.init(options());
  const refused = (input, code, field) => assert.rejects(anxin.estimate(input), (e) => e.name === "AnxinError" && e.code === code && e.field === field && e.message.endsWith("。"));
  await refused({ ...STAY, region: "nowhere" }, "AX1003", "region");
  await refused({ ...STAY, visit: { inpatient: { level: "2", bill: { split: { total_fen: -1 } } } } }, "AX1001", "visit.inpatient.discharged");
  await assert.rejects(anxin.group({ scheme: "x", record: {} }), { code: "AX1023" });
});

test("callers share one promise, and a failure is not kept", async () => {
  const { sdk, counts } = wechat({ wasm: { fails: 2 } });
  const first = sdk.init(options());
  assert.equal(sdk.init(options()), first);
  await assert.rejects(first, (e) => e.code === "AX8002" && e.reason === "instantiate:fail" && e.hint.includes("wasmPath"));
  assert.equal(counts.attempts, 2, "one attempt and one retry");
  const anxin = await sdk.init(options());
  assert.equal((await anxin.estimate(STAY)).settlement.hifp_pay, "13920.00");
  assert.equal(sdk.init(), sdk.init());
});

test("one failure of the platform is made good by the retry", async () => {
  const { sdk, counts } = wechat({ wasm: { fails: 1 } });
  await sdk.init(options());
  assert.equal(counts.attempts, 2);
});

test("a platform that never answers is given up", async () => {
  const { sdk } = wechat({ wasm: { hangs: 2 } });
  await assert.rejects(sdk.init(options({ timeoutMs: 20 })), { code: "AX8003" });
});

test("a module that has stopped is opened anew, with its packs", async () => {
  const { sdk, counts } = wechat({ wasm: { trapAfter: 1 } });
  const anxin = await sdk.init(options());
  await anxin.estimate(STAY);
  await assert.rejects(anxin.estimate(STAY), { code: "AX8004" });
  assert.equal((await anxin.estimate(STAY)).settlement.hifp_pay, "13920.00");
  assert.equal(counts.instances, 2);
});

test("a pack that was touched is refused, and so is text that is no pack", async () => {
  const touched = pack("441500").replace(/.{8}$/, "AAAAAAA=");
  await assert.rejects(wechat().sdk.init({ packs: [touched] }), { code: "AX1015" });
  await assert.rejects(wechat().sdk.init({ packs: ["不是规则包"] }), { code: "AX8006" });
  await assert.rejects(wechat().sdk.init({ packs: [{ wasm: "/sub/anxin/packs/none.wasm" }] }), { code: "AX8006" });
});

test("the shim is as strict as it says", async () => {
  const wasm = strictWasm((path) => ({ "/new.wasm": new URL("modules/sign-extension.wasm", import.meta.url), "/global.wasm": new URL("modules/global.wasm", import.meta.url) })[path] || files(path));
  await assert.rejects(wasm.instantiate(new Uint8Array(8), {}), /path/);
  await assert.rejects(wasm.instantiate("/new.wasm", {}), /first version/);
  await assert.rejects(wasm.instantiate("/global.wasm", {}), /globals/);
});

test("rare letters of names come through whole", async () => {
  const { sdk } = wechat();
  const anxin = await sdk.init(options());
  const reply = JSON.parse(await anxin.exchange(JSON.stringify({ call: { estimate: { ...STAY, region: "㛃𬭊\ud800" } }, lang: "zh" })));
  assert.equal(reply.refused.code, "AX1001", "a lone surrogate is an escape in JSON that the core refuses");
  const text = JSON.stringify({ call: { estimate: { ...STAY, "𬭊㛃": 1 } }, lang: "zh" });
  assert.ok(JSON.parse(await anxin.exchange(text)).refused.field.includes("𬭊㛃"));
});
