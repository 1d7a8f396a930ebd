// T3: the components, drawn by the vendors' simulator.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, test } from "node:test";

import { JSDOM } from "jsdom";

import { pack, sdk as home, STAY, wechat } from "./sandbox.mjs";

const dom = new JSDOM("<!doctype html><html><head></head><body></body></html>", { pretendToBeVisual: true });
for (const name of ["window", "document", "HTMLElement", "Node", "Event", "CustomEvent", "MutationObserver"]) {
  globalThis[name] = name === "window" ? dom.window : dom.window[name];
}
const simulate = createRequire(import.meta.url)("miniprogram-simulate");
const pause = (milliseconds = 20) => new Promise((resolve) => setTimeout(resolve, milliseconds));
let answer;

before(async () => {
  const { sdk } = wechat({ wasm: { validate: false } });
  answer = JSON.parse(JSON.stringify(await (await sdk.init({ packs: [pack("441500")] })).estimate(STAY)));
});

async function drawn(name, properties = {}) {
  const id = simulate.load(join(home, "miniprogram_dist/components", name, "index"), { rootPath: join(home, "miniprogram_dist") });
  const component = simulate.render(id, properties);
  component.attach(document.createElement("div"));
  component.setData(properties);
  await pause();
  return component;
}
const text = (component, selector) => component.querySelector(selector)?.dom.textContent.trim();

test("the result bar shows the core's amounts, the range, and large type when asked", async () => {
  const bar = await drawn("estimate-bar", { answer, large: true });
  assert.deepEqual([".person", ".fund", ".total", ".certainty"].map((s) => text(bar, s)), ["¥6,080.00", "¥13,920.00", "医疗费总额 ¥20,000.00", "依据明确"]);
  assert.ok(bar.dom.innerHTML.includes("anxin-large"));
  assert.equal(bar.querySelector(".range"), undefined);
  const most = { ...answer.settlement, psn_part_amt: "7000.00" };
  bar.setData({ answer: { ...answer, certainty: "unknown", range: { least: answer.settlement, most } }, large: false });
  await pause();
  assert.ok(text(bar, ".range").includes("¥6,080.00 至 7,000.00"));
  assert.ok(!bar.dom.innerHTML.includes("anxin-large"));
});

test("every step has its formula, and its clauses when it is touched", async () => {
  const table = await drawn("step-table", { answer });
  assert.equal(table.querySelectorAll(".step").length, answer.settlement.steps.length);
  assert.equal(table.querySelector(".clause"), undefined);
  table.instance.toggle({ currentTarget: { dataset: { id: "deductible" } } });
  await pause();
  assert.equal(text(table, ".clause"), "依据：汕尾城乡居民基本医疗保险报销比例2024");
  table.instance.toggle({ currentTarget: { dataset: { id: "deductible" } } });
  await pause();
  assert.equal(table.querySelector(".clause"), undefined);
});

test("the pay code counts down, carries its mark, and is gone when the page is hidden", async () => {
  const code = await drawn("pay-code", { mark: "演示" });
  assert.equal(text(code, ".hidden"), "付款码已隐藏。");
  let issued = 0;
  await code.instance.start(async () => ({ payload: `演示 ${++issued}`, serverTime: Date.now(), expiresAt: Date.now() + 3000 }));
  await pause();
  assert.deepEqual([text(code, ".mark"), text(code, ".payload"), text(code, ".countdown")], ["演示", "演示 1", "0:03 后自动更新"]);
  await pause(1200);
  assert.match(text(code, ".countdown"), /^0:0[12] 后自动更新$/);
  code.triggerPageLifeTime("hide");
  await pause();
  assert.ok(!code.dom.innerHTML.includes("演示 1"), "nothing of the code is left on the page");
  await pause(2200);
  assert.equal(issued, 1, "no code is fetched for a hidden page");
  code.triggerPageLifeTime("show");
  await pause();
  assert.equal(text(code, ".payload"), "演示 2");
  code.detach();
  await pause(3200);
  assert.equal(issued, 2);
});

test("names of relatives are masked", async () => {
  const quotas = [{ owner: "𬭊小花", limitFen: 200000, usedFen: 50000 }];
  const list = await drawn("family-quota", { quotas });
  assert.deepEqual([".owner", ".left", ".used"].map((s) => text(list, s)), ["𬭊**", "还可用 ¥1,500.00", "已用 ¥500.00，额度 ¥2,000.00"]);
  list.setData({ plain: true });
  await pause();
  assert.equal(text(list, ".owner"), "𬭊小花");
  list.setData({ quotas: [] });
  await pause();
  assert.equal(text(list, ".empty"), "还没有设置共济额度。");
});

test("colours are variables of the mini-program, with dark ones beside them", () => {
  const style = readFileSync(join(home, "miniprogram_dist/components/common.wxss"), "utf8");
  const [light, dark] = style.split("@media (prefers-color-scheme: dark)");
  for (const name of ["fg", "muted", "bg", "line", "accent", "warn"]) {
    assert.match(light, new RegExp(`var\\(--anxin-${name}, #`));
    assert.match(dark, new RegExp(`var\\(--anxin-${name}-dark, #`));
  }
});
