//! From a case to an answer: the runs that are needed, and what there is to say about them.

use super::answer::{Answer, CiteOut, Diagnostic, DiagnosticCode, PackRef, Range, Reading, Settlement, Severity};
use super::away::away;
use super::bill;
use super::case::{Bill, Case, Clinic, Cover, SecondPay, Special, Stay, Visit, YearToDate};
use super::check::check;
use super::clinic::{self, Used};
use super::close::close;
use super::desk::{Desk, End, Gap};
use super::layers;
use super::maternity;
use super::pool;
use super::slip;
use crate::date::Day;
use crate::error::Refusal;
use crate::money::Fen;
use crate::rules::{
    AidClass, Area, Basis, Binding, Certainty, Found, Kind, Level, Nth, Place, Query, Rule, RuleBook, Scheme, Slot,
    Tenure, Ward, WorkStatus,
};

/// A rule whose source is older than this on the day is shown as such.
const SOURCE_OLD_DAYS: i32 = 3 * 365;

/// Estimates one case by one region's rules.
///
/// # Errors
/// A [`Refusal`] names the field and what is accepted: a level or disease that the region does not
/// have, amounts that do not fit together, a day before the rules begin.
pub fn estimate(book: &RuleBook, case: &Case) -> Result<Answer, Refusal> {
    check(book, case)?;
    let known = run(book, case, End::Known, false)?;
    let exact = known.desk.gaps.is_empty() && !known.desk.blocked;
    if exact {
        return Ok(answer(book, case, known, None));
    }
    let least = run(book, case, End::Least, false)?;
    let most = run(book, case, End::Most, false)?;
    Ok(answer(book, case, known, Some((least, most))))
}

/// One calculation at one end.
struct Run<'a> {
    desk: Desk<'a>,
    out: Settlement,
}

/// The dimensions of a visit that rules may depend on.
struct Asked {
    kind: Kind,
    day: Day,
    place: Place,
    level: Level,
    ward: Ward,
    binding: Binding,
}

fn asked(visit: &Visit) -> Asked {
    let stay = |kind, s: &Stay| Asked {
        kind,
        day: s.discharged,
        place: s.place,
        level: s.level,
        ward: s.ward,
        binding: Binding::Chosen,
    };
    let clinic = |kind, c: &Clinic| Asked {
        kind,
        day: c.on,
        place: c.place,
        level: c.level,
        ward: Ward::General,
        binding: c.binding,
    };
    let bare =
        |kind, day, place, level| Asked { kind, day, place, level, ward: Ward::General, binding: Binding::Chosen };
    match visit {
        Visit::Inpatient(s) => stay(Kind::Inpatient, s),
        Visit::DaySurgery(s) => stay(Kind::DaySurgery, s),
        Visit::Outpatient(c) => clinic(Kind::Outpatient, c),
        Visit::SpecialDrug(c) => clinic(Kind::SpecialDrug, c),
        Visit::SpecialOutpatient(s) => bare(Kind::SpecialOutpatient, s.on, s.place, s.level),
        Visit::Maternity(m) => bare(Kind::Maternity, m.on, Place::LOCAL, Level::Three),
        Visit::SecondPay(s) => bare(Kind::Inpatient, s.on, s.place, Level::Three),
    }
}

fn query(case: &Case, asked: &Asked) -> Query {
    let status = if case.scheme == Scheme::Resident { WorkStatus::Active } else { case.person.status };
    Query::new(case.scheme, asked.kind)
        .with(status)
        .with(case.person.plan)
        .with(asked.level)
        .with(asked.place.area)
        .with(asked.place.filing)
        .with(Nth::First)
        .with(asked.ward)
        .with(case.person.aid)
        .with(tenure(case.person.insured_months))
        .with(asked.binding)
}

fn tenure(months: Option<u16>) -> Tenure {
    match months {
        None => Tenure::Unsaid,
        Some(0..6) => Tenure::Under6Months,
        Some(6..12) => Tenure::Under12Months,
        Some(12..24) => Tenure::Under24Months,
        Some(_) => Tenure::From24Months,
    }
}

