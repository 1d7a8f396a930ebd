//! Why a stay is in its DIP group and what it scores, in words. Candidates have no score and no money.

use super::Lang;
use super::findings::{first_upper, place};
use super::payment::payment_notice;
use crate::dip::settle::SpecialReason;
use crate::dip::{Band, Class, Finding, Flag, Kind, Path, Peer, PointKind};
use crate::drg::Place;
use crate::preview::{
    DipAnswer, DipCandidateOut, DipFate, DipFindingCode, DipFindingOut, DipGroupOut, DipHintCode, DipHintOut,
    DipScoreOut, PointOut, dip_finding_code,
};
use crate::rules::Basis;

/// Writes every text of an answer.
pub fn fill_dip(answer: &mut DipAnswer, lang: Lang) {
    answer.text = Some(summary(answer, lang));
    answer.notice = answer.said.notice.as_ref().map(|said| said.of(lang).to_owned());
    answer.left_out = answer.said.left_out.iter().map(|said| said.of(lang).to_owned()).collect();
    for finding in &mut answer.findings {
        finding.text = Some(self::finding(finding, lang));
    }
    for candidate in &mut answer.candidates {
        candidate.text = Some(self::candidate(candidate, lang));
    }
    for hint in &mut answer.hints {
        hint.text = Some(self::hint(hint, lang));
    }
    if let Some(score) = &mut answer.score {
        score.text = Some(self::score(score, lang));
        score.payment_notice = payment_notice(lang).to_owned();
    }
}

/// An answer in a few sentences: the group, what it was chosen over, what was noticed.
pub fn dip_told(answer: &mut DipAnswer, lang: Lang) -> String {
    fill_dip(answer, lang);
    let DipAnswer { text, candidates, findings, .. } = answer;
    // The summary has said which group was taken.
    let others = candidates.iter_mut().filter(|c| c.fate != DipFate::Taken);
    let parts = text
        .iter_mut()
        .chain(others.filter_map(|c| c.text.as_mut()))
        .chain(findings.iter_mut().filter_map(|f| f.text.as_mut()));
    parts.map(std::mem::take).collect::<Vec<_>>().join(lang.of("", " "))
}

fn summary(answer: &DipAnswer, lang: Lang) -> String {
    if let Some(group) = &answer.group {
        let (name, kind) = (named(group), kind(group.kind, lang));
        let base = if group.base_level { lang.of("，基层病种", ", at base level") } else { "" };
        return lang.of(format!("入组 {name}，{kind}{base}。"), format!("Grouped in {name}, {kind}{base}."));
    }
    let (zh, en) = match answer.path {
        Path::Excluded => (
            "主要诊断在本目录的主要诊断排除表内，未入组。",
            "The principal diagnosis is excluded by this catalogue: in no group.",
        ),
        Path::InvalidDx => {
            ("主要诊断缺失或编码无效，没有分组。", "The principal diagnosis is missing or no code: not grouped.")
        }
        Path::Incomplete => ("缺少分组必需的项目，没有分组。", "A field that grouping needs is missing: not grouped."),
        _ => (
            "未入组：本目录没有与主要诊断和手术操作相符的病种。",
            "In no group: the catalogue has none for this principal diagnosis and these operations.",
        ),
    };
    lang.of(zh, en).to_owned()
}

/// `K61.0:49.0400 肛门脓肿`.
fn named(group: &DipGroupOut) -> String {
    match &group.name {
        Some(name) => format!("{} {name}", group.code),
        None => group.code.clone(),
    }
}

fn kind(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Core => lang.of("核心病种", "a core group"),
        Kind::Comprehensive => lang.of("综合病种", "a comprehensive group"),
        Kind::Chapter => lang.of("按疾病章归入的病种", "a group by chapter"),
        Kind::Blank => lang.of("空白病组", "the blank group"),
        Kind::BedDay => lang.of("床日病种", "a bed-day group"),
        Kind::Tcm => lang.of("中医优势病种", "a group of traditional medicine"),
        Kind::Pre => lang.of("先期分组病种", "a pre-group"),
    }
}

