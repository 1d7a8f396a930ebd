//! What a case must satisfy before anything is computed.

use super::bill::not_negative;
use super::case::{Case, Stay, Visit, YearToDate};
use crate::date::Day;
use crate::error::{Refusal, RefusalCode};
use crate::rules::{Area, Filing, Level, Place, RuleBook, Scheme};

/// Largest amount that a case may name: a hundred million yuan.
pub const AMOUNT_MAX: i64 = 10_000_000_000;

pub(super) fn check(book: &RuleBook, case: &Case) -> Result<(), Refusal> {
    if !book.region.schemes.contains(&case.scheme) {
        let known: Vec<&str> = book.region.schemes.iter().map(|s| crate::rules::Dim::word(*s)).collect();
        return Err(Refusal::new(RefusalCode::UnknownScheme, "scheme", known.join(", ")));
    }
    year_to_date(&case.year_to_date).map_err(|r| r.within("year_to_date"))?;
    not_negative(case.accounts.own_balance_fen, "own_balance_fen").map_err(|r| r.within("accounts"))?;
    not_negative(case.accounts.family_balance_fen, "family_balance_fen").map_err(|r| r.within("accounts"))?;
    visit(book, case).map_err(|r| r.within("visit"))
}

fn visit(book: &RuleBook, case: &Case) -> Result<(), Refusal> {
    match &case.visit {
        Visit::Inpatient(s) => stay(book, s).map_err(|r| r.within("inpatient")),
        Visit::DaySurgery(s) => stay(book, s).map_err(|r| r.within("day_surgery")),
        Visit::Outpatient(c) => place_and_level(book, c.place, c.level).map_err(|r| r.within("outpatient")),
        Visit::SpecialDrug(c) => place_and_level(book, c.place, c.level).map_err(|r| r.within("special_drug")),
        Visit::SpecialOutpatient(s) => place_and_level(book, s.place, s.level)
            .and_then(|()| known_disease(book, &s.disease))
            .map_err(|r| r.within("special_outpatient")),
        Visit::Maternity(m) => {
            if case.scheme != Scheme::Employee {
                return Err(Refusal::new(RefusalCode::NotForScheme, "maternity", "scheme = employee"));
            }
            not_negative(m.employer_monthly_wage_fen, "employer_monthly_wage_fen")
                .and_then(|()| in_range(u32::from(m.children), 1, 9, "children"))
                .map_err(|r| r.within("maternity"))
        }
        Visit::SecondPay(s) => place(s.place)
            .and_then(|()| not_negative(s.own_in_scope_fen, "own_in_scope_fen"))
            .map_err(|r| r.within("second_pay")),
    }
}

fn stay(book: &RuleBook, stay: &Stay) -> Result<(), Refusal> {
    place_and_level(book, stay.place, stay.level)?;
    if stay.admitted.is_some_and(|admitted| admitted > stay.discharged) {
        return Err(Refusal::new(RefusalCode::DatesOutOfOrder, "discharged", after(stay.admitted)));
    }
    if let Some(nth) = stay.nth {
        in_range(u32::from(nth), 1, 99, "nth")?;
    }
    match stay.transfer {
        Some(t) => not_negative(t.deductible_paid_fen, "deductible_paid_fen").map_err(|r| r.within("transfer")),
        None => Ok(()),
    }
}

fn after(day: Option<Day>) -> String {
    day.map_or_else(String::new, |d| format!("≥ {d}"))
}

fn place_and_level(book: &RuleBook, at: Place, level: Level) -> Result<(), Refusal> {
    if !book.region.levels.contains(&level) {
        let known: Vec<&str> = book.region.levels.iter().map(|l| crate::rules::Dim::word(*l)).collect();
        return Err(Refusal::new(RefusalCode::UnknownLevel, "level", known.join(", ")));
    }
    place(at)
}

/// At home there is nothing to file; away from home it is always one of the four footings.
fn place(place: Place) -> Result<(), Refusal> {
    let fits = (place.area == Area::Local) == (place.filing == Filing::NotNeeded);
    if fits {
        return Ok(());
    }
    let accepted =
        if place.area == Area::Local { "not_needed" } else { "long_term, referred, emergency, unregistered" };
    Err(Refusal::new(RefusalCode::PlaceAndFiling, "place.filing", accepted))
}

fn known_disease(book: &RuleBook, name: &str) -> Result<(), Refusal> {
    // A region whose list was not found answers "unknown"; one with a list takes only its names.
    if book.diseases.is_empty() || book.disease(name).is_some() {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::UnknownDisease, "disease", book.diseases.join(", ")))
}

fn in_range(value: u32, least: u32, most: u32, field: &str) -> Result<(), Refusal> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(Refusal::new(RefusalCode::OutOfRange, field, format!("{least}–{most}")))
    }
}

fn year_to_date(year: &YearToDate) -> Result<(), Refusal> {
    let amounts = [
        ("pool_paid_fen", year.pool_paid_fen),
        ("pool_base_fen", year.pool_base_fen),
        ("over_cap_paid_fen", year.over_cap_paid_fen),
        ("own_in_scope_fen", year.own_in_scope_fen),
        ("catastrophic_paid_fen", year.catastrophic_paid_fen),
        ("aid_paid_fen", year.aid_paid_fen),
        ("aid_base_fen", year.aid_base_fen),
        ("supplement_paid_fen", year.supplement_paid_fen),
        ("outpatient_paid_fen", year.outpatient_paid_fen),
        ("outpatient_sub_paid_fen", year.outpatient_sub_paid_fen),
        ("outpatient_deductible_fen", year.outpatient_deductible_fen),
        ("special_drug_paid_fen", year.special_drug_paid_fen),
    ];
    for (field, amount) in amounts {
        not_negative(amount, field)?;
        if amount.get() > AMOUNT_MAX {
            return Err(Refusal::new(RefusalCode::OutOfRange, field, format!("0–{AMOUNT_MAX}")));
        }
    }
    let by_key =
        [("special_paid_fen", &year.special_paid_fen), ("special_deductible_fen", &year.special_deductible_fen)];
    for (field, map) in by_key {
        for amount in map.values() {
            not_negative(*amount, field)?;
        }
    }
    Ok(())
}
