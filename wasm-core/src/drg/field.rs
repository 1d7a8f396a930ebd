//! What the columns of a table of discharges go by: one list of names for every program.

use serde::{Deserialize, Serialize};

/// What a column is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Id,
    Department,
    Sex,
    Age,
    AgeDays,
    BirthWeight,
    Stay,
    Leaving,
    Ventilation,
    Cost,
    Principal,
    Diagnoses,
    MainOperation,
    Operations,
    /// Tells the stays of one person from those of others; never shown.
    Person,
    Admitted,
    Discharged,
    OperationDays,
    /// 分项费用
    FeePart,
    FundPaid,
    PersonPaid,
    HospitalPaid,
    AccountPaid,
    CashPaid,
    // What only a DIP catalogue asks for.
    OperationClasses,
    Track,
    PeerAverage,
    Coefficient,
    PointValue,
    Auxiliary,
}

/// Headers as settlement lists, front pages and the case files write them, in lower case.
pub(super) const HEADERS: [(Field, &[&str]); 30] = [
    (
        Field::Id,
        &[
            "id",
            "case_id",
            "mdtrt_id",
            "setl_id",
            "medcasno",
            "medcas_no",
            "病案号",
            "住院号",
            "病历号",
            "序号",
            "就诊id",
            "结算id",
        ],
    ),
    (Field::Department, &["dept", "dept_name", "dscg_caty", "dscg_dept_name", "科室", "出院科别", "出院科室", "科别"]),
    (Field::Sex, &["gender", "gend", "sex", "性别"]),
    (Field::Age, &["age", "年龄", "年龄（岁）", "年龄(岁)", "年龄（周岁）"]),
    (
        Field::AgeDays,
        &[
            "age_days",
            "nwb_age",
            "日龄",
            "年龄（天）",
            "年龄(天)",
            "不足一周岁年龄（天）",
            "不足一周岁年龄",
            "不足一周岁的年龄（天）",
        ],
    ),
    (Field::BirthWeight, &["weight", "nwb_bir_wt", "新生儿出生体重", "出生体重", "新生儿出生体重（克）"]),
    (Field::Stay, &["los", "act_ipt_days", "住院天数", "实际住院天数", "实际住院（天）"]),
    (Field::Leaving, &["leaving", "dscg_way", "离院方式"]),
    (Field::Ventilation, &["vent_used_dura", "vent_hours", "呼吸机使用时间", "呼吸机使用时间（小时）"]),
    (Field::Cost, &["cost", "medfee_sumamt", "医疗费总额", "总费用", "住院总费用", "医疗总费用"]),
    (
        Field::Principal,
        &[
            "main_diag_code",
            "dscg_maindiag_code",
            "maindiag_code",
            "主要诊断",
            "主要诊断编码",
            "主要诊断代码",
            "出院主要诊断编码",
        ],
    ),
    (
        Field::Diagnoses,
        &[
            "dx",
            "diagnoses",
            "diag_code",
            "诊断",
            "诊断编码",
            "诊断代码",
            "出院诊断",
            "出院诊断编码",
            "其他诊断",
            "其他诊断编码",
            "其他诊断代码",
        ],
    ),
    (
        Field::MainOperation,
        &[
            "main_oprn_code",
            "main_oprn_oprt_code",
            "主要手术",
            "主要手术操作",
            "主要手术操作编码",
            "主要手术及操作编码",
            "主要手术操作代码",
        ],
    ),
    (
        Field::Operations,
        &[
            "proc",
            "ops",
            "operations",
            "oprn_oprt_code",
            "手术",
            "手术编码",
            "手术操作",
            "手术操作编码",
            "手术及操作",
            "手术及操作编码",
            "手术操作代码",
            "其他手术操作编码",
            "其他手术及操作编码",
        ],
    ),
    (
        Field::Person,
        &[
            "psn_no",
            "certno",
            "cert_no",
            "个人编号",
            "人员编号",
            "医保个人编号",
            "身份证号",
            "身份证号码",
            "证件号码",
            "患者证件号码",
            "患者证件号",
            "患者id",
        ],
    ),
    (Field::Admitted, &["adm_date", "adm_time", "begndate", "begntime", "入院日期", "入院时间"]),
    (Field::Discharged, &["dscg_date", "dscg_time", "enddate", "endtime", "出院日期", "出院时间"]),
    (
        Field::OperationDays,
        &["oprn_oprt_date", "oprn_oprt_begntime", "手术日期", "手术操作日期", "手术及操作日期", "主要手术操作日期"],
    ),
    (
        Field::FeePart,
        &[
            "床位费",
            "诊察费",
            "检查费",
            "化验费",
            "治疗费",
            "手术费",
            "护理费",
            "卫生材料费",
            "西药费",
            "中药饮片费",
            "中成药费",
            "一般诊疗费",
            "挂号费",
            "其他费",
            "其他费用",
            "其他收费",
        ],
    ),
    (Field::FundPaid, &["fund_pay_sumamt", "基金支付总额", "医保基金支付总额"]),
    (Field::PersonPaid, &["patient_paid", "psn_part_amt", "个人负担总金额", "个人负担", "个人支付"]),
    (Field::HospitalPaid, &["hosp_part_amt", "医院负担金额", "医院负担"]),
    (Field::AccountPaid, &["acct_pay", "个人账户支出", "个人账户支付"]),
    (Field::CashPaid, &["psn_cash_pay", "cash_payamt", "个人现金支出", "个人现金支付"]),
    (Field::OperationClasses, &["op_classes", "手术操作类型", "操作类型"]),
    (Field::Track, &["track", "付费方式", "结算方式"]),
    (Field::PeerAverage, &["peer_avg", "同级次均费用", "同级医疗机构次均费用", "同级别例均费用", "病种均费"]),
    (Field::Coefficient, &["hosp_coef", "机构系数", "医疗机构系数"]),
    (Field::PointValue, &["point_value", "点值", "结算点值"]),
    (Field::Auxiliary, &["auxiliary", "辅助目录", "辅助目录系数"]),
];

