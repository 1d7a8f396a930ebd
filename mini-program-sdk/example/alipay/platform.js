const sdk = require("./anxin/index");

const REGIONS = [
  require("./anxin/packs/441500"),
  require("./anxin/packs/441800"),
  require("./anxin/packs/442000"),
  require("./anxin/packs/450800"),
];

function confirm(text) {
  return new Promise((resolve) => {
    my.confirm({ title: "发送到服务器？", content: text, success: (answer) => resolve(answer.confirm), fail: () => resolve(false) });
  });
}

module.exports = {
  sdk,
  packs: REGIONS,
  confirm,
  // Only in a Worker is the module documented here, and not in Brotli everywhere.
  paths: { wasm: "/anxin/anxin.wasm", worker: "workers/worker.js", grouping: "/grouping/anxin", ending: "" },
};
