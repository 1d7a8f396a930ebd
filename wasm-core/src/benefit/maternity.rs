//! 生育津贴 = employer's average monthly wage ÷ 30 × days, and what stands beside it.

use rust_decimal::Decimal;

use super::answer::{Op, Quantity, Settlement, StepId, Term};
use super::case::{Birth, Maternity};
use super::desk::{Desk, End, Gap, Good, Pick, pay};
use crate::error::Refusal;
use crate::money::Fen;
use crate::rules::{Amount, Found, Slot};

const FIELD: &str = "visit.maternity.on";

pub(super) fn allowance(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    ask: &Maternity,
    insured_months: Option<u16>,
) -> Result<(), Refusal> {
    let days = if waited(desk, insured_months) { days(desk, ask)? } else { 0 };
    let divisor = count(desk, Slot::MaternityDivisor, Good::Low)?.filter(|d| *d > 0);
    let exact = match divisor {
        Some(divisor) => ask.employer_monthly_wage_fen.to_decimal() * Decimal::from(days) / Decimal::from(divisor),
        None => Decimal::ZERO,
    };
    out.allowance = pay(exact)?;
    desk.step(
        StepId::MaternityAllowance,
        out.allowance,
        &[
            Term::fen(Op::Start, Quantity::Wage, ask.employer_monthly_wage_fen),
            Term::count(Op::Divide, Quantity::WageDivisor, divisor.unwrap_or(0)),
            Term::count(Op::Times, Quantity::Days, days),
        ],
    );
    beside(desk, StepId::PrenatalCare, Slot::PrenatalCare);
    beside(desk, StepId::Delivery, Slot::Delivery);
    Ok(())
}

/// Whether the waiting period is over, where the area has one. Nobody's months are guessed: unsaid,
/// they count as enough at the best end alone.
fn waited(desk: &mut Desk<'_>, insured_months: Option<u16>) -> bool {
    let slot = Slot::MaternityWait;
    let Found::Known(rule) = desk.find(slot) else { return true };
    let Amount::Count(wait) = rule.amount else { return true };
    if wait == 0 || insured_months.is_some_and(|months| u32::from(months) >= wait) {
        desk.checked(rule);
        return true;
    }
    desk.applies(rule);
    if insured_months.is_some() {
        return false;
    }
    desk.gap(slot, Gap::Unknown);
    desk.end == End::Least
}

fn days(desk: &mut Desk<'_>, ask: &Maternity) -> Result<u32, Refusal> {
    let slot = match ask.birth {
        Birth::Delivery => Slot::MaternityDays,
        Birth::MiscarriageUnderFourMonths => Slot::MaternityDaysMiscarriageEarly,
        Birth::MiscarriageFromFourMonths => Slot::MaternityDaysMiscarriageLate,
        Birth::MiscarriageFromSevenMonths => Slot::MaternityDaysMiscarriageSevenMonths,
    };
    let base = count(desk, slot, Good::High)?.unwrap_or(0);
    let mut terms = vec![Term::count(Op::Start, Quantity::Days, base)];
    let mut total = base;
    if ask.birth == Birth::Delivery {
        if ask.dystocia {
            total += added(desk, Slot::MaternityDaysDystocia, 1, &mut terms)?;
        }
        if ask.children > 1 {
            total += added(desk, Slot::MaternityDaysExtraChild, u32::from(ask.children) - 1, &mut terms)?;
        }
    }
    let shown = Fen::new(i64::from(total)).unwrap_or_default();
    desk.step(StepId::MaternityDays, shown, &terms);
    Ok(total)
}

fn added(desk: &mut Desk<'_>, slot: Slot, times: u32, terms: &mut Vec<Term>) -> Result<u32, Refusal> {
    let days = count(desk, slot, Good::High)?.unwrap_or(0).saturating_mul(times);
    terms.push(Term::count(Op::Plus, Quantity::ExtraDays, days));
    Ok(days)
}

/// A number of days or the like; `None` where it is unknown, which blocks the known-rules run.
fn count(desk: &mut Desk<'_>, slot: Slot, good: Good) -> Result<Option<u32>, Refusal> {
    let found = desk.find(slot);
    let rule = match found {
        Found::Known(rule) => rule,
        Found::Between { least, most } => {
            let low_end = (desk.end == End::Least) == (good == Good::Low);
            desk.gap(slot, Gap::Bounded);
            match if low_end { least } else { most }.or(least) {
                Some(rule) => rule,
                None => return Ok(None),
            }
        }
        _ => {
            desk.essential(slot, found, Gap::Unknown, FIELD)?;
            return Ok(None);
        }
    };
    desk.applies(rule);
    Ok(match rule.amount {
        Amount::Count(n) => Some(n),
        _ => None,
    })
}

/// 产前检查 and 生育医疗费 are paid beside the allowance; without a source they are unknown, not nothing.
fn beside(desk: &mut Desk<'_>, id: StepId, slot: Slot) {
    match desk.money(slot, Good::High) {
        Pick::Known(fen, rule) => {
            desk.applies(rule);
            desk.step(id, fen, &[]);
        }
        _ => {
            desk.unknown_beside.push(slot);
            desk.step_with(id, Fen::ZERO, &[], Some(slot));
        }
    }
}
