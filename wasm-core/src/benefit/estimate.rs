//! From a case to an answer: the runs that are needed, and what there is to say about them.

use super::answer::{Answer, CiteOut, Diagnostic, DiagnosticCode, Severity};
use super::asked::{Asked, asked};
use super::away::away;
use super::case::{Case, Cover};
use super::check::check;
use super::desk::End;
use super::ends::{between, ends_to_try};
use super::notes::{note, notes_on_case, notes_on_rules, split_of};
use super::run::{Ends, Run, run};
use super::slip;
use crate::error::Refusal;
use crate::rules::{Certainty, RuleBook, Slot};

/// Room for as many diagnostics as most answers have.
const DIAGNOSTICS_USUAL: usize = 4;

/// Estimates one case by one region's rules.
///
/// # Errors
/// A [`Refusal`] names the field and what is accepted: a level or disease that the region does not
/// have, amounts that do not fit together, a day before the rules begin.
pub fn estimate(book: &RuleBook, case: &Case) -> Result<Answer, Refusal> {
    check(book, case)?;
    let asked = asked(case);
    let mut known = Run::new(book, case, &asked, Ends::both(End::Known), false);
    known.make(case)?;
    if known.desk.gaps.is_empty() && !known.desk.blocked {
        return Ok(answer(book, case, &asked, known, Vec::new()));
    }
    let others =
        ends_to_try(&known).iter().map(|ends| run(book, case, &asked, *ends, false)).collect::<Result<_, _>>()?;
    Ok(answer(book, case, &asked, known, others))
}

fn answer<'a>(book: &'a RuleBook, case: &Case, asked: &Asked, mut shown: Run<'a>, others: Vec<Run<'a>>) -> Answer {
    let mut diagnostics = Vec::with_capacity(DIAGNOSTICS_USUAL);
    notes_on_case(book, case, asked, &mut diagnostics);
    let open = open_reading(book, case, asked, &shown);
    let reading_matters = open.is_some();
    diagnostics.extend(open);
    notes_on_rules(&shown.desk, &mut diagnostics);
    if case.person.cover == Cover::Waiting && !shown.desk.blocked {
        diagnostics.push(note(DiagnosticCode::CoverNotInForce, Severity::Warning, Some(Slot::WaitAfterLapse), None));
    }
    let (reading, range) = between(&mut shown, others, &mut diagnostics);
    let mut certainty = shown.desk.certainty;
    if range.is_none() && certainty == Certainty::Unknown {
        // What was missing turned out not to matter.
        certainty = shown.desk.relied.certainty();
    }
    if reading_matters || book.region.caution_zh.is_some() {
        certainty = certainty.max(Certainty::Uncertain);
    }
    let mut answer = Answer {
        pack: book.labels.pack.clone(),
        region: book.labels.admdvs.clone(),
        rule_date: asked.day,
        certainty,
        reading,
        settlement: shown.out,
        range,
        diagnostics,
        cites: Vec::new(),
        away: away(book, asked),
        mismatches: Vec::new(),
    };
    if let Some(official) = split_of(&case.visit).and_then(|s| s.official) {
        answer.mismatches = slip::mismatches(&official, &answer.settlement);
    }
    if case.options.trace || answer.away.is_some() {
        answer.cites = cites(book, &answer);
    }
    answer
}

/// Where a source leaves a reading open and the readings differ, the difference in what the funds pay.
fn open_reading(book: &RuleBook, case: &Case, asked: &Asked, known: &Run<'_>) -> Option<Diagnostic> {
    if !known.desk.open_reading || known.desk.blocked {
        return None;
    }
    let other = run(book, case, asked, Ends::both(End::Known), true).ok()?;
    let (a, b) = (known.out.fund_pay_sumamt, other.out.fund_pay_sumamt);
    let difference = a.above(b).plus(b.above(a));
    (!difference.is_zero())
        .then(|| note(DiagnosticCode::OpenReading, Severity::Caution, Some(Slot::PoolCap), Some(difference)))
}

/// The sources that the answer's steps name, each once.
fn cites(book: &RuleBook, answer: &Answer) -> Vec<CiteOut> {
    let ends = answer.range.iter().flat_map(|r| [&r.least, &r.most]);
    let steps = std::iter::once(&answer.settlement).chain(ends).flat_map(|s| &s.steps);
    let mut keys: Vec<&str> = steps.flat_map(|s| s.params.iter().map(|p| &*p.cite)).collect();
    if let Some(away) = &answer.away {
        let facts = [&away.direct_settlement, &away.filing_required, &away.filing_before_discharge, &away.claim_years];
        keys.extend(facts.iter().filter_map(|f| f.param.as_ref()).map(|p| &*p.cite));
    }
    keys.sort_unstable();
    keys.dedup();
    let of = |key: &str| book.cites.iter().find(|c| &*c.key == key);
    keys.into_iter().filter_map(of).map(|c| CiteOut { kind: c.kind(), cite: c.clone() }).collect()
}