fn run<'a>(book: &'a RuleBook, case: &Case, end: End, other_reading: bool) -> Result<Run<'a>, Refusal> {
    let asked = asked(&case.visit);
    let mut desk = Desk::new(book, query(case, &asked), asked.day, end, case.options.trace);
    desk.other_reading = other_reading;
    let covered = covered(&mut desk, case.person.cover);
    let mut out = match &case.visit {
        Visit::Inpatient(stay) => inpatient(&mut desk, case, stay, false, "visit.inpatient.discharged"),
        Visit::DaySurgery(stay) => inpatient(&mut desk, case, stay, true, "visit.day_surgery.discharged"),
        Visit::Outpatient(c) => outpatient(&mut desk, case, c).map_err(|r| below(r, "visit.outpatient")),
        Visit::SpecialDrug(c) => special_drug(&mut desk, case, c).map_err(|r| below(r, "visit.special_drug")),
        Visit::SpecialOutpatient(s) => special(&mut desk, case, s).map_err(|r| below(r, "visit.special_outpatient")),
        Visit::Maternity(m) => maternity::allowance(&mut desk, m),
        Visit::SecondPay(s) => second_pay(&mut desk, case, s),
    }?;
    if !covered {
        without_funds(&mut desk, &mut out, &case.year_to_date);
    }
    close(&mut desk, &mut out, &case.accounts, case.options.shared_accounts)?;
    out.steps = std::mem::take(&mut desk.steps);
    Ok(Run { desk, out })
}

/// Refusals of the bill are named from the visit down; those of rules already carry their path.
fn below(refusal: Refusal, visit: &str) -> Refusal {
    if refusal.field.starts_with("visit.") { refusal } else { refusal.within(visit) }
}

/// Whether the funds pay at all at this run's end.
fn covered(desk: &mut Desk<'_>, cover: Cover) -> bool {
    let slot = match cover {
        Cover::InForce => return true,
        Cover::Newborn => Slot::NewbornDays,
        Cover::Waiting | Cover::Lapsed => Slot::WaitAfterLapse,
    };
    match (cover, desk.find(slot)) {
        (Cover::Newborn, Found::Known(rule)) => {
            desk.applies(rule);
            true
        }
        (Cover::Waiting, Found::Known(rule)) => {
            desk.applies(rule);
            false
        }
        _ => {
            desk.open_question(Gap::CoverOpen);
            desk.blocked = true;
            desk.end == End::Least
        }
    }
}

/// Nothing is paid out while cover is not in force, and nothing of the year is used up.
fn without_funds(desk: &mut Desk<'_>, out: &mut Settlement, year: &YearToDate) {
    let parts = bill::Parts {
        total: out.medfee_sumamt,
        own_expense: out.fulamt_ownpay_amt,
        over_limit: out.overlmt_selfpay,
        pre_self_pay: out.preselfpay_amt,
        in_scope: out.inscp_scp_amt,
    };
    *out = Settlement::opened(&parts);
    out.year_to_date = year.clone();
    desk.steps.retain(|s| s.id == super::StepId::InScope);
}

fn inpatient(
    desk: &mut Desk<'_>,
    case: &Case,
    stay: &Stay,
    day_surgery: bool,
    field: &str,
) -> Result<Settlement, Refusal> {
    let year = &case.year_to_date;
    let visit = field.trim_end_matches(".discharged");
    let parts = bill::split(desk, &stay.bill, case.options.rounding).map_err(|r| below(r, visit))?;
    let mut out = Settlement::opened(&parts);
    out.act_pay_dedc = pool::deductible(desk, stay, day_surgery, &parts, year, field)?;
    let base = parts.in_scope.above(out.act_pay_dedc);
    let after = pool::pay_pool(desk, &mut out, base, year, field)?;
    let over = layers::over_cap(desk, &mut out, case.scheme, &after, year)?;
    let left = parts.in_scope.above(out.hifp_pay).above(over);
    let supplement = layers::supplement(desk, &mut out, left, year)?;
    let own = own_in_scope(desk, &out, left.above(supplement), &after);
    let catastrophic = layers::catastrophic(desk, &mut out, case.scheme, own, year)?;
    let catastrophic = layers::total_cap(desk, &mut out, year, catastrophic);
    let aid_base = left.above(supplement).above(catastrophic);
    let aid = layers::aid(desk, &mut out, case.person.aid, aid_base, year)?;
    out.year_to_date = YearToDate {
        admissions: stay.nth.unwrap_or(year.admissions.saturating_add(1)).max(year.admissions),
        pool_paid_fen: year.pool_paid_fen.plus(out.hifp_pay),
        pool_base_fen: year.pool_base_fen.plus(base),
        over_cap_paid_fen: year.over_cap_paid_fen.plus(over),
        own_in_scope_fen: year.own_in_scope_fen.plus(own),
        catastrophic_paid_fen: year.catastrophic_paid_fen.plus(catastrophic),
        supplement_paid_fen: year.supplement_paid_fen.plus(supplement),
        ..aided(year, case.person.aid, aid_base, aid)
    };
    Ok(out)
}

