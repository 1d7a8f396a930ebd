//! What a column can hold, and the headers that it goes by.

use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The whole code of a group: `C34.1:32.4100_96.7101`, `E11:SS`, `BR15`.
    Group,
    Diagnosis,
    DiagnosisName,
    Main,
    Related,
    /// 病种类型: 核心, 综合, 床日, 中医.
    Kind,
    /// 治疗方式, the class of a comprehensive group.
    Class,
    Score,
    MeanCost,
    BaseLevel,
    /// 权重, 基准点数 of a DRG.
    Weight,
    /// 费率, 点值 per row.
    Price,
    /// 等级系数, 机构系数: one column for each level of hospitals, named by its header.
    Coefficient,
    /// What a DRG is called.
    GroupName,
    /// 入组条件 of a local group.
    Condition,
    /// Whose a point value or coefficient is: `职工`, `三级`.
    Label,
    /// Who says so, and when.
    Source,
    Date,
    /// An operation of a table of classes.
    Operation,
    OperationClass,
}

impl Field {
    const ALL: [(&str, Field); 20] = [
        ("group", Field::Group),
        ("diagnosis", Field::Diagnosis),
        ("diagnosis_name", Field::DiagnosisName),
        ("main", Field::Main),
        ("related", Field::Related),
        ("kind", Field::Kind),
        ("class", Field::Class),
        ("score", Field::Score),
        ("mean_cost", Field::MeanCost),
        ("base_level", Field::BaseLevel),
        ("weight", Field::Weight),
        ("price", Field::Price),
        ("coefficient", Field::Coefficient),
        ("group_name", Field::GroupName),
        ("condition", Field::Condition),
        ("label", Field::Label),
        ("source", Field::Source),
        ("date", Field::Date),
        ("operation", Field::Operation),
        ("operation_class", Field::OperationClass),
    ];

    /// The field of a name, as it is written in data.
    pub fn named(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, field)| field)
    }

    pub fn name(self) -> &'static str {
        Field::ALL.into_iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }

    /// Every name, for people.
    pub fn names() -> String {
        Field::ALL.map(|(name, _)| name).join(", ")
    }
}

use Field as F;

/// Parts of headers, the longest first within a field. A header that holds one of the words that a field never
/// has is not that field.
const HEADERS: &[(Field, &[&str], &[&str])] = &[
    (F::OperationClass, &["手术操作类型", "操作类型", "操作类别", "op_class"], &[]),
    (F::BaseLevel, &["基层病种", "是否基层", "base_level"], &["名称", "编码"]),
    (F::MeanCost, &["次均费用", "平均费用", "例均费用", "均次费用", "均费", "mean_cost"], &["药", "耗材"]),
    (F::Related, &["相关手术", "相关操作", "其他手术", "次要手术", "伴随手术", "related_op"], &["名称", "name"]),
    (
        F::Main,
        &[
            "主要手术",
            "主手术",
            "手术操作编码",
            "手术操作代码",
            "手术及操作编码",
            "主要操作",
            "main_op",
            "oprn_oprt_code",
        ],
        &["名称", "name", "相关", "其他", "次要", "伴随"],
    ),
    (F::DiagnosisName, &["诊断名称", "疾病名称", "病种名称", "dx_name", "diag_name"], &[]),
    (F::Class, &["治疗方式", "治疗类型", "treat_class"], &[]),
    (F::Kind, &["病种类型", "病种类别", "病组类型", "分组类型", "group_type"], &[]),
    (
        F::Group,
        &[
            "病种编码",
            "病种代码",
            "病组编码",
            "分组编码",
            "dip编码",
            "dip代码",
            "dip目录编码",
            "dip_code",
            "group_code",
            "drg编码",
            "drg代码",
            "drg组编码",
            "adrg编码",
            "group",
        ],
        &["名称", "name", "type"],
    ),
    (
        F::Diagnosis,
        &[
            "主要诊断编码",
            "主要诊断代码",
            "诊断编码",
            "诊断代码",
            "疾病编码",
            "疾病代码",
            "icd10",
            "icd-10",
            "dx_code",
            "diag_code",
        ],
        &["名称", "name"],
    ),
    (F::GroupName, &["drg名称", "drg组名称", "病组名称", "分组名称"], &[]),
    (F::Condition, &["入组条件", "入组规则", "分组条件", "分组规则", "细分条件"], &[]),
    (F::Coefficient, &["等级系数", "级别系数", "医院系数", "机构系数", "医疗机构系数"], &["名称"]),
    (F::Weight, &["基准点数", "权重", "标准分值", "weight"], &["调整前", "系数"]),
    (F::Price, &["费率", "点值", "支付单价", "price"], &[]),
    (
        F::Label,
        &["险种", "参保类型", "医疗机构名称", "医疗机构等级", "机构名称", "医院名称", "医院等级", "医院级别"],
        &["系数"],
    ),
    (F::Source, &["来源", "文号", "依据"], &[]),
    (F::Date, &["日期", "发布时间", "执行时间"], &[]),
    (F::Score, &["病种分值", "基准分值", "分值", "点数", "score"], &["药", "耗材", "调整前"]),
    (F::Operation, &["手术编码", "操作编码", "operation"], &["名称", "name"]),
];

/// The field that a header speaks of: the most of it that is spoken for wins.
pub fn of_header(text: &str) -> Option<(Field, usize)> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let spoken = |(field, words, never): &(Field, &[&str], &[&str])| {
        if never.iter().any(|word| plain.contains(word)) {
            return None;
        }
        let longest = words.iter().filter(|word| plain.contains(**word)).map(|word| word.chars().count()).max();
        longest.map(|len| (*field, len))
    };
    let mut best: Option<(Field, usize)> = None;
    for found in HEADERS.iter().filter_map(spoken) {
        if best.is_none_or(|(_, len)| found.1 > len) {
            best = Some(found);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_data() {
        for (name, field) in Field::ALL {
            assert_eq!(serde_json::to_value(field).unwrap(), name);
            assert_eq!((Field::named(name), field.name()), (Some(field), name));
        }
        assert_eq!(Field::named("mood"), None);
    }

    #[test]
    fn headers_are_recognised() {
        let check = |text: &str, field: Option<Field>| assert_eq!(of_header(text).map(|f| f.0), field, "{text}");
        check("DIP病种编码", Some(Field::Group));
        check("主要诊断 编码", Some(Field::Diagnosis));
        check("主要诊断名称", Some(Field::DiagnosisName));
        check("主要手术操作编码", Some(Field::Main));
        check("主要手术操作名称", None);
        check("相关手术操作编码", Some(Field::Related));
        check("病种分值", Some(Field::Score));
        check("药品分值", None);
        check("次均费用（元）", Some(Field::MeanCost));
        check("是否基层病种", Some(Field::BaseLevel));
        check("手术操作类型", Some(Field::OperationClass));
        check("基准点数", Some(Field::Weight));
        check("DRG编码", Some(Field::Group));
        check("DRG组名称", Some(Field::GroupName));
        check("等级系数（三甲）", Some(Field::Coefficient));
        check("二级医院系数", Some(Field::Coefficient));
        check("本地入组条件", Some(Field::Condition));
        check("医疗机构等级", Some(Field::Label));
        check("医疗机构等级系数", Some(Field::Coefficient));
        check("发布日期", Some(Field::Date));
        check("序号", None);
    }
}
