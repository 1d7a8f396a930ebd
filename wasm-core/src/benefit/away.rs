//! How treatment away from home is settled.

use super::answer::{Away, AwayFact, Role};
use super::asked::Asked;
use super::desk::cited;
use crate::date::Day;
use crate::rules::{Amount, Area, Certainty, Found, Query, RuleBook, Slot};

/// National service line of medical insurance.
const SERVICE_LINE: &str = "12393";

pub(super) fn away(book: &RuleBook, asked: &Asked) -> Option<Away> {
    if asked.place.area == Area::Local {
        return None;
    }
    let fact = |slot| fact(book, asked.query, slot, asked.day);
    Some(Away {
        direct_settlement: fact(Slot::DirectSettlement),
        filing_required: fact(Slot::FilingRequired),
        filing_before_discharge: fact(Slot::FilingBeforeDischarge),
        claim_years: fact(Slot::ClaimYears),
        papers: None,
        channel: SERVICE_LINE.to_owned(),
    })
}

fn fact(book: &RuleBook, query: Query, slot: Slot, day: Day) -> AwayFact {
    let Found::Known(rule) = book.find(slot, query, None, day) else {
        return AwayFact { yes: None, count: None, param: None, certainty: Certainty::Unknown };
    };
    let (yes, count) = match rule.amount {
        Amount::Flag(yes) => (Some(yes), None),
        Amount::Count(n) => (None, Some(n)),
        _ => (None, None),
    };
    AwayFact { yes, count, param: Some(cited(book, rule, Role::Applied)), certainty: book.certainty(rule, day) }
}
