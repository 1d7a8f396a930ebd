//! What a local group asks of a record beside its ADRG, read from a column of conditions or from the group's name.
//!
//! `年龄≤17岁`, `5天内死亡或转院`, `伴严重并发症或合并症`: bureaus write them in a few ways. Words that are none of
//! these are part of what the ADRG is called, or a condition that is not understood; both are left to the caller.

use anxin_core::drg::rule::{Span, Test};

use crate::number::narrow;

/// What the severity of a group asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Mcc,
    Cc,
    Either,
    /// 不伴: what the groups before it leave.
    Rest,
}

/// One question of a condition. Lists get their numbers when the group is laid over a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Test(Test),
    Codes(Rows, Vec<String>),
    Wards(Vec<String>),
}

/// Which rows of a record a list of codes is asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    Principal,
    OtherDiagnoses,
    Diagnoses,
    MainOperation,
    Operations,
}

/// What one group asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    pub severity: Option<Severity>,
    /// Each has to hold by one of its questions.
    pub clauses: Vec<Vec<Asked>>,
}

impl Condition {
    /// Reads the parts of a text between commas. What is not understood is given back.
    pub fn read(text: &str) -> (Condition, Vec<String>) {
        let plain: String = text.chars().filter_map(narrow).collect();
        let mut condition = Condition::default();
        let mut left = Vec::new();
        for sentence in plain.split([';', '；', '且']) {
            let begun = condition.clauses.len();
            for part in sentence.split([',', '、', '，']).filter(|part| !part.is_empty()) {
                if condition.goes_on(begun, part) {
                    continue;
                }
                match (severity(part), clauses(part)) {
                    (Some(found), _) => condition.severity = Some(found),
                    (None, Some(clauses)) => condition.clauses.extend(clauses),
                    (None, None) => left.push(part.to_owned()),
                }
            }
        }
        (condition, left)
    }

    /// Whether a part is more codes of the list before it: `主要诊断为I60.9、I61.9`. What 且 joins is not one list.
    fn goes_on(&mut self, begun: usize, part: &str) -> bool {
        let last = self.clauses.get_mut(begun..).and_then(|new| new.last_mut()?.last_mut());
        match (last, codes(part)) {
            (Some(Asked::Codes(_, listed)), Some(more)) => {
                listed.extend(more);
                true
            }
            _ => false,
        }
    }

    /// The width of its ranges: of two that overlap, the narrower is asked first.
    pub fn width(&self) -> u64 {
        let spans = self.clauses.iter().flatten().filter_map(span_of);
        spans.map(|span| u64::from(span.high) - u64::from(span.low)).fold(0, u64::saturating_add)
    }
}

fn span_of(asked: &Asked) -> Option<Span> {
    let Asked::Test(test) = asked else { return None };
    match test {
        Test::AgeYears(span) | Test::AgeDays(span) | Test::Stay(span) | Test::Leaving(span) => Some(*span),
        Test::BirthWeight(span) | Test::OperationCount(span) | Test::Ventilation(span) => Some(*span),
        _ => None,
    }
}

/// 严重的, 重要的 and MCC are major; 一般的 and CC below; either where both or no word is said.
fn severity(part: &str) -> Option<Severity> {
    let upper = part.to_ascii_uppercase();
    let known = part.contains("并发症") || part.contains("合并症") || ["CC", "MCC", "MCC/CC"].contains(&upper.as_str());
    let (major, minor) = (
        part.contains("严重") || part.contains("重要") || upper.contains("MCC"),
        part.contains("一般") || upper.replace("MCC", "").contains("CC"),
    );
    let without = part.starts_with("不伴") || part.starts_with("无");
    let said = without || part.starts_with('伴') || !part.contains("症");
    match (known && said, without, major, minor) {
        (false, ..) => None,
        (_, true, ..) => Some(Severity::Rest),
        (_, _, true, false) => Some(Severity::Mcc),
        (_, _, false, true) => Some(Severity::Cc),
        _ => Some(Severity::Either),
    }
}