fn aided(year: &YearToDate, class: AidClass, base: Fen, paid: Fen) -> YearToDate {
    let base = if class == AidClass::None { Fen::ZERO } else { base };
    YearToDate {
        aid_base_fen: year.aid_base_fen.plus(base),
        aid_paid_fen: year.aid_paid_fen.plus(paid),
        ..year.clone()
    }
}

/// 个人合规负担 as the catastrophic layer counts it.
fn own_in_scope(desk: &mut Desk<'_>, out: &Settlement, left: Fen, after: &pool::AfterPool) -> Fen {
    let counts = layers::counts(desk);
    let mut own = left.above(after.struck_out);
    if !counts.deductible {
        own = own.above(out.act_pay_dedc);
    }
    if !counts.over_cap && after.cap_reached {
        own = own.above(super::desk::pay(after.over_cap_cost).unwrap_or_default());
    }
    if counts.pre_self_pay {
        own = own.plus(out.preselfpay_amt);
    }
    own
}

fn outpatient(desk: &mut Desk<'_>, case: &Case, visit: &Clinic) -> Result<Settlement, Refusal> {
    let year = &case.year_to_date;
    let parts = bill::split(desk, &visit.bill, case.options.rounding)?;
    let mut out = Settlement::opened(&parts);
    let used = Used {
        deductible: year.outpatient_deductible_fen,
        paid: year.outpatient_paid_fen,
        sub_paid: year.outpatient_sub_paid_fen,
    };
    let retired = case.scheme == Scheme::Employee && case.person.status == WorkStatus::Retired;
    let added = clinic::pay_clinic(desk, &mut out, &clinic::OUTPATIENT, retired, &used, "visit.outpatient.on")?;
    let to_cap = if clinic::counts_to_cap(desk) { added.paid } else { Fen::ZERO };
    let sub = if added.sub_limited { added.paid } else { Fen::ZERO };
    out.year_to_date = YearToDate {
        outpatient_paid_fen: year.outpatient_paid_fen.plus(added.paid),
        outpatient_sub_paid_fen: year.outpatient_sub_paid_fen.plus(sub),
        outpatient_deductible_fen: year.outpatient_deductible_fen.plus(added.deductible),
        pool_paid_fen: year.pool_paid_fen.plus(to_cap),
        ..year.clone()
    };
    Ok(out)
}

fn special_drug(desk: &mut Desk<'_>, case: &Case, visit: &Clinic) -> Result<Settlement, Refusal> {
    let year = &case.year_to_date;
    let parts = bill::split(desk, &visit.bill, case.options.rounding)?;
    let mut out = Settlement::opened(&parts);
    let used = Used { deductible: Fen::ZERO, paid: year.special_drug_paid_fen, sub_paid: Fen::ZERO };
    let added = clinic::pay_clinic(desk, &mut out, &clinic::SPECIAL_DRUG, false, &used, "visit.special_drug.on")?;
    out.year_to_date = YearToDate {
        special_drug_paid_fen: year.special_drug_paid_fen.plus(added.paid),
        pool_paid_fen: year.pool_paid_fen.plus(added.paid),
        ..year.clone()
    };
    Ok(out)
}

fn special(desk: &mut Desk<'_>, case: &Case, visit: &Special) -> Result<Settlement, Refusal> {
    let year = &case.year_to_date;
    desk.disease = desk.book.disease(&visit.disease);
    let parts = bill::split(desk, &visit.bill, case.options.rounding)?;
    let mut out = Settlement::opened(&parts);
    let used = clinic::used_by_disease(visit, year);
    let added = clinic::pay_clinic(desk, &mut out, &clinic::SPECIAL, false, &used, "visit.special_outpatient.on")?;
    let mut after = year.clone();
    let month = after.special_deductible_fen.entry(clinic::month_of(visit.on)).or_default();
    *month = month.plus(added.deductible);
    let paid = after.special_paid_fen.entry(visit.disease.clone()).or_default();
    *paid = paid.plus(added.paid);
    after.pool_paid_fen = after.pool_paid_fen.plus(added.paid);
    out.year_to_date = after;
    Ok(out)
}

