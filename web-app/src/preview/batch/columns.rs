//! What the columns of a table are, guessed from their headers. Nothing here knows a browser.

use anxin_core::preview::SchemeKind;
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
const HEADERS: [(Field, &[&str]); 30] = [
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

/// Words in the header of a column that says who somebody is.
const PERSONAL: [&str; 18] = [
    "姓名",
    "身份证",
    "证件号",
    "电话",
    "手机",
    "联系人",
    "住址",
    "地址",
    "医保卡",
    "个人编号",
    "psn_name",
    "patn_name",
    "certno",
    "cert_no",
    "tel",
    "phone",
    "mobile",
    "addr",
];

impl Field {
    pub fn all() -> impl Iterator<Item = Field> {
        HEADERS.iter().map(|(field, _)| *field)
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

    /// Whether a scheme of this kind makes anything of it.
    pub fn is_for(self, kind: SchemeKind) -> bool {
        match kind {
            SchemeKind::Drg => !matches!(
                self,
                Field::OperationClasses
                    | Field::Track
                    | Field::PeerAverage
                    | Field::Coefficient
                    | Field::PointValue
                    | Field::Auxiliary
            ),
            SchemeKind::Dip => !matches!(self, Field::Sex | Field::Leaving | Field::Ventilation),
        }
    }
}

/// What becomes of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub header: String,
    pub field: Option<Field>,
    /// Goes into the file that comes out.
    pub keep: bool,
}

pub fn is_personal(header: &str) -> bool {
    let header = header.trim().to_lowercase();
    header == "name"
        || header.ends_with("_name") && !header.contains("dept")
        || PERSONAL.iter().any(|word| header.contains(word))
}

/// The guess for every header; of two for the same field the first has it.
pub fn guess(headers: &[String]) -> Vec<Column> {
    let mut taken: Vec<Field> = Vec::new();
    let columns = headers.iter().map(|header| {
        let field = field_of(header).filter(|field| field.is_many() || !taken.contains(field));
        taken.extend(field);
        Column { header: header.clone(), field, keep: !is_personal(header) }
    });
    columns.collect()
}

/// Whether a header says what its column is.
pub fn known(header: &str) -> bool {
    field_of(header).is_some()
}

fn field_of(header: &str) -> Option<Field> {
    let whole = header.trim().to_lowercase();
    let whole = whole.trim_end_matches("（元）").trim_end_matches("(元)").to_owned();
    let stem = whole.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_').to_owned();
    let exact = |name: &str| HEADERS.iter().find(|(_, names)| names.contains(&name)).map(|(field, _)| *field);
    exact(&whole).or_else(|| exact(&stem).filter(|field| field.is_many()))
}

/// A guess with what somebody chose the last time for the same headers. Who somebody is, is never kept
/// without being asked anew.
pub fn remembered(mut guess: Vec<Column>, before: &[Column]) -> Vec<Column> {
    for column in &mut guess {
        if let Some(known) = before.iter().find(|known| known.header == column.header) {
            column.field = known.field;
            column.keep = known.keep && !is_personal(&column.header);
        }
    }
    guess
}

/// Fields without which nothing can be grouped.
pub fn lacking(columns: &[Column], kind: SchemeKind) -> Vec<Field> {
    let has = |field| columns.iter().any(|c| c.field == Some(field));
    let mut lacking = Vec::new();
    if kind == SchemeKind::Drg && !has(Field::Sex) {
        lacking.push(Field::Sex);
    }
    if !has(Field::Principal) && !has(Field::Diagnoses) {
        lacking.push(Field::Diagnoses);
    }
    lacking
}

/// Fields that are taken twice.
pub fn doubled(columns: &[Column]) -> Vec<Field> {
    let times = |field| columns.iter().filter(|c| c.field == Some(field)).count();
    Field::all().filter(|field| !field.is_many() && times(*field) > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(headers: &[&str]) -> Vec<&'static str> {
        let headers: Vec<String> = headers.iter().map(|h| (*h).to_owned()).collect();
        guess(&headers).iter().map(|c| c.field.map_or("", Field::word)).collect()
    }

    #[test]
    fn headers_are_known_in_either_language() {
        assert_eq!(
            fields(&["id", "gender", "age", "dx", "proc", "stratum"]),
            ["id", "sex", "age", "diagnoses", "operations", ""]
        );
        assert_eq!(
            fields(&[
                "病案号",
                "姓名",
                "性别",
                "出院科别",
                "主要诊断编码",
                "其他诊断编码1",
                "其他诊断编码2",
                "手术操作编码1"
            ]),
            ["id", "", "sex", "department", "principal", "diagnoses", "diagnoses", "operations"]
        );
        assert_eq!(fields(&["病案号", "住院号"]), ["id", ""]);
        assert_eq!(
            fields(&["case_id", "dx", "ops", "op_classes", "cost", "peer_avg", "hosp_coef", "point_value"]),
            [
                "id",
                "diagnoses",
                "operations",
                "operation_classes",
                "cost",
                "peer_average",
                "coefficient",
                "point_value"
            ]
        );
        assert_eq!(
            fields(&["证件号码", "入院时间", "手术操作日期2", "手术费（元）", "西药费(元)", "psn_cash_pay"]),
            ["person", "admitted", "operation_days", "fee_part", "fee_part", "cash_paid"]
        );
    }

    #[test]
    fn who_somebody_is_is_dropped_unless_somebody_says_otherwise_now() {
        for header in ["姓名", "患者姓名", "身份证号码", "联系电话", "psn_name", "certno", "name", "TEL", "现住址"]
        {
            assert!(is_personal(header), "{header}");
        }
        for header in ["病案号", "dept_name", "年龄", "诊断名称", "gender", "离院方式"] {
            assert!(!is_personal(header), "{header}");
        }
        let headers = ["姓名".to_owned(), "性别".to_owned()];
        let mut chosen = guess(&headers);
        chosen.iter_mut().for_each(|c| c.keep = !c.keep);
        let again = remembered(guess(&headers), &chosen);
        assert_eq!(again.iter().map(|c| c.keep).collect::<Vec<_>>(), [false, false]);
    }

    #[test]
    fn what_is_needed_is_asked_for() {
        let columns = |headers: &[&str]| guess(&headers.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>());
        assert_eq!(lacking(&columns(&["性别", "主要诊断"]), SchemeKind::Drg), []);
        assert_eq!(lacking(&columns(&["年龄"]), SchemeKind::Drg), [Field::Sex, Field::Diagnoses]);
        assert_eq!(lacking(&columns(&["年龄"]), SchemeKind::Dip), [Field::Diagnoses]);
        let mut twice = columns(&["性别", "age", "x"]);
        twice[2].field = Some(Field::Age);
        assert_eq!(doubled(&twice), [Field::Age]);
    }

    #[test]
    fn every_word_is_that_of_the_stored_mapping() {
        for field in Field::all() {
            assert_eq!(serde_json::to_value(field).unwrap(), field.word());
        }
    }
}
