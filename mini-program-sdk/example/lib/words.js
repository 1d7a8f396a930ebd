const LEVELS = {
  grassroots: "基层医疗机构", 1: "一级", 2: "二级", "2_general": "二级综合医院", "2_specialist": "二级专科医院", 3: "三级", "3_city": "市三级",
  "3_region": "自治区三级",
};
const SCHEMES = { resident: "城乡居民医保", employee: "职工医保" };
const KIN = { spouse: "配偶", parent: "父母", child: "子女", sibling: "兄弟姐妹", other: "其他亲属" };
const COVERS = { employee: "职工医保", resident: "城乡居民医保", none: "未参加" };
const VERDICTS = { yes: "可以", unknown: "还不能确定", no: "不可以" };

/** Keys and their words, side by side, for a picker. */
function choices(keys, words) {
  return { keys, names: keys.map((key) => words[key] || key) };
}

module.exports = { LEVELS, SCHEMES, KIN, COVERS, VERDICTS, choices };
