//! One calculation from bill to cash, at one end of what is unknown.

use super::answer::{Settlement, StepId};
use super::asked::Asked;
use super::bill;
use super::case::{Case, Cover, Visit, YearToDate};
use super::close::close;
use super::desk::{Desk, End, Gap};
use super::maternity;
use super::visits::{DAY_SURGERY, INPATIENT, inpatient, outpatient, second_pay, special, special_drug};
use crate::error::Refusal;
use crate::rules::{Found, RuleBook, Slot};

/// Which ends a run takes: of the rules, and of a bill whose split is assumed.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    pub rules: End,
    pub split: End,
}

impl Ends {
    pub fn both(end: End) -> Ends {
        Ends { rules: end, split: end }
    }
}

pub(super) struct Run<'a> {
    pub desk: Desk<'a>,
    pub out: Settlement,
}

impl<'a> Run<'a> {
    /// A run that is about to be made.
    pub fn new(book: &'a RuleBook, case: &Case, asked: &Asked, ends: Ends, other_reading: bool) -> Run<'a> {
        let mut desk = Desk::new(book, asked, ends, case.options.trace);
        desk.other_reading = other_reading;
        Run { desk, out: Settlement::opened(&case.year_to_date) }
    }

    pub fn make(&mut self, case: &Case) -> Result<(), Refusal> {
        let Run { desk, out } = self;
        let covered = covered(desk, case.person.cover);
        match &case.visit {
            Visit::Inpatient(stay) => inpatient(desk, out, case, stay, &INPATIENT),
            Visit::DaySurgery(stay) => inpatient(desk, out, case, stay, &DAY_SURGERY),
            Visit::Outpatient(c) => outpatient(desk, out, case, c).map_err(|r| below(r, "visit.outpatient")),
            Visit::SpecialDrug(c) => special_drug(desk, out, case, c).map_err(|r| below(r, "visit.special_drug")),
            Visit::SpecialOutpatient(s) => {
                special(desk, out, case, s).map_err(|r| below(r, "visit.special_outpatient"))
            }
            Visit::Maternity(m) => maternity::allowance(desk, out, m, case.person.insured_months),
            Visit::SecondPay(s) => second_pay(desk, out, case, s),
        }?;
        if !covered {
            without_funds(desk, out, &case.year_to_date);
        }
        close(desk, out, &case.accounts, case.options.shared_accounts)?;
        out.steps = std::mem::take(&mut desk.steps);
        Ok(())
    }
}

pub(super) fn run<'a>(
    book: &'a RuleBook,
    case: &Case,
    asked: &Asked,
    ends: Ends,
    other_reading: bool,
) -> Result<Run<'a>, Refusal> {
    let mut run = Run::new(book, case, asked, ends, other_reading);
    run.make(case).map(|()| run)
}

/// Refusals of the bill are named from the visit down; those of rules already carry their path.
pub(super) fn below(refusal: Refusal, visit: &str) -> Refusal {
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
    *out = Settlement::opened(year);
    out.bill(&parts);
    desk.steps.retain(|s| s.id == StepId::InScope);
}
