//! Why a record is in its group, in words. There is no money here.

use super::Lang;
use super::findings::{self, first_upper};
use super::payment;
use crate::drg::layout::AdrgKind;
use crate::drg::{Outcome, Status};
use crate::preview::{Ask, CandidateFate, CandidateOut, GateOut, GroupAnswer, GroupRef, MissOut, ReasonOut, TestOut};

/// Writes every text of an answer.
pub fn fill_group(answer: &mut GroupAnswer, lang: Lang) {
    answer.text = Some(summary(answer, lang));
    for finding in &mut answer.findings {
        finding.text = Some(findings::finding(finding, lang));
    }
    for hint in &mut answer.hints {
        hint.text = Some(findings::hint(hint, lang));
    }
    for gate in &mut answer.gates {
        gate.text = Some(self::gate(gate, lang));
    }
    for reason in &mut answer.reasons {
        reason.text = Some(self::reason(reason, lang));
    }
    for candidate in &mut answer.candidates {
        candidate.text = Some(self::candidate(candidate, lang));
    }
    let taken = answer.adrg.code.clone();
    for miss in &mut answer.misses {
        miss.text = Some(self::miss(miss, &taken, lang));
    }
    if let Some(payment) = &mut answer.payment {
        payment.text = Some(payment::payment(payment, lang));
        payment.notice = payment::payment_notice(lang).to_owned();
    }
}

/// An answer in a few sentences: the group, what led to it, what to look at.
pub fn told(answer: &mut GroupAnswer, lang: Lang) -> String {
    fill_group(answer, lang);
    let GroupAnswer { text, findings, reasons, candidates, hints, .. } = answer;
    let parts = text
        .iter_mut()
        .chain(reasons.iter_mut().filter_map(|r| r.text.as_mut()))
        .chain(candidates.iter_mut().filter_map(|c| c.text.as_mut()))
        .chain(findings.iter_mut().filter_map(|f| f.text.as_mut()))
        .chain(hints.iter_mut().filter_map(|h| h.text.as_mut()));
    parts.map(std::mem::take).collect::<Vec<_>>().join(lang.of("", " "))
}

fn summary(answer: &GroupAnswer, lang: Lang) -> String {
    let drg = named(&answer.drg);
    match answer.status {
        Status::Grouped => {
            let kind = answer.kind.map(|kind| adrg_kind(kind, lang)).unwrap_or_default();
            lang.of(format!("入组 {drg}，{kind}。"), format!("Grouped in {drg}, {kind}."))
        }
        Status::Ambiguous => lang.of(format!("进入歧义组 {drg}。"), format!("In the ambiguity group {drg}.")),
        Status::Ungrouped => lang.of("未入组（0000）。".into(), "In no group (0000).".into()),
        Status::CheckFailed => {
            lang.of("病例未通过检查，没有分组。".into(), "The record did not pass the check and is not grouped.".into())
        }
    }
}

/// `BR21 神经系统肿瘤`.
fn named(group: &GroupRef) -> String {
    match &group.name {
        Some(name) => format!("{} {name}", group.code),
        None => group.code.clone(),
    }
}

fn adrg_kind(kind: AdrgKind, lang: Lang) -> &'static str {
    match kind {
        AdrgKind::Surgical => lang.of("外科组", "a surgical group"),
        AdrgKind::Operation => lang.of("非手术室操作组", "a group of procedures outside the operating room"),
        AdrgKind::Medical => lang.of("内科组", "a medical group"),
    }
}

fn gate(gate: &GateOut, lang: Lang) -> String {
    let mdc = named(&gate.mdc);
    let (zh, en) = match gate.outcome {
        Outcome::Taken => (format!("进入 {mdc}。"), format!("{mdc} is entered.")),
        Outcome::NoAdrg => (
            format!("符合 {mdc} 的进入条件，但其中没有适合的 ADRG，继续往下判断。"),
            format!("{mdc} could be entered, but none of its ADRGs fits: the next MDC is tried."),
        ),
        Outcome::NotReached => (
            format!("也符合 {mdc} 的进入条件，但次序在后，未再判断。"),
            format!("{mdc} could be entered as well, but an earlier MDC took the record."),
        ),
    };
    lang.of(zh, en)
}

