// 家庭共济: who may share, how much, and what follows. A preview: no account is touched.
const form = require("./form");
const { sdk, start, worded } = require("./start");
const { COVERS, KIN, VERDICTS, choices } = require("./words");

const kin = choices(["spouse", "parent", "child", "sibling", "other"], KIN);
const covers = choices(["employee", "resident", "none"], COVERS);

function today() {
  const now = new Date();
  const two = (n) => (n < 10 ? "0" : "") + n;
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

module.exports = {
  ...form,

  data: {
    ready: false, large: false, areas: [], areaNames: [], from: 0, to: 0, kinNames: kin.names, kin: 1, coverNames: covers.names, cover: 1,
    amount: "2000", balance: "8612.30", on: "", agreed: true, view: null, verdict: "", failed: null,
    quotas: [{ owner: "演示家人", limitFen: 200000, usedFen: 50000 }], quotaRows: [],
  },

  async onLoad() {
    try {
      const areas = await (await start()).familyAreas();
      const at = (admdvs) => Math.max(0, areas.findIndex((area) => area.admdvs === admdvs));
      const quotaRows = this.data.quotas.map((quota) => sdk.quotaView(sdk.maskName(quota.owner), quota.limitFen, quota.usedFen));
      this.setData({ ready: true, areas, areaNames: areas.map((area) => area.name_zh), from: at("450100"), to: at("450800"), on: today(), quotaRows });
      await this.ask();
    } catch (error) {
      this.setData({ failed: worded(error) });
    }
  },

  case() {
    const d = this.data;
    const pair = {
      sharer: { area: d.areas[d.from].admdvs, cover: "employee" },
      recipient: { area: d.areas[d.to].admdvs, cover: covers.keys[d.cover] },
      kin: kin.keys[d.kin],
      consents: { sharer: d.agreed, recipient: d.agreed },
    };
    return { on: d.on, ask: { share: { pair, amount_fen: sdk.parseYuan(d.amount), balance_fen: sdk.parseYuan(d.balance) } } };
  },

  async ask() {
    try {
      const view = sdk.familyView(await (await start()).family(this.case()));
      this.setData({ view, verdict: VERDICTS[view.verdict], failed: null });
    } catch (error) {
      this.setData({ view: null, verdict: "", failed: worded(error) });
    }
  },
};