/// 离院方式 as the settlement list has it: 2 and 3 are transfers, 4 is against advice, 5 is death.
const WAYS: [(&str, Span); 4] = [
    ("死亡", Span { low: 5, high: 5 }),
    ("转院", Span { low: 2, high: 3 }),
    ("非医嘱离院", Span { low: 4, high: 4 }),
    ("自动离院", Span { low: 4, high: 4 }),
];

/// The clauses of one part: a range, a list, ways of leaving, or a range directly before them (`5天内死亡或转院`).
fn clauses(part: &str) -> Option<Vec<Vec<Asked>>> {
    if let Some(asked) = range(part).map(Asked::Test).or_else(|| list(part)) {
        return Some(vec![vec![asked]]);
    }
    let at = WAYS.iter().filter_map(|(word, _)| part.find(word)).min()?;
    let (before, ways) = part.split_at_checked(at)?;
    let before = before.trim_end_matches(['=', ':']).trim_end_matches("离院方式");
    let found = ways.split(['或', '/']).map(|way| WAYS.iter().find(|(word, _)| *word == way).map(|(_, span)| *span));
    let ways = found.map(|span| Some(Asked::Test(Test::Leaving(span?)))).collect::<Option<Vec<Asked>>>()?;
    let first = if before.is_empty() { None } else { Some(Asked::Test(range(before)?)) };
    Some(first.map(|asked| vec![asked]).into_iter().chain([ways]).collect())
}

/// What a list is asked of, by the words before it: the longest first.
const LISTED: [(&str, Rows); 12] = [
    ("主要手术操作", Rows::MainOperation),
    ("主要手术", Rows::MainOperation),
    ("主手术", Rows::MainOperation),
    ("手术操作", Rows::Operations),
    ("手术或操作", Rows::Operations),
    ("主要诊断", Rows::Principal),
    ("主诊断", Rows::Principal),
    ("其他诊断", Rows::OtherDiagnoses),
    ("次要诊断", Rows::OtherDiagnoses),
    ("诊断", Rows::Diagnoses),
    ("手术", Rows::Operations),
    ("操作", Rows::Operations),
];
const WARDS: [&str; 2] = ["出院科别", "出院科室"];
/// Between the words and the list.
const IS: [&str; 8] = ["编码", "代码", "包含", "包括", "属于", "为", "是", "含"];

/// `主要诊断为I60.9/I61.9`, `手术操作包含39.74`, `出院科别为重症医学科`.
fn list(part: &str) -> Option<Asked> {
    if let Some(rest) = WARDS.iter().find_map(|word| part.strip_prefix(word)) {
        let wards = after_is(rest);
        let wards: Vec<String> = wards.split(['/', '或', '|']).map(str::to_owned).collect();
        let said = rest.len() > wards.join("/").len() && wards.iter().all(|ward| !ward.is_empty());
        return said.then_some(Asked::Wards(wards));
    }
    let (rows, rest) = LISTED.iter().find_map(|(word, rows)| Some((*rows, part.strip_prefix(word)?)))?;
    Some(Asked::Codes(rows, codes(after_is(rest))?))
}

fn after_is(mut rest: &str) -> &str {
    while let Some(after) = IS.iter().find_map(|word| rest.strip_prefix(word)).or_else(|| rest.strip_prefix([':', '=']))
    {
        rest = after;
    }
    rest
}

/// Codes and heads of codes, with nothing else between them.
fn codes(text: &str) -> Option<Vec<String>> {
    let is_code = |code: &str| {
        let inside = |c: char| c.is_ascii_alphanumeric() || ".+*".contains(c);
        code.len() >= 3 && code.chars().all(inside) && code.bytes().filter(u8::is_ascii_digit).count() >= 2
    };
    let all: Vec<&str> = text.split(['/', '或', '|']).collect();
    all.iter().all(|code| is_code(code)).then(|| all.into_iter().map(str::to_owned).collect())
}