fn class(class: Class, lang: Lang) -> &'static str {
    match class {
        Class::Conservative => lang.of("保守治疗", "conservative"),
        Class::Diagnostic => lang.of("诊断性操作", "diagnostic"),
        Class::Therapeutic => lang.of("治疗性操作", "therapeutic"),
        Class::Surgery => lang.of("手术（含介入治疗）", "surgical or interventional"),
    }
}

fn candidate(candidate: &DipCandidateOut, lang: Lang) -> String {
    let group = named(&candidate.group);
    if candidate.fate == DipFate::Taken {
        return lang.of(format!("入组 {group}。"), format!("Grouped in {group}."));
    }
    let (zh, en) = why_lost(candidate, lang);
    lang.of(format!("未进入 {group}：{zh}。"), format!("Not in {group}: {en}."))
}

fn why_lost(candidate: &DipCandidateOut, lang: Lang) -> (String, String) {
    let (met, wanted) = (candidate.met.unwrap_or_default(), candidate.wanted.unwrap_or_default());
    let (zh, en) = match candidate.fate {
        DipFate::FewerRelated => {
            return (
                format!("也符合，但所入病种对应的相关手术操作更多（{wanted} 项，此病种 {met} 项）"),
                format!("it fits too, with {met} related operations where the group taken has {wanted}"),
            );
        }
        DipFate::RelatedMissing => return related_missing(candidate, met, wanted),
        DipFate::MainElsewhere => {
            let code = candidate.code.as_deref().unwrap_or_default();
            let at = candidate.place.map(|at| place(at, lang)).unwrap_or_default();
            return (
                format!("其主要手术操作 {code} 在病例中是{at}，不在主要手术操作的位置"),
                format!("its main operation {code} is there as {at}, not as the main one"),
            );
        }
        DipFate::OtherClass => return other_class(candidate, lang),
        DipFate::CoarserDiagnosis => {
            ("也符合，但所入病种的诊断更细", "it fits too, but the diagnosis of the group taken is finer")
        }
        DipFate::LostTie => {
            ("也符合，按并列时的取舍规则落选", "it fits too and lost by the rule for groups that fit equally")
        }
        DipFate::LostChoice => (
            "也符合，但本目录不按相关手术操作的项数取舍",
            "it fits too, but the catalogue does not choose by related operations",
        ),
        DipFate::MainMissing => ("病例中没有其主要手术操作", "its main operation is not in the record"),
        DipFate::Conservative => {
            ("为保守治疗病种，而病例有手术操作", "it is for stays without operations, and the record has some")
        }
        DipFate::NotReached => ("病例已由前面的分组层次入组", "an earlier layer took the stay"),
        DipFate::OtherTrack => {
            ("只用于按床日或中医优势病种结算的病例", "it is for stays settled by days or by traditional medicine")
        }
        DipFate::OtherDays => {
            ("住院天数不在其范围内，或未填写", "the days in hospital are outside its range, or not given")
        }
        DipFate::Taken => ("", ""),
    };
    (zh.to_owned(), en.to_owned())
}

fn related_missing(candidate: &DipCandidateOut, met: u8, wanted: u8) -> (String, String) {
    if candidate.missing.is_empty() {
        return (
            format!("相关手术操作应有 {wanted} 项，病例中各项不足以一一对应"),
            format!("{wanted} related operations are asked for, each by one of its own"),
        );
    }
    let (zh, en) = (candidate.missing.join(" 或 "), candidate.missing.join(" or "));
    let (zh, en) = (format!("缺少相关手术操作 {zh}"), format!("a related operation is missing, {en}"));
    if wanted == 1 {
        return (zh, en);
    }
    (format!("{zh}（应有 {wanted} 项，已有 {met} 项）"), format!("{en} ({wanted} are asked for, {met} there)"))
}

