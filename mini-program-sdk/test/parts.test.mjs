// What runs without the module: letters, amounts, masks, requests, the pay code and orders.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { network, randomness, realm, sdk as home, wechat, pack, STAY, GROUPING } from "./sandbox.mjs";

const load = (given = {}) => realm(given).load(join(home, "miniprogram_dist/index"));
const plain = (value) => JSON.parse(JSON.stringify(value));

test("UTF-8 is that of the Encoding standard, both ways", () => {
  const { utf8Encode, utf8Decode } = load();
  const texts = ["", "a", "é", "㛃", "𬭊", "\ud800", "a\udc00b", "\udc00\ud800", "\ud83d\ude00\ud83d", "\uffff\u0800\u07ff\u0080\u007f", "汕尾𬭊".repeat(5000)];
  for (const text of texts) assert.deepEqual([...utf8Encode(text)], [...new TextEncoder().encode(text)], JSON.stringify(text.slice(0, 20)));
  const decoder = () => new TextDecoder("utf-8", { ignoreBOM: true });
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) >> 16;
  const edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff];
  for (let round = 0; round < 20000; round++) {
    const bytes = Uint8Array.from({ length: random() % 9 }, () => edges[random() % edges.length]);
    assert.equal(utf8Decode(bytes), decoder().decode(bytes), bytes.join(" "));
  }
});

test("amounts are read and written to the fen", () => {
  const { parseYuan, formatFen, formatYuan, FEN_MAX } = load();
  const read = { "0": 0, "0.1": 10, "1234.5": 123450, "1,234.50": 123450, "１２．３０元": 1230, "￥ 8,612.30": 861230, "¥99": 9900, "90071992547409.91": FEN_MAX };
  for (const [text, fen] of Object.entries(read)) assert.equal(parseYuan(text), fen, text);
  for (const text of ["", ".", "1.234", "-1", "1e3", "12,34", "1,2345", "0x10", "一百", "90071992547409.92", "1".repeat(15)]) {
    assert.throws(() => parseYuan(text), { code: "AX8013" }, text);
  }
  const written = { 0: "0.00", 5: "0.05", 99: "0.99", 123450: "1,234.50", "-861230": "−8,612.30", [FEN_MAX]: "90,071,992,547,409.91" };
  for (const [fen, text] of Object.entries(written)) assert.equal(formatFen(Number(fen)), text);
  assert.throws(() => formatFen(0.5), { code: "AX8013" });
  assert.equal(formatYuan("-1234.50"), "−1,234.50");
});

test("masks count characters, not halves of them", () => {
  const { maskName, maskId, maskPhone } = load();
  assert.deepEqual(["张三", "欧阳某某", "𬭊㛃", "王", " "].map(maskName), ["张*", "欧***", "𬭊*", "*", ""]);
  assert.equal(maskId("11010519491231002X"), "1****************X");
  assert.equal(maskId("12345"), "*****");
  assert.deepEqual(["138 1234 5678", "12345"].map(maskPhone), ["138****5678", "*****"]);
});

const quick = { setTimeout: (work, ms) => setTimeout(work, ms < 5000 ? 0 : ms), clearTimeout };

test("what is read is asked again, what writes is not", async () => {
  for (const [method, repeat, times] of [["GET", undefined, 3], ["POST", undefined, 1], ["POST", true, 3], ["DELETE", undefined, 1]]) {
    const net = network(() => ({ status: 503, data: '{"code":"AX9011","detail":"系统繁忙。"}' }));
    const { Http } = load({ wx: { request: net.request }, ...quick });
    const sending = { method, path: "/x", key: "k-1", ...(repeat && { repeat }) };
    await assert.rejects(new Http({ base: "https://a.test" }).send(sending), (e) => e.code === "AX9011" && e.status === 503 && e.key === "k-1");
    assert.equal(net.sent.length, times, method);
    assert.ok(net.sent.every((one) => one.header["Idempotency-Key"] === "k-1"), "always the same key");
  }
});

test("a lost answer is told with the key to ask again with, and a refusal is not asked again", async () => {
  const lost = network(() => ({ fail: { errMsg: "request:fail timeout" } }));
  const { Http } = load({ wx: { request: lost.request }, ...quick });
  await assert.rejects(new Http({ base: "" }).postJson("/pay", {}, { key: "k" }), (e) => e.code === "AX8010" && e.key === "k" && e.hint.includes("Idempotency-Key"));
  assert.equal(lost.sent.length, 1);
  const silent = network(() => undefined);
  const other = load({ wx: { request: silent.request }, setTimeout: (work, ms) => setTimeout(work, ms / 100), clearTimeout });
  await assert.rejects(new other.Http({ base: "", timeoutMs: 100, retries: 0 }).getJson("/x"), { code: "AX8010" });
  const refused = network(() => ({ status: 422, data: '{"code":"AX1006","detail":"金额不能小于零。","field":"amount_fen"}' }), true);
  const third = load({ my: { request: refused.request }, ...quick });
  await assert.rejects(new third.Http({ base: "" }).getJson("/x"), { code: "AX1006", field: "amount_fen", status: 422 });
  assert.equal(refused.sent.length, 1);
  const gateway = network(() => ({ status: 404, data: "<html>" }));
  await assert.rejects(new (load({ wx: { request: gateway.request } }).Http)({ base: "" }).getJson("/x"), { code: "AX8012", status: 404 });
});