fn second_pay(desk: &mut Desk<'_>, case: &Case, visit: &SecondPay) -> Result<Settlement, Refusal> {
    let year = &case.year_to_date;
    let own = visit.own_in_scope_fen;
    let mut out = Settlement { medfee_sumamt: own, inscp_scp_amt: own, ..Settlement::default() };
    let catastrophic = layers::catastrophic(desk, &mut out, case.scheme, own, year)?;
    let catastrophic = layers::total_cap(desk, &mut out, year, catastrophic);
    let base = own.above(catastrophic);
    let aid = layers::aid(desk, &mut out, case.person.aid, base, year)?;
    out.year_to_date = YearToDate {
        own_in_scope_fen: year.own_in_scope_fen.plus(own),
        catastrophic_paid_fen: year.catastrophic_paid_fen.plus(catastrophic),
        ..aided(year, case.person.aid, base, aid)
    };
    Ok(out)
}

fn answer<'a>(book: &'a RuleBook, case: &Case, known: Run<'a>, ends: Option<(Run<'a>, Run<'a>)>) -> Answer {
    let asked = asked(&case.visit);
    let mut diagnostics = Vec::new();
    notes_on_case(book, case, &asked, &mut diagnostics);
    let open = open_reading(book, case, &known);
    let reading_matters = open.is_some();
    diagnostics.extend(open);
    notes_on_rules(book, &known.desk, &mut diagnostics);
    let (reading, shown, range) = match ends {
        None => (Reading::Exact, known, None),
        Some((least, most)) => between(known, least, most, &mut diagnostics),
    };
    let mut certainty = shown.desk.certainty;
    if range.is_none() && certainty == Certainty::Unknown {
        // What was missing turned out not to matter.
        certainty = shown.desk.applied.iter().map(|r| book.certainty(r, asked.day)).max().unwrap_or(Certainty::Certain);
    }
    if reading_matters || book.region.caution_zh.is_some() {
        certainty = certainty.max(Certainty::Uncertain);
    }
    let mut answer = Answer {
        pack: PackRef {
            id: book.header.id.clone(),
            digest: book.digest.to_string(),
            edition: book.header.edition.clone(),
        },
        region: book.region.admdvs.clone(),
        rule_date: asked.day,
        certainty,
        reading,
        settlement: shown.out,
        range,
        diagnostics,
        cites: Vec::new(),
        away: away(book, query(case, &asked), asked.place, asked.day),
        mismatches: Vec::new(),
    };
    if let Some(official) = split_of(&case.visit).and_then(|s| s.official) {
        answer.mismatches = slip::mismatches(&official, &answer.settlement);
    }
    answer.cites = cites(book, &answer);
    answer
}

/// Chooses what to show when something was missing, and drops a range whose ends agree.
fn between<'a>(
    known: Run<'a>,
    least: Run<'a>,
    most: Run<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Reading, Run<'a>, Option<Range>) {
    let agree = least.out.psn_part_amt == most.out.psn_part_amt && least.out.allowance == most.out.allowance;
    if agree && !known.desk.blocked {
        return (Reading::Exact, known, None);
    }
    let runs = [&known, &least, &most];
    let mut gaps: Vec<(Option<Slot>, Gap)> = runs.iter().flat_map(|r| r.desk.gaps.iter().copied()).collect();
    gaps.sort_unstable();
    gaps.dedup();
    diagnostics.extend(gaps.into_iter().map(|(slot, gap)| gap_note(slot, gap)));
    let range = Range { least: least.out.clone(), most: most.out.clone() };
    if known.desk.blocked { (Reading::WorstCase, most, Some(range)) } else { (Reading::KnownRules, known, Some(range)) }
}

fn note(code: DiagnosticCode, severity: Severity, slot: Option<Slot>, fen: Option<Fen>) -> Diagnostic {
    Diagnostic { code, severity, slot, fen, message: None }
}

fn gap_note(slot: Option<Slot>, gap: Gap) -> Diagnostic {
    match gap {
        Gap::Unknown => note(DiagnosticCode::FigureUnknown, Severity::Warning, slot, None),
        Gap::Bounded => note(DiagnosticCode::FigureBounded, Severity::Caution, slot, None),
        Gap::NotInForce => note(DiagnosticCode::NotInForceYet, Severity::Warning, slot, None),
        Gap::SplitAssumed => note(DiagnosticCode::SplitAssumed, Severity::Caution, None, None),
        Gap::CoverOpen => note(DiagnosticCode::CoverNotInForce, Severity::Warning, None, None),
    }
}

