//! What the columns of a table are, guessed from their headers. Nothing here knows a browser.

pub use anxin_core::drg::Field;
use anxin_core::preview::SchemeKind;
use serde::{Deserialize, Serialize};

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

/// Whether a scheme of this kind makes anything of it.
pub fn is_for(field: Field, kind: SchemeKind) -> bool {
    match kind {
        SchemeKind::Drg => !matches!(
            field,
            Field::OperationClasses
                | Field::Track
                | Field::PeerAverage
                | Field::Coefficient
                | Field::PointValue
                | Field::Auxiliary
        ),
        SchemeKind::Dip => !matches!(field, Field::Sex | Field::Leaving | Field::Ventilation),
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
        let field = Field::of_header(header).filter(|field| field.is_many() || !taken.contains(field));
        taken.extend(field);
        Column { header: header.clone(), field, keep: !is_personal(header) }
    });
    columns.collect()
}

/// Whether a header says what its column is.
pub fn known(header: &str) -> bool {
    Field::of_header(header).is_some()
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
}
