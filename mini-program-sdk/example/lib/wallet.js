// 付款码: a made-up code and a made-up order. Nothing here can pay for anything.
const { sdk } = require("./start");

const LIFE_MS = 60000;
let issued = 0;

/** Stands for a server. Every code says that it is a demonstration. */
function issue() {
  issued++;
  const digits = `000${issued}`.slice(-4);
  return Promise.resolve({ payload: `演示 0000 0000 ${digits}`, serverTime: Date.now(), expiresAt: Date.now() + LIFE_MS });
}

/** An order that is paid when it has been asked about three times. */
function order() {
  let asked = 0;
  return () => Promise.resolve({ state: ++asked < 3 ? "pending" : "paid", amount_fen: 12850 });
}

const STATES = { pending: "等待付款（演示）", paid: "已付款（演示）" };

module.exports = {
  issue,

  data: { large: false, owner: "", view: { state: "hidden" }, order: "", amount: "" },

  onLoad() {
    this.setData({ owner: sdk.maskName("张演示") });
    this.watch = new sdk.OrderWatch({
      ask: order(),
      settled: (now) => now.state === "paid",
      changed: (now) => this.setData({ order: STATES[now.state], amount: sdk.formatFen(now.amount_fen) }),
    });
    // WeChat's component has a model of its own.
    if (!this.selectComponent) this.code = new sdk.PayCode({ issue, changed: (view) => this.setData({ view }) });
  },

  onReady() {
    if (this.selectComponent) this.selectComponent("#code").start(issue);
  },

  onShow() {
    this.setData({ large: getApp().globalData.large });
    if (this.code) this.code.show();
    return this.watch.onShow();
  },

  onHide() {
    if (this.code) this.code.hide();
    this.watch.onHide();
  },

  onUnload() {
    this.onHide();
  },

  refresh() {
    if (this.code) this.code.refresh();
  },
};
