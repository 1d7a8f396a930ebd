// The demonstrations: whole, as the vendors' tools want them, and every page does its work in the sandbox.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { codePackage, realm, sdk as home, strictWasm, workers } from "./sandbox.mjs";

const MIB = 1 << 20;
const KINDS = {
  wechat: { name: "wx", wasm: "WXWebAssembly", view: "wxml", style: "app.wxss", project: "project.config.json", npm: "miniprogram_npm" },
  alipay: { name: "my", wasm: "MYWebAssembly", view: "axml", style: "app.acss", project: "mini.project.json" },
};
const folder = (kind) => join(home, "example", kind);
const json = (kind, file) => JSON.parse(readFileSync(join(folder(kind), file), "utf8"));

function pages(kind) {
  const app = json(kind, "app.json");
  return app.pages.concat(app.subPackages.flatMap((sub) => sub.pages.map((page) => `${sub.root}/${page}`)));
}

function every(at) {
  return readdirSync(at, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? every(join(at, one.name)) : [join(at, one.name)]));
}

/** The demonstration as its platform runs it. */
function started(kind) {
  const { name, wasm, npm } = KINDS[kind];
  const at = folder(kind);
  const find = codePackage({ "/": at });
  const module = strictWasm(find, { validate: false });
  const { createWorker } = workers(find, { [wasm]: module });
  const opened = { page: undefined, app: { globalData: {} } };
  const host = { createWorker, navigateTo: () => {} };
  const inMain = kind === "wechat" ? { [wasm]: module } : {};
  const globals = { [name]: host, ...inMain, App: (app) => (opened.app = app), Page: (page) => (opened.page = page), getApp: () => opened.app };
  const world = realm(globals, npm && join(at, npm));
  world.load(join(at, "app.js"));
  return (path) => {
    world.load(join(at, `${path}.js`));
    const page = Object.create(opened.page);
    page.data = JSON.parse(JSON.stringify(opened.page.data));
    page.setData = (more) => Object.assign(page.data, more);
    if (kind === "wechat") page.selectComponent = () => ({ start() {} });
    return page;
  };
}

for (const kind of Object.keys(KINDS)) {
  const { view, style, project } = KINDS[kind];

  test(`${kind}: every page is there whole, and what its view calls exists`, () => {
    assert.ok(json(kind, project));
    assert.ok(existsSync(join(folder(kind), style)));
    const open = started(kind);
    assert.equal(pages(kind).length, 5);
    for (const path of pages(kind)) {
      const markup = readFileSync(join(folder(kind), `${path}.${view}`), "utf8");
      const config = json(kind, `${path}.json`);
      const page = open(path);
      for (const [, handler] of markup.matchAll(/(?:bind\w+|on[A-Z]\w+)="(\w+)"/g)) assert.equal(typeof page[handler], "function", `${path}: ${handler}`);
      for (const [, field] of markup.matchAll(/data-field="(\w+)"/g)) assert.ok(field in page.data, `${path}: ${field}`);
      for (const [name, component] of Object.entries(config.usingComponents || {})) {
        for (const ending of ["js", "json", view]) assert.ok(existsSync(join(folder(kind), `${component}.${ending}`)), `${component}.${ending}`);
        assert.ok(markup.includes(`<${name}`), `${path} does not use ${name}`);
      }
      assert.ok(markup.includes("演示"), `${path} does not say that it is a demonstration`);
    }
  });

  test(`${kind}: the stay is estimated, and an amount that cannot be read is said`, async () => {
    const page = started(kind)("pages/estimate/estimate");
    page.onShow();
    await page.onLoad();
    assert.deepEqual([page.data.regions.length, page.data.failed, page.data.bar.fund], [4, null, "13,920.00"]);
    assert.ok(page.data.rows.length > 5);
    page.input({ currentTarget: { dataset: { field: "total" } }, detail: { value: "一万" } });
    await page.estimate();
    assert.deepEqual([page.data.failed.code, page.data.bar], ["AX8013", null]);
    page.regionChanged({ detail: { value: "3" } });
    page.input({ currentTarget: { dataset: { field: "total" } }, detail: { value: "１０，０００" } });
    await page.estimate();
    assert.deepEqual([page.data.failed, page.data.bar.total], [null, "10,000.00"]);
  });

  test(`${kind}: the family preview and the groups come from the larger module`, async () => {
    const open = started(kind);
    const family = open("grouping/family/family");
    await family.onLoad();
    assert.deepEqual([family.data.failed, family.data.view && family.data.view.text !== ""], [null, true]);
    family.input({ currentTarget: { dataset: { field: "agreed" } }, detail: { value: false } });
    await family.ask();
    assert.equal(family.data.verdict, "不可以");
    const group = open("grouping/group/group");
    await group.onLoad();
    assert.deepEqual([group.data.failed, group.data.drg.code, group.data.dip.code, group.data.dip.notice], [null, "BR25", "I63.9", "非本市，仅演示"]);
  });

  test(`${kind}: the wallet shows a code that says 演示, asks about its order, and hides`, async () => {
    const page = started(kind)("pages/wallet/wallet");
    page.onLoad();
    await page.onShow();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual([page.data.order, page.data.amount, page.data.owner], ["等待付款（演示）", "128.50", "张**"]);
    if (kind === "alipay") assert.match(page.data.view.payload, /^演示/);
    page.onHide();
    if (kind === "alipay") assert.deepEqual([page.data.view.state, page.data.view.payload], ["hidden", ""]);
    assert.match((await page.issue()).payload, /^演示/);
  });

  test(`${kind}: no pictures, no logos, and packages within their limits`, () => {
    const files = every(folder(kind));
    assert.deepEqual(files.filter((file) => /\.(png|jpe?g|svg|gif|webp)$/.test(file)), []);
    const size = (inside) => files.filter((file) => file.includes(`/${kind}/grouping/`) === inside).reduce((sum, file) => sum + statSync(file).size, 0);
    assert.ok(size(false) < 2 * MIB && size(true) < 2 * MIB, `${size(false)} and ${size(true)} bytes`);
  });
}