/// What the header of a column begins with that has every code but the first.
const REST: &str = "其他";

impl Field {
    pub fn all() -> impl Iterator<Item = Field> {
        HEADERS.iter().map(|(field, _)| *field)
    }

    /// What a column of this name has, if that is known.
    pub fn of_header(header: &str) -> Option<Field> {
        let (whole, stem) = (whole(header), stem(header));
        let exact = |name: &str| HEADERS.iter().find(|(_, names)| names.contains(&name)).map(|(field, _)| *field);
        exact(&whole).or_else(|| exact(&stem).filter(|field| field.is_many()))
    }

    /// The names that it goes by.
    pub fn names(self) -> &'static [&'static str] {
        HEADERS.iter().find(|(field, _)| *field == self).map_or(&[], |(_, names)| names)
    }

    pub fn word(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Department => "department",
            Field::Sex => "sex",
            Field::Age => "age",
            Field::AgeDays => "age_days",
            Field::BirthWeight => "birth_weight",
            Field::Stay => "stay",
            Field::Leaving => "leaving",
            Field::Ventilation => "ventilation",
            Field::Cost => "cost",
            Field::Principal => "principal",
            Field::Diagnoses => "diagnoses",
            Field::MainOperation => "main_operation",
            Field::Operations => "operations",
            Field::Person => "person",
            Field::Admitted => "admitted",
            Field::Discharged => "discharged",
            Field::OperationDays => "operation_days",
            Field::FeePart => "fee_part",
            Field::FundPaid => "fund_paid",
            Field::PersonPaid => "person_paid",
            Field::HospitalPaid => "hospital_paid",
            Field::AccountPaid => "account_paid",
            Field::CashPaid => "cash_paid",
            Field::OperationClasses => "operation_classes",
            Field::Track => "track",
            Field::PeerAverage => "peer_average",
            Field::Coefficient => "coefficient",
            Field::PointValue => "point_value",
            Field::Auxiliary => "auxiliary",
        }
    }

    /// Whether several columns can be read as this.
    pub fn is_many(self) -> bool {
        matches!(
            self,
            Field::Diagnoses | Field::Operations | Field::OperationDays | Field::FeePart | Field::OperationClasses
        )
    }
}

/// A header without what says nothing: how it is written, and in what money is.
fn whole(header: &str) -> String {
    header.trim().to_lowercase().trim_end_matches("（元）").trim_end_matches("(元)").to_owned()
}

/// Of columns of one kind that are counted, what they have in common.
pub(crate) fn stem(header: &str) -> String {
    whole(header).trim_end_matches(|c: char| c.is_ascii_digit() || c == '_').to_owned()
}

/// Whether a column has the codes that come after the first: by itself it says nothing of the first.
pub(crate) fn is_rest(header: &str) -> bool {
    header.trim().starts_with(REST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_that_of_two_fields() {
        let mut names: Vec<&str> = Field::all().flat_map(|field| field.names()).copied().collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn columns_that_are_counted_and_money_are_known_by_what_they_have_in_common() {
        assert_eq!(Field::of_header(" 其他诊断编码12 "), Some(Field::Diagnoses));
        assert_eq!(Field::of_header("西药费（元）"), Some(Field::FeePart));
        assert_eq!(Field::of_header("年龄2"), None, "there is one of it");
        assert!(is_rest("其他诊断编码1") && !is_rest("主要诊断编码"));
    }

    #[test]
    fn every_word_is_as_it_is_stored() {
        for field in Field::all() {
            assert_eq!(serde_json::to_value(field).unwrap(), field.word());
        }
    }
}