fn other_class(candidate: &DipCandidateOut, lang: Lang) -> (String, String) {
    match candidate.class {
        Some(has) => {
            let has = class(has, lang);
            (format!("治疗方式不符，病例为{has}"), format!("it is for another treatment; this one is {has}"))
        }
        None => (
            "手术操作类型不明，无法判断治疗方式".into(),
            "the class of the main operation is unknown, and so is the treatment".into(),
        ),
    }
}

/// What would fit if another row came first: a question about the record, never an advice.
fn hint(hint: &DipHintOut, lang: Lang) -> String {
    let at = place(hint.place, lang);
    let recorded = hint.recorded.as_deref().unwrap_or_default();
    let (zh, en) = match hint.code {
        DipHintCode::OtherPrincipal => (
            format!("若{at} {recorded} 为主要诊断，目录中有相符的核心病种。请对照病历核对主要诊断，不得为入组而更换。"),
            format!(
                "With {at} {recorded} as the principal a core group would fit. Check the record against the case notes; \
                 a principal is never changed for the sake of a group."
            ),
        ),
        DipHintCode::OtherMain => (
            format!(
                "若{at} {recorded} 为主要手术操作，目录中有相符的核心病种。请对照病历核对主要手术操作，不得为入组而更换。"
            ),
            format!(
                "With {at} {recorded} as the main operation a core group would fit. Check the record against the case \
                 notes; a main operation is never changed for the sake of a group."
            ),
        ),
    };
    lang.of(zh, en)
}

/// What was noticed about a record, in words.
pub(super) fn finding(found: &DipFindingOut, lang: Lang) -> String {
    let at = place(found.place, lang);
    let upper = first_upper(&at);
    let recorded = found.recorded.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
    // A Chinese sentence has a blank around what is written in Latin letters only.
    let gap = if recorded.is_empty() { "" } else { " " };
    let read = found.read_as.as_deref().unwrap_or_default();
    let (zh, en) = match found.code {
        DipFindingCode::Missing => {
            (format!("缺少{at}，规则要用到。"), format!("The {at} is missing, and a rule needs it."))
        }
        DipFindingCode::Unreadable => return unreadable(found.place, &format!("{at}{recorded}{gap}"), lang),
        DipFindingCode::NoDiagnosis => ("没有任何诊断。".into(), "There is no diagnosis.".into()),
        DipFindingCode::NotADiagnosis => (
            format!("{at}{recorded}{gap}不是有效的诊断编码。"),
            format!("{upper}{recorded} is not a code of a diagnosis."),
        ),
        DipFindingCode::UnknownCode => {
            (format!("{at}{recorded}{gap}不在编码库内。"), format!("{upper}{recorded} is in neither edition."))
        }
        DipFindingCode::Respelled => {
            (format!("{at}{recorded}{gap}按 {read} 读取。"), format!("{upper}{recorded} was read as {read}."))
        }
        DipFindingCode::FromClinical => (
            format!("{at}{recorded}{gap}是国家临床版编码，已映射为医保版 {read}。"),
            format!("{upper}{recorded} is a code of the clinical edition, read as {read}."),
        ),
        DipFindingCode::ExcludedPrincipal => (
            format!("{at}{recorded}{gap}不得作为主要诊断。"),
            format!("{upper}{recorded} may not be a principal diagnosis."),
        ),
        DipFindingCode::OperationDropped => {
            (format!("{at}{recorded}{gap}不参与分组。"), format!("{upper}{recorded} takes no part in grouping."))
        }
        DipFindingCode::OperationNotMain => (
            format!("{at}{recorded}{gap}不得作为主要手术操作。"),
            format!("{upper}{recorded} may not be the main operation."),
        ),
        DipFindingCode::ClassUnknown => (
            format!("{at}{recorded}{gap}的手术操作类型不明，而分组与之有关。"),
            format!("The class of {at}{recorded} is unknown, and the group depends on it."),
        ),
        DipFindingCode::OperationRepeated => {
            (format!("{at}{recorded}{gap}重复，只计一次。"), format!("{upper}{recorded} is repeated and counts once."))
        }
        DipFindingCode::TooManyOperations => (
            "手术操作过多，其余未参与分组。".into(),
            "There are too many operations; the rest takes no part in grouping.".into(),
        ),
    };
    let refused = if found.refuses { lang.of("因此未分组。", " The stay is not grouped.") } else { "" };
    lang.of(zh, en) + refused
}