/// What is measured, by the words before and the unit after: the longest first.
type Measure = (&'static [&'static str], &'static [&'static str], fn(Span) -> Test);

const MEASURES: [Measure; 6] = [
    (&["年龄", "出生年龄", "日龄"], &["天", "日"], Test::AgeDays),
    (&["年龄", ""], &["周岁", "岁"], Test::AgeYears),
    (&["新生儿出生体重", "出生体重"], &["克", "g"], Test::BirthWeight),
    (&["呼吸机使用时间", "有创呼吸机使用时间", "机械通气时间"], &["小时", "h"], Test::Ventilation),
    (&["手术操作数", "手术数量", "手术操作数量"], &["个", "项", "种", ""], Test::OperationCount),
    (&["实际住院天数", "住院天数", "住院日", "住院时间", "住院", ""], &["天", "日"], Test::Stay),
];

fn range(part: &str) -> Option<Test> {
    MEASURES.iter().find_map(|(names, units, test)| {
        let names = names.iter().filter_map(|name| part.strip_prefix(name));
        names.filter_map(|rest| span(rest, units)).map(test).next()
    })
}

/// `≤17岁`, `17岁以上`, `7-14天`, `大于等于6岁`. 以上 and 以下 include the number, as statutes do; 内 as well.
fn span(text: &str, units: &[&str]) -> Option<Span> {
    const BEFORE: [(&str, Bound); 14] = [
        ("大于等于", Bound::From),
        ("小于等于", Bound::To),
        ("不小于", Bound::From),
        ("不大于", Bound::To),
        ("大于", Bound::Above),
        ("小于", Bound::Below),
        (">=", Bound::From),
        ("<=", Bound::To),
        ("≥", Bound::From),
        ("≤", Bound::To),
        ("≧", Bound::From),
        ("≦", Bound::To),
        (">", Bound::Above),
        ("<", Bound::Below),
    ];
    const AFTER: [(&str, Bound); 8] = [
        ("及以上", Bound::From),
        ("及以下", Bound::To),
        ("以上", Bound::From),
        ("以下", Bound::To),
        ("以内", Bound::To),
        ("之内", Bound::To),
        ("内", Bound::To),
        ("", Bound::Is),
    ];
    if let Some((bound, rest)) = BEFORE.iter().find_map(|(sign, bound)| Some((bound, text.strip_prefix(sign)?))) {
        return bound.span(number(unit_off(rest, units)?)?);
    }
    if let Some((low, high)) = text.split_once(['-', '~', '～', '至']) {
        let low = number(unit_off(low, units).unwrap_or(low))?;
        return Some(Span { low, high: number(unit_off(high, units)?)? }).filter(|span| span.low <= span.high);
    }
    let (bound, rest) = AFTER.iter().find_map(|(word, bound)| Some((bound, text.strip_suffix(word)?)))?;
    bound.span(number(unit_off(rest, units)?)?)
}

#[derive(Clone, Copy)]
enum Bound {
    From,
    To,
    Above,
    Below,
    Is,
}

impl Bound {
    fn span(self, n: u32) -> Option<Span> {
        Some(match self {
            Bound::From => Span { low: n, high: u32::MAX },
            Bound::To => Span { low: 0, high: n },
            Bound::Above => Span { low: n.checked_add(1)?, high: u32::MAX },
            Bound::Below => Span { low: 0, high: n.checked_sub(1)? },
            Bound::Is => Span { low: n, high: n },
        })
    }
}

