// 报销试算: one stay, from what a bill says to what the person pays.
const form = require("./form");
const { sdk, start, worded } = require("./start");
const { LEVELS, SCHEMES, choices } = require("./words");

const schemes = choices(["resident", "employee"], SCHEMES);

module.exports = {
  ...form,

  data: {
    ready: false, large: false, regions: [], regionNames: [], region: 0, schemeNames: schemes.names, scheme: 0, levels: { keys: [], names: [] }, level: 0,
    total: "20000", own: "1200", preSelf: "800", discharged: "2026-03-10", answer: null, bar: null, rows: [], failed: null,
  },

  async onLoad() {
    try {
      const regions = (await (await start()).regions()).map((one) => one.region);
      const at = Math.max(0, regions.findIndex((region) => region.slug === "shanwei"));
      this.setData({ ready: true, regions, regionNames: regions.map((region) => region.name_zh), failed: null });
      this.choose(at);
      await this.estimate();
    } catch (error) {
      this.setData({ failed: worded(error) });
    }
  },

  choose(at) {
    const levels = choices(this.data.regions[at].levels, LEVELS);
    const usual = levels.keys.findIndex((level) => level.charAt(0) === "2");
    this.setData({ region: at, levels, level: Math.max(0, usual) });
  },

  regionChanged(event) {
    this.choose(Number(event.detail.value));
  },

  /** The case as the core takes it. Rejects amounts that cannot be read. */
  case() {
    const d = this.data;
    const split = { total_fen: sdk.parseYuan(d.total), own_expense_fen: sdk.parseYuan(d.own || "0"), pre_self_pay_fen: sdk.parseYuan(d.preSelf || "0") };
    const visit = { inpatient: { level: d.levels.keys[d.level], discharged: d.discharged, bill: { split } } };
    return { region: d.regions[d.region].slug, scheme: schemes.keys[d.scheme], visit };
  },

  async estimate() {
    try {
      const answer = await (await start()).estimate(this.case());
      this.setData({ answer, bar: sdk.estimateBar(answer), rows: sdk.stepRows(answer), failed: null });
    } catch (error) {
      this.setData({ answer: null, bar: null, rows: [], failed: worded(error) });
    }
  },
};