fn reason(reason: &ReasonOut, lang: Lang) -> String {
    let of = &reason.of;
    let told = test(&reason.test, reason.held, reason.code.as_deref(), lang);
    if reason.test.owner.as_ref() == Some(of) {
        return lang.of(format!("{told}。"), format!("{}.", first_upper(&told)));
    }
    lang.of(format!("{of}：{told}。"), format!("{of}: {told}."))
}

/// A test and its answer: `主要诊断 I63.900 属于 MDCB`.
fn test(test: &TestOut, held: bool, code: Option<&str>, lang: Lang) -> String {
    let what = subject(test.ask, lang);
    if let Some(owner) = &test.owner {
        let list = list(owner, test.role.as_deref().unwrap_or_default(), lang);
        let code = code.map(|code| format!(" {code} ")).unwrap_or_default();
        return match (lang, held) {
            (Lang::Zh, true) => format!("{what}{code}属于 {list}"),
            (Lang::Zh, false) => format!("{what}不属于 {list}"),
            (Lang::En, true) => format!("{what}{} is in {list}", code.trim_end()),
            (Lang::En, false) => format!("{what} is not in {list}"),
        };
    }
    if let Some(low) = test.low {
        return range(what, low, test.high, held, lang);
    }
    let (zh, en) = match (test.ask, held) {
        (Ask::Always, _) => ("其余病例归入此组", "it takes whatever is left"),
        (Ask::MainOperationValid, true) => ("主要手术操作是有效手术操作", "the main operation counts as one"),
        (Ask::MainOperationValid, false) => {
            ("主要手术操作不是有效手术操作", "the main operation does not count as one")
        }
        (Ask::AnyOperationValid, true) => ("有有效手术操作", "some operation counts as one"),
        (Ask::AnyOperationValid, false) => ("没有有效手术操作", "no operation counts as one"),
        (Ask::Male, true) => ("性别为男", "the patient is male"),
        (Ask::Male, false) => ("性别不为男", "the patient is not male"),
        (Ask::Female, true) => ("性别为女", "the patient is female"),
        (Ask::Female, false) => ("性别不为女", "the patient is not female"),
        (Ask::Mcc, true) => ("有计入的严重并发症或合并症（MCC）", "an MCC counts"),
        (Ask::Mcc, false) => ("没有计入的严重并发症或合并症（MCC）", "no MCC counts"),
        (Ask::Cc, true) => ("有计入的一般并发症或合并症（CC）", "a CC counts"),
        (Ask::Cc, false) => ("没有计入的一般并发症或合并症（CC）", "no CC counts"),
        (_, true) => ("符合", "it holds"),
        (_, false) => ("不符合", "it does not hold"),
    };
    lang.of(zh, en).to_owned()
}

fn subject(ask: Ask, lang: Lang) -> &'static str {
    let (zh, en) = match ask {
        Ask::Principal => ("主要诊断", "the principal diagnosis"),
        Ask::AnyDiagnosis => ("诊断", "a diagnosis"),
        Ask::OtherDiagnosis => ("其他诊断", "a secondary diagnosis"),
        Ask::MainOperation => ("主要手术操作", "the main operation"),
        Ask::AnyOperation => ("手术操作", "an operation"),
        Ask::AgeYears => ("年龄（岁）", "the age in years"),
        Ask::AgeDays => ("日龄（天）", "the age in days"),
        Ask::BirthWeight => ("新生儿出生体重（克）", "the birth weight in grams"),
        Ask::TraumaRegions => ("损伤部位数", "the number of injured body regions"),
        Ask::Stay => ("实际住院天数", "the length of stay in days"),
        Ask::Leaving => ("离院方式", "the way of leaving"),
        Ask::OperationCount => ("手术操作项数", "the number of operations"),
        Ask::Ventilation => ("呼吸机使用时间（小时）", "the hours of ventilation"),
        Ask::Ward => ("出院科别", "the ward of discharge"),
        _ => ("", ""),
    };
    lang.of(zh, en)
}