/// Of an operation it is the class that is told, and of the record as a whole what has no place of its own.
fn unreadable(at: Place, named: &str, lang: Lang) -> String {
    let (zh, en) = match at {
        Place::Operation(_) => {
            (format!("{named}的手术操作类型无法识别。"), format!("The class of {} is no class.", named.trim_end()))
        }
        Place::Record => ("结算方式无法读取。".into(), "The way of settling cannot be read.".into()),
        _ => (format!("{named}无法读取。"), format!("{} cannot be read.", first_upper(named))),
    };
    lang.of(zh, en)
}

/// A finding for which a row was not grouped, without the codes that stand there.
pub fn dip_refused(found: &Finding, lang: Lang) -> String {
    let (code, severity) = dip_finding_code(found.kind);
    let Finding { place, refuses, .. } = *found;
    finding(&DipFindingOut { code, severity, refuses, place, recorded: None, read_as: None, text: None }, lang)
}

/// An amount of a row that is none, by the name of its column.
pub fn dip_unread(column: &str, lang: Lang) -> String {
    let (zh, en) = match column {
        "cost" => ("医疗费总额", "cost"),
        "peer_avg" => ("同级医疗机构次均费用", "peers' mean cost"),
        "hosp_coef" => ("医疗机构系数", "hospital's coefficient"),
        "point_value" => ("点值", "point value"),
        "patient_paid" => ("个人负担", "patient's part"),
        "auxiliary" => ("辅助目录系数", "auxiliary factor"),
        other => (other, other),
    };
    lang.of(format!("{zh}无法读取。"), format!("The {en} cannot be read."))
}

/// 费用偏低, 正常, 费用偏高.
pub fn dip_band(band: Band, lang: Lang) -> &'static str {
    match band {
        Band::Low => lang.of("费用偏低", "low cost"),
        Band::Normal => lang.of("正常", "normal cost"),
        Band::High => lang.of("费用偏高", "high cost"),
    }
}

fn score(score: &DipScoreOut, lang: Lang) -> String {
    let mut parts = Vec::new();
    if let Some(own) = score.group_score {
        parts.push(lang.of(format!("病种分值 {own}。"), format!("The group scores {own}.")));
    }
    if let Some(applied) = score.auxiliary {
        let (title, word, factor) = (applied.kind.title(), applied.kind.word(), applied.factor);
        parts.push(lang.of(
            format!("辅助目录“{title}”系数 {factor}，只取最高的一项。"),
            format!("Auxiliary factor {factor} ({word}): of those that match, the highest alone."),
        ));
    }
    if let (Some(band), Some(ratio)) = (score.band, score.ratio) {
        let (band, base) = (dip_band(band, lang), compared_with(score.compared_with, lang));
        let ratio = ratio.get().normalize();
        parts.push(lang.of(
            format!("{band}：费用为{base}的 {ratio} 倍。"),
            format!("{}: {ratio} times {base}.", first_upper(band)),
        ));
    }
    parts.extend(worth(score, lang));
    parts.extend(score.flags.iter().map(|flag| self::flag(*flag, lang).to_owned()));
    if !score.special.is_empty() {
        let reasons: Vec<&str> = score.special.iter().map(|reason| special(*reason, lang)).collect();
        let reasons = reasons.join(lang.of("、", ", "));
        parts.push(lang.of(
            format!("可能符合特例单议条件（{reasons}），是否受理由医保经办机构决定。"),
            format!("The stay may apply for special review ({reasons}); the insurer decides."),
        ));
    }
    parts.join(lang.of("", " "))
}

