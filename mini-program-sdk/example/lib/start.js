// Opens the package once for all pages. Each platform's folder has its own `platform.js`.
const { sdk, paths, confirm, packs } = require("../platform");

/** Address of an Anxin server that may calculate for old devices. Empty: nothing ever leaves the device. */
const SERVER = "";

function start() {
  const packed = (name) => ({ wasm: `${paths.grouping}/packs/${name}.wasm${paths.ending}` });
  const options = {
    wasmPath: paths.wasm,
    workerPath: paths.worker,
    packs,
    grouping: {
      wasmPath: `${paths.grouping}/anxin-grouping.wasm${paths.ending}`,
      packs: ["wallet-family", "drg-chs-drg-1.1", "dip-mz-dip2-2024"].map(packed),
    },
  };
  if (SERVER) options.server = { base: SERVER, ask: (question) => confirm(question.text) };
  return sdk.init(options);
}

/** What a page shows of a failure. */
function worded(error) {
  return { message: error.message || String(error), hint: error.hint || "", code: error.code || "" };
}

module.exports = { sdk, start, worded };