test("keys are random bits of the platform or of the caller, or there are none", async () => {
  const { Http } = load({ wx: { getRandomValues: randomness() } });
  const http = new Http({ base: "" });
  const [a, b] = [await http.newKey(), await http.newKey()];
  assert.match(a, /^[0-9a-f]{32}$/);
  assert.notEqual(a, b);
  const own = async (count) => Uint8Array.from({ length: count }, (_, i) => i).buffer;
  assert.equal(await new Http({ base: "", entropy: own }).newKey(), "000102030405060708090a0b0c0d0e0f");
  await assert.rejects(new Http({ base: "", entropy: async () => new ArrayBuffer(3) }).newKey(), { code: "AX8011" });
});

/** Time that only moves when it is told to. */
function stopped() {
  let [now, next] = [1_000_000, 1];
  const due = new Map();
  return {
    globals: { setTimeout: (work, ms) => (due.set(next, [now + ms, work]), next++), clearTimeout: (id) => due.delete(id) },
    clock: () => now,
    waiting: () => due.size,
    async pass(ms) {
      for (const end = now + ms; ; ) {
        const [id, first] = [...due].sort((a, b) => a[1][0] - b[1][0])[0] || [];
        if (!first || first[0] > end) return void (now = end);
        now = Math.max(now, first[0]);
        due.delete(id);
        first[1]();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

function payCode(issue, wx = {}) {
  const time = stopped();
  const views = [];
  const { PayCode } = load({ wx, ...time.globals });
  return { time, views, code: new PayCode({ issue: () => issue(time), changed: (view) => views.push(plain(view)), clock: time.clock }) };
}

test("a pay code counts down by the server's clock and is renewed when it has run out", async () => {
  let issued = 0;
  const ahead = 5 * 60 * 1000;
  const { time, views, code } = payCode(async (t) => ({ payload: `演示-${++issued}`, serverTime: t.clock() + ahead, expiresAt: t.clock() + ahead + 60_000 }));
  await code.show();
  assert.deepEqual(views.map((view) => view.state), ["loading", "shown"]);
  assert.deepEqual([code.view.secondsLeft, code.view.countdown], [60, "1:00"]);
  await time.pass(59_000);
  assert.deepEqual([code.view.secondsLeft, code.view.payload], [1, "演示-1"]);
  await time.pass(1_500);
  assert.equal(code.view.payload, "演示-2");
});

test("a hidden page has no code, no timer, and takes no late answer", async () => {
  let answer;
  const { time, views, code } = payCode(() => new Promise((resolve) => (answer = resolve)));
  const showing = code.show();
  code.hide();
  answer({ payload: "演示", serverTime: time.clock(), expiresAt: time.clock() + 60_000 });
  await showing;
  assert.deepEqual(views.map((view) => view.state), ["loading", "hidden"]);
  const again = code.show();
  answer({ payload: "演示", serverTime: time.clock(), expiresAt: time.clock() + 60_000 });
  await again;
  assert.equal(code.view.payload, "演示");
  code.hide();
  assert.deepEqual([code.view.payload, code.view.state, time.waiting()], ["", "hidden", 0]);
  await code.refresh();
  assert.equal(code.view.state, "hidden");
});

test("a code that is over, and a server that refuses, are said", async () => {
  const over = payCode(async (t) => ({ payload: "演示", serverTime: t.clock(), expiresAt: t.clock() }));
  await over.code.show();
  assert.deepEqual([over.code.view.state, over.code.view.payload], ["failed", ""]);
  assert.ok(over.code.view.message.includes("过期"));
  const refused = payCode(async () => Promise.reject({ errMsg: "request:fail" }));
  await refused.code.show();
  assert.deepEqual([refused.code.view.state, refused.code.view.hint !== ""], ["failed", true]);
});

test("the screen is kept out of captures and bright only while a code is shown", async () => {
  const told = [];
  const wx = {
    setVisualEffectOnCapture: ({ visualEffect }) => told.push(visualEffect),
    getScreenBrightness: ({ success }) => success({ value: 0.3 }),
    setScreenBrightness: ({ value }) => told.push(value),
    setStorage: () => told.push("stored"),
    setStorageSync: () => told.push("stored"),
  };
  const { code } = payCode(async (t) => ({ payload: "演示", serverTime: t.clock(), expiresAt: t.clock() + 60_000 }), wx);
  await code.show();
  code.hide();
  code.hide();
  assert.deepEqual(told, ["hidden", 1, "none", 0.3]);
});

test("an order is asked about at once when the page comes back, and until it is settled", async () => {
  const time = stopped();
  const { OrderWatch } = load(time.globals);
  let [asked, state, broken] = [0, "pending", false];
  const [seen, failures] = [[], []];
  const watch = new OrderWatch({
    ask: async () => (asked++, broken ? Promise.reject(new Error("lost")) : state),
    settled: (order) => order === "paid",
    changed: (order) => seen.push(order),
    failed: (error) => failures.push(error.code),
  });
  await watch.onShow();
  await time.pass(1000);
  assert.equal(asked, 2);
  watch.onHide();
  await time.pass(60_000);
  assert.equal(asked, 2, "nobody is asked while the page is hidden");
  broken = true;
  await watch.onShow();
  assert.deepEqual([asked, failures.join()], [3, "AX8009"]);
  [broken, state] = [false, "paid"];
  await time.pass(1000);
  assert.deepEqual([asked, seen.at(-1), time.waiting()], [4, "paid", 0]);
  await watch.onShow();
  assert.equal(asked, 4, "a settled order is not asked about again");
});

test("a fetched pack is kept, asked after by its tag, and fetched anew when the copy is damaged", async () => {
  const kept = new Map();
  const manager = {
    readFile: ({ filePath, success, fail }) => (kept.has(filePath) ? success({ data: kept.get(filePath) }) : fail({ errMsg: "no such file" })),
    writeFile: ({ filePath, data, success }) => (kept.set(filePath, data), success({})),
  };
  const bytes = readFileSync(join(home, "../target/packs/benefit-441500.anxpack"));
  let offline = false;
  const net = network((options) => {
    if (offline) return { fail: { errMsg: "request:fail" } };
    if (options.header["if-none-match"] === '"v1"') return { status: 304, data: "" };
    return { status: 200, headers: { ETag: '"v1"' }, data: Uint8Array.from(bytes).buffer };
  });
  const wx = { request: net.request, getFileSystemManager: () => manager, env: { USER_DATA_PATH: "wxfile://usr" } };
  const start = () => wechat({ wx, wasm: { validate: false } }).sdk.init({ packs: [{ url: "https://a.test/packs/benefit/441500", cache: "441500" }] });
  const estimates = async () => assert.equal((await (await start()).estimate(STAY)).settlement.hifp_pay, "13920.00");
  await estimates();
  assert.deepEqual([net.sent.length, [...kept.keys()].join()], [1, "wxfile://usr/anxin-441500"]);
  await estimates();
  assert.deepEqual([net.sent.length, net.sent[1].header["if-none-match"]], [2, '"v1"']);
  const [name, text] = [...kept][0];
  kept.set(name, text.replace(/.{8}$/, "AAAAAAA="));
  await estimates();
  assert.equal(net.sent.length, 4, "the damaged copy was asked after, refused by the core, and fetched");
  offline = true;
  await estimates().catch(() => assert.fail("the kept copy does without a network"));
  kept.clear();
  await assert.rejects(start(), { code: "AX8006" });
});

test("answers become what screens show, in the core's words", async () => {
  const { sdk } = wechat({ wasm: { validate: false } });
  const anxin = await sdk.init({ packs: [pack("441500")], grouping: GROUPING });
  const answer = await anxin.estimate(STAY);
  assert.deepEqual(plain(sdk.estimateBar(answer)), { person: "6,080.00", fund: "13,920.00", total: "20,000.00", range: "", certainty: "certain", certaintyText: "依据明确", fundPercent: 70 });
  const rows = plain(sdk.stepRows(answer));
  assert.equal(rows.length, answer.settlement.steps.length);
  assert.deepEqual(rows[1], { id: "deductible", title: "起付线", formula: "起付标准 600.00，不超过政策范围内费用 18,000.00 = 600.00", result: "600.00", certaintyText: "", clauses: ["汕尾城乡居民基本医疗保险报销比例2024"] });
  const dip = sdk.dipView(await anxin.groupDip({ scheme: "mz-dip2-2024", record: { diagnoses: [{ diag_code: "I63.900" }] } }));
  assert.deepEqual([dip.code, dip.notice, dip.reasons.length], ["I63.9", "非本市，仅演示", 1]);
  assert.deepEqual(plain(sdk.quotaView("女儿", 200000, 50000)), { owner: "女儿", limit: "2,000.00", used: "500.00", left: "1,500.00", usedPercent: 25 });
  assert.equal(sdk.quotaView("女儿", 0, 0).usedPercent, 100);
});