fn compared_with(peer: Option<Peer>, lang: Lang) -> &'static str {
    match peer {
        Some(Peer::LastYear) => {
            lang.of("上一年同级医疗机构次均费用", "last year's mean cost at hospitals of the same level")
        }
        _ => lang.of("支付标准", "the payment standard"),
    }
}

/// The score of the stay and its standard.
fn worth(score: &DipScoreOut, lang: Lang) -> Option<String> {
    let case_score = score.case_score?;
    let Some((point, fen)) = score.point.as_ref().zip(score.pay_standard_fen) else {
        return Some(lang.of(format!("病例分值 {case_score}。"), format!("The stay scores {case_score}.")));
    };
    let (yuan, fen, said) = (point.yuan, fen.yuan_grouped(), said_by(point, lang));
    Some(lang.of(
        format!("支付标准 {fen} 元 = 病例分值 {case_score} × 点值 {yuan} 元（{said}）。"),
        format!("Payment standard ¥{fen} = score of the stay {case_score} × point value ¥{yuan} ({said})."),
    ))
}

/// `职工，预算点值，梅州市医疗保障局，2024-12-31`.
fn said_by(point: &PointOut, lang: Lang) -> String {
    let kind = match point.kind {
        PointKind::Budget => lang.of("预算点值", "a budget value"),
        PointKind::Forecast => lang.of("预估点值", "a forecast"),
        PointKind::Settled => lang.of("结算点值", "of a closed year"),
    };
    let unsure = (point.basis == Some(Basis::Assumed)).then(|| lang.of("未经核实", "not corroborated").to_owned());
    let source = Some(point.source.clone()).filter(|source| !source.is_empty());
    let date = point.date.map(|date| date.to_string());
    let parts = [point.label.clone(), Some(kind.to_owned()), source, date, unsure];
    parts.into_iter().flatten().collect::<Vec<_>>().join(lang.of("，", ", "))
}

fn flag(flag: Flag, lang: Lang) -> &'static str {
    let (zh, en) = match flag {
        Flag::NoScore => {
            ("目录没有这个病种的分值，不作推算。", "The catalogue gives the group no score; nothing is guessed.")
        }
        Flag::NoCoefficient => {
            ("医疗机构系数未知，无法计算病例分值。", "The hospital's coefficient is unknown: the stay has no score.")
        }
        Flag::NoPointValue => ("点值未知，无法计算支付标准。", "The point value is unknown: there is no standard."),
        Flag::PeerFromStandard => (
            "上一年同级医疗机构次均费用未知，费用改与支付标准比较。",
            "Last year's mean cost of hospitals of this level is unknown: the cost is compared with the standard.",
        ),
        Flag::NoDays => {
            ("住院天数未知，无法计算床日分值。", "The days in hospital are unknown: there is no score by days.")
        }
        Flag::ExpertReview => {
            ("费用偏离过大，可能需要专家评审。", "The cost lies so far off that experts may review it.")
        }
        Flag::SpecialReview => (
            "本规则没有费用偏高的算式，须由特例单议确定。",
            "The rule has no formula for a high cost: special review decides.",
        ),
        Flag::OutOfRange => ("金额超出可计算的范围。", "A figure is out of range."),
    };
    lang.of(zh, en)
}

fn special(reason: SpecialReason, lang: Lang) -> &'static str {
    match reason {
        SpecialReason::Cost => lang.of("费用明显高于支付标准", "cost far above the standard"),
        SpecialReason::LongStay => lang.of("住院时间长", "long stay"),
        SpecialReason::IntensiveCare => lang.of("重症监护", "intensive care"),
        SpecialReason::NewDrugOrTechnique => lang.of("使用新药或新技术", "new drug or technique"),
    }
}
