// 分组预览: a stay by CHS-DRG 1.1 or by a city's DIP catalogue. The record is made up and never leaves the device.
const form = require("./form");
const { sdk, start, worded } = require("./start");

/** `I63.900 I10.x00` as the record's list. */
function codes(text, field) {
  return text.split(/[\s,，;；、]+/).filter((code) => code !== "").map((code) => ({ [field]: code }));
}

module.exports = {
  ...form,

  data: { large: false, age: "60", sex: 0, sexNames: ["男", "女"], days: "8", diagnoses: "I63.900", operations: "", drg: null, dip: null, failed: null },

  onLoad() {
    return this.group();
  },

  async group() {
    const d = this.data;
    const codesOf = { diagnoses: codes(d.diagnoses, "diag_code"), operations: codes(d.operations, "oprn_oprt_code") };
    const number = (text) => (/^\d{1,4}$/.test(text) ? Number(text) : null);
    const stay = { age: number(d.age), act_ipt_days: number(d.days) };
    try {
      const anxin = await start();
      const record = Object.assign({ gend: String(d.sex + 1), dscg_way: 1 }, stay, codesOf);
      const drg = sdk.groupView(await anxin.group({ scheme: "chs-drg-1.1", record }));
      const dip = sdk.dipView(await anxin.groupDip({ scheme: "mz-dip2-2024", record: Object.assign({}, stay, codesOf) }));
      this.setData({ drg, dip, failed: null });
    } catch (error) {
      this.setData({ drg: null, dip: null, failed: worded(error) });
    }
  },
};
