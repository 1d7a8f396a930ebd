use super::Lang;
use crate::drg::{Finding, Place};
use crate::preview::{FindingCode, FindingOut, HintCode, HintOut, finding_code};

/// What the check of a record found, in words.
pub fn finding(found: &FindingOut, lang: Lang) -> String {
    let place = place(found.place, lang);
    let recorded = found.recorded.as_deref().unwrap_or_default();
    let read = found.read_as.as_deref().unwrap_or_default();
    let (zh, en) = match found.code {
        FindingCode::Missing => {
            (format!("缺少{place}，规则要用到。"), format!("The {place} is missing, and a rule needs it."))
        }
        FindingCode::Unreadable => {
            (format!("{place}不是整数，无法读取。"), format!("The {place} is not a whole number."))
        }
        FindingCode::OtherSex => (
            "性别既不是男也不是女，不进入 MDCM 和 MDCN。".into(),
            "The sex is neither male nor female: MDC M and MDC N are not entered.".into(),
        ),
        FindingCode::SexAsWord => (
            "性别写作汉字；结算清单应填 1 或 2。".into(),
            "The sex is written as a word; the settlement list has 1 or 2.".into(),
        ),
        FindingCode::NoDiagnosis => ("没有任何诊断。".into(), "There is no diagnosis.".into()),
        FindingCode::UnknownCode => (
            format!("{place} {recorded} 不在本方案的编码库内。"),
            format!("{} {recorded} is not a code of this scheme.", first_upper(&place)),
        ),
        FindingCode::Respelled => (
            format!("{place} {recorded} 按 {read} 读取。"),
            format!("{} {recorded} was read as {read}.", first_upper(&place)),
        ),
        FindingCode::FromClinical => (
            format!("{place} {recorded} 是国家临床版编码，已映射为医保版 {read}。"),
            format!("{} {recorded} is a code of the clinical edition, read as {read}.", first_upper(&place)),
        ),
        FindingCode::TraditionalMedicine => (
            format!("{place} {recorded} 是中医主病或主证，不作主要诊断，也不计并发症或合并症。"),
            format!(
                "{} {recorded} is a traditional-medicine row: never principal, never CC or MCC.",
                first_upper(&place)
            ),
        ),
        FindingCode::SeveralPrincipals => (
            "标为主要诊断的不止一条，取第一条。".into(),
            "More than one row is marked principal; the first is taken.".into(),
        ),
        FindingCode::PrincipalNotFirst => (
            format!("主要诊断 {recorded} 没有排在第一位，已按标记取用。"),
            format!("The principal diagnosis {recorded} does not stand first; it is taken by its mark."),
        ),
        FindingCode::WeightsDiffer => (
            "新生儿出生体重与入院体重相差超过四分之一，请核对是否填反。".into(),
            "Birth weight and admission weight differ by more than a quarter: check that they are not swapped.".into(),
        ),
        FindingCode::VentilationMismatch => ventilation(found.place),
    };
    let refused = if found.refuses { lang.of("因此未分组。", " The record is not grouped.") } else { "" };
    lang.of(zh, en) + refused
}

fn ventilation(place: Place) -> (String, String) {
    match place {
        Place::Operation(_) => (
            "编有 96.7201（呼吸机治疗≥96小时），而呼吸机使用时间不足 96 小时。".into(),
            "96.7201 (ventilation of 96 hours or more) is listed, yet vent_used_dura is below 96 hours.".into(),
        ),
        _ => (
            "呼吸机使用时间达到 96 小时，而没有编 96.7201（呼吸机治疗≥96小时）。".into(),
            "vent_used_dura is 96 hours or more, yet 96.7201 is not listed.".into(),
        ),
    }
}

/// A finding for which a row was not grouped, without the codes that stand there.
pub fn refused(found: &Finding, lang: Lang) -> Option<String> {
    let (code, severity) = finding_code(found.kind)?;
    let Finding { place, refuses, .. } = *found;
    Some(finding(&FindingOut { code, severity, refuses, place, recorded: None, read_as: None, text: None }, lang))
}

/// Something about the coding that is worth another look, in words.
pub fn hint(hint: &HintOut, lang: Lang) -> String {
    let place = place(hint.place, lang);
    let recorded = hint.recorded.as_deref().unwrap_or_default();
    let (zh, en) = match hint.code {
        HintCode::PrincipalNotAllowed => (
            format!("{recorded} 不得作为主要诊断，病例因此未入组。"),
            format!("{recorded} may not be a principal diagnosis, so the record is in no group."),
        ),
        HintCode::PrincipalInNoMdc => (
            format!(
                "主要诊断 {recorded} 不在本方案任何 MDC 的主要诊断目录内，病例因此未入组（0000），请核对主要诊断。"
            ),
            format!(
                "No MDC of this scheme lists the principal diagnosis {recorded}, so the record is in no group (0000): check the principal."
            ),
        ),
        HintCode::OperationUnsupported => (
            format!(
                "{place} {recorded} 不属于主要诊断所在 MDC 的任何 ADRG，请核对是否漏填相应诊断或主要诊断选择有误。"
            ),
            format!(
                "{} {recorded} belongs to no ADRG of the principal's MDC: a diagnosis may be missing, or another be principal.",
                first_upper(&place)
            ),
        ),
        HintCode::PrincipalRepeated => (
            format!("{place} {recorded} 与主要诊断重复。"),
            format!("{} {recorded} repeats the principal diagnosis.", first_upper(&place)),
        ),
        HintCode::Ungrouped => (
            "没有进入任何病组（0000），请核对主要诊断、性别和年龄。".into(),
            "The record is in no group (0000): check the principal diagnosis, the sex and the age.".into(),
        ),
        HintCode::Ambiguous => (
            "进入歧义组（QY）：手术操作与主要诊断所在 MDC 的手术操作组都不符，请核对主要诊断和主要手术操作。".into(),
            "The record is in an ambiguity group (QY): no operation fits the principal's MDC. Check both.".into(),
        ),
    };
    lang.of(zh, en)
}

/// A place in a record, as a person would point to it.
pub fn place(place: Place, lang: Lang) -> String {
    let (zh, en) = match place {
        Place::Record => ("病例字段", "field"),
        Place::Sex => ("性别", "sex"),
        Place::Age => ("年龄", "age"),
        Place::AgeDays => ("不足一周岁年龄（天）", "age in days"),
        Place::BirthWeight => ("新生儿出生体重", "birth weight"),
        Place::Ventilation => ("呼吸机使用时间", "ventilation"),
        Place::Stay => ("实际住院天数", "length of stay"),
        Place::Ward => ("出院科别", "ward of discharge"),
        Place::Diagnosis(n) => {
            let nth = u32::from(n) + 1;
            return lang.of(format!("第 {nth} 条诊断"), format!("diagnosis {nth}"));
        }
        Place::Operation(n) => {
            let nth = u32::from(n) + 1;
            return lang.of(format!("第 {nth} 条手术操作"), format!("operation {nth}"));
        }
    };
    lang.of(zh, en).to_owned()
}

pub(super) fn first_upper(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + rest.as_str())
}