/// A list by its owner; the numbered ones by their part in the rule as well.
fn list(owner: &str, role: &str, lang: Lang) -> String {
    if owner.starts_with("MDC") {
        return owner.to_owned();
    }
    match role {
        "pdx" => lang.of(format!("{owner} 的主要诊断表"), format!("the principal diagnoses of {owner}")),
        "adx" | "odx" => lang.of(format!("{owner} 的诊断表"), format!("the diagnoses of {owner}")),
        "mproc" => lang.of(format!("{owner} 的手术操作表"), format!("the operations of {owner}")),
        "ward" => lang.of(format!("{owner} 的科别表"), format!("the wards of {owner}")),
        other => lang.of(format!("{owner} 的目录 {other}"), format!("list {other} of {owner}")),
    }
}

fn range(what: &str, low: u32, high: Option<u32>, held: bool, lang: Lang) -> String {
    let (zh, en) = match (high, held) {
        (Some(high), true) if high == low => (format!("{what}为 {low}"), format!("{what} is {low}")),
        (Some(high), false) if high == low => (format!("{what}不为 {low}"), format!("{what} is not {low}")),
        (Some(high), true) => (format!("{what}在 {low} 至 {high} 之间"), format!("{what} is from {low} to {high}")),
        (Some(high), false) => {
            (format!("{what}不在 {low} 至 {high} 之间"), format!("{what} is not from {low} to {high}"))
        }
        (None, true) => (format!("{what}不少于 {low}"), format!("{what} is {low} or more")),
        (None, false) => (format!("{what}少于 {low}"), format!("{what} is below {low}")),
    };
    lang.of(zh, en)
}

fn candidate(candidate: &CandidateOut, lang: Lang) -> String {
    let code = candidate.code.as_deref().unwrap_or_default();
    let what = match candidate.level.word() {
        "MCC" => lang.of("严重并发症或合并症（MCC）", "an MCC"),
        _ => lang.of("一般并发症或合并症（CC）", "a CC"),
    };
    let (zh, en) = match candidate.fate {
        CandidateFate::Counts => (format!("{code} 是{what}，计入。"), format!("{code} is {what} and counts.")),
        CandidateFate::Excluded => {
            let table = candidate.table.map(|n| n.to_string()).unwrap_or_default();
            let principal = candidate.principal.as_deref().unwrap_or_default();
            (
                format!("{code} 是{what}，但主要诊断 {principal} 在其排除表 {table} 中，不计入。"),
                format!("{code} is {what}, but the principal {principal} is in its exclusion table {table}."),
            )
        }
        CandidateFate::NotAsked => (
            format!("{code} 是{what}，没有被排除，但本 ADRG 不按它细分。"),
            format!("{code} is {what} and is not excluded, but the ADRG is not split by it."),
        ),
    };
    lang.of(zh, en)
}

/// `taken` is the ADRG that the record is in.
fn miss(miss: &MissOut, taken: &str, lang: Lang) -> String {
    let group = named(miss.adrg.as_ref().unwrap_or(&miss.mdc));
    let Some(failed) = &miss.failed else {
        return match taken {
            "00" | "QY" => {
                lang.of(format!("也符合 {group}，但未走到。"), format!("{group} fits too but is not reached."))
            }
            _ => lang.of(
                format!("也符合 {group}，但 {taken} 次序在前，已先收入。"),
                format!("{group} fits too, but {taken} comes first."),
            ),
        };
    };
    let why = test(failed, false, None, lang);
    let there = match (&miss.code, miss.elsewhere) {
        (Some(code), Some(place)) => {
            let place = findings::place(place, lang);
            lang.of(format!("；病例中有 {code}（{place}），位置不同"), format!("; {code} is there, as {place}"))
        }
        _ => String::new(),
    };
    lang.of(format!("未进入 {group}：{why}{there}。"), format!("Not in {group}: {}{there}.", first_upper(&why)))
}
