const sdk = require("anxin-miniprogram");

const REGIONS = [
  require("anxin-miniprogram/packs/441500"),
  require("anxin-miniprogram/packs/441800"),
  require("anxin-miniprogram/packs/442000"),
  require("anxin-miniprogram/packs/450800"),
];

function confirm(text) {
  return new Promise((resolve) => {
    wx.showModal({ title: "发送到服务器？", content: text, success: (answer) => resolve(answer.confirm), fail: () => resolve(false) });
  });
}

module.exports = {
  sdk,
  packs: REGIONS,
  confirm,
  paths: { wasm: "/miniprogram_npm/anxin-miniprogram/anxin.wasm.br", worker: "workers/worker.js", grouping: "/grouping/anxin", ending: ".br" },
};