fn unit_off<'t>(text: &'t str, units: &[&str]) -> Option<&'t str> {
    units.iter().find_map(|unit| text.strip_suffix(unit))
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_as_bureaus_write_them() {
        let years = |low, high| vec![vec![Test::AgeYears(Span { low, high })]];
        let stay = |low, high| vec![Test::Stay(Span { low, high })];
        let check = |text: &str, severity: Option<Severity>, tests: Vec<Vec<Test>>| {
            let clauses = tests.into_iter().map(|clause| clause.into_iter().map(Asked::Test).collect()).collect();
            assert_eq!(Condition::read(text), (Condition { severity, clauses }, Vec::new()), "{text}");
        };
        check("年龄≤17岁", None, years(0, 17));
        check("小于等于 6 岁，伴并发症或合并症", Some(Severity::Either), years(0, 6));
        check("6岁及以下", None, years(0, 6));
        check("年龄＞17岁，不伴并发症或合并症", Some(Severity::Rest), years(18, u32::MAX));
        check("14-17周岁", None, years(14, 17));
        check("伴严重并发症或合并症", Some(Severity::Mcc), Vec::new());
        check("伴一般并发症或合并症", Some(Severity::Cc), Vec::new());
        check("伴严重或一般并发症与合并症", Some(Severity::Either), Vec::new());
        check("不伴严重并发症与合并症", Some(Severity::Rest), Vec::new());
        check("MCC", Some(Severity::Mcc), Vec::new());
        check("住院天数＞60天", None, vec![stay(61, u32::MAX)]);
        check("7-14天", None, vec![stay(7, 14)]);
        check("7天以内", None, vec![stay(0, 7)]);
        let leaving = |low, high| Test::Leaving(Span { low, high });
        check("5天内死亡或转院", None, vec![stay(0, 5), vec![leaving(5, 5), leaving(2, 3)]]);
        check("离院方式=死亡", None, vec![vec![leaving(5, 5)]]);
        check("日龄＜29天", None, vec![vec![Test::AgeDays(Span { low: 0, high: 28 })]]);
        check("出生体重＜1500g", None, vec![vec![Test::BirthWeight(Span { low: 0, high: 1499 })]]);
        check("手术操作数≥2", None, vec![vec![Test::OperationCount(Span { low: 2, high: u32::MAX })]]);
    }

    #[test]
    fn lists_of_codes_and_wards_are_read() {
        let check = |text: &str, expect: &[Asked]| {
            let (condition, left) = Condition::read(text);
            assert_eq!((condition.clauses.concat().as_slice(), left.is_empty()), (expect, true), "{text}");
        };
        let codes = |rows, all: &[&str]| Asked::Codes(rows, all.iter().map(|code| (*code).to_owned()).collect());
        check("主要诊断为I60.9、I61.9", &[codes(Rows::Principal, &["I60.9", "I61.9"])]);
        check("主诊断：I60.900或I61", &[codes(Rows::Principal, &["I60.900", "I61"])]);
        check("其他诊断含A41.900x001", &[codes(Rows::OtherDiagnoses, &["A41.900x001"])]);
        check("主要手术编码＝39.74/39.7201", &[codes(Rows::MainOperation, &["39.74", "39.7201"])]);
        let wards = Asked::Wards(vec!["重症医学科".into(), "ICU".into()]);
        check("手术操作包含96.7201，出院科别为重症医学科/ICU", &[codes(Rows::Operations, &["96.7201"]), wards]);
    }

    #[test]
    fn codes_that_are_joined_by_and_are_not_one_list() {
        let (condition, left) = Condition::read("其他诊断含A41.9且B37.7");
        assert_eq!((condition.clauses.len(), left), (1, vec!["B37.7".to_owned()]));
    }

    #[test]
    fn what_is_no_condition_is_given_back() {
        for text in [
            "主要诊断不为I60.9",
            "A41.900",
            "手术操作除96.7201外",
            "诊断明确",
            "出院科别",
            "出院科室不限",
            "脊髓手术",
            "多学科会诊",
            "年龄大",
            "有创呼吸机支持≥96小时或ECMO",
            "其他并发症的手术",
            "5天内好转",
        ] {
            let (condition, left) = Condition::read(text);
            assert_eq!((condition, left.len()), (Condition::default(), 1), "{text}");
        }
    }
}