fn notes_on_case(book: &RuleBook, case: &Case, asked: &Asked, notes: &mut Vec<Diagnostic>) {
    if book.region.caution_zh.is_some() {
        notes.push(note(DiagnosticCode::RegionCaution, Severity::Warning, None, None));
    }
    if asked.place.area == Area::OutOfProvince {
        notes.push(note(DiagnosticCode::OtherCatalogue, Severity::Caution, None, None));
    }
    if let Some(difference) = split_of(&case.visit).and_then(slip::out_of_balance) {
        notes.push(note(DiagnosticCode::SlipOutOfBalance, Severity::Warning, None, Some(difference)));
    }
    if let Visit::Inpatient(Stay { admitted: Some(admitted), discharged, .. }) = &case.visit {
        if admitted.year() != discharged.year() {
            notes.push(note(DiagnosticCode::MayBeSplit, Severity::Info, None, None));
        }
    }
}

fn split_of(visit: &Visit) -> Option<&super::Split> {
    let bill = match visit {
        Visit::Inpatient(s) | Visit::DaySurgery(s) => &s.bill,
        Visit::Outpatient(c) | Visit::SpecialDrug(c) => &c.bill,
        Visit::SpecialOutpatient(s) => &s.bill,
        Visit::Maternity(_) | Visit::SecondPay(_) => return None,
    };
    match bill {
        Bill::Split(split) => Some(split),
        _ => None,
    }
}

/// Where a source leaves a reading open and the readings differ, the difference in what the funds pay.
fn open_reading(book: &RuleBook, case: &Case, known: &Run<'_>) -> Option<Diagnostic> {
    if !known.desk.open_reading || known.desk.blocked {
        return None;
    }
    let other = run(book, case, End::Known, true).ok()?;
    let (a, b) = (known.out.fund_pay_sumamt, other.out.fund_pay_sumamt);
    let difference = a.above(b).plus(b.above(a));
    (!difference.is_zero())
        .then(|| note(DiagnosticCode::OpenReading, Severity::Caution, Some(Slot::PoolCap), Some(difference)))
}

fn notes_on_rules(book: &RuleBook, desk: &Desk<'_>, notes: &mut Vec<Diagnostic>) {
    let any = |test: &dyn Fn(&Rule) -> bool| desk.applied.iter().find(|r| test(r)).map(|r| r.slot);
    let seen = |r: &Rule| book.cite(r).map(|c| c.seen);
    if let Some(slot) = any(&|r| r.basis == Basis::Assumed) {
        notes.push(note(DiagnosticCode::FigureAssumed, Severity::Caution, Some(slot), None));
    }
    if let Some(slot) = any(&|r| r.from.is_none() && seen(r).is_some_and(|s| desk.day < s)) {
        notes.push(note(DiagnosticCode::BeforeSource, Severity::Caution, Some(slot), None));
    }
    let old = |r: &Rule| seen(r).is_some_and(|s| s.days_until(desk.day) > SOURCE_OLD_DAYS);
    if let Some(slot) = any(&|r| r.to.is_none() && old(r)) {
        notes.push(note(DiagnosticCode::SourceOld, Severity::Caution, Some(slot), None));
    }
    for slot in &desk.caps_reached {
        notes.push(note(DiagnosticCode::CapReached, Severity::Info, Some(*slot), None));
    }
    for slot in &desk.unknown_beside {
        notes.push(note(DiagnosticCode::FigureUnknown, Severity::Warning, Some(*slot), None));
    }
}

/// The sources that the answer's steps name, each once.
fn cites(book: &RuleBook, answer: &Answer) -> Vec<CiteOut> {
    let ends = answer.range.iter().flat_map(|r| [&r.least, &r.most]);
    let steps = std::iter::once(&answer.settlement).chain(ends).flat_map(|s| &s.steps);
    let mut keys: Vec<&str> = steps.flat_map(|s| s.params.iter().map(|p| p.cite.as_str())).collect();
    if let Some(away) = &answer.away {
        let facts = [&away.direct_settlement, &away.filing_required, &away.filing_before_discharge, &away.claim_years];
        keys.extend(facts.iter().filter_map(|f| f.param.as_ref()).map(|p| p.cite.as_str()));
    }
    keys.sort_unstable();
    keys.dedup();
    let of = |key: &str| book.cites.iter().find(|c| c.key == key);
    keys.into_iter().filter_map(of).map(|c| CiteOut { kind: c.kind(), cite: c.clone() }).collect()
}
