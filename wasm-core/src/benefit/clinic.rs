//! Outpatient care: 普通门诊统筹, 门诊特定病种, 特殊药品.

use super::answer::{Op, Quantity, Settlement, StepId, Term};
use super::case::{Special, YearToDate};
use super::desk::{Desk, End, Gap, Good, Pick, Unlimited, pay};
use crate::date::Day;
use crate::error::Refusal;
use crate::money::{Fen, Rate};
use crate::rules::{Amount, Found, Slot, WorkStatus};

/// The slots of one kind of outpatient benefit.
pub(super) struct Slots {
    pub ratio: Slot,
    pub deductible: Slot,
    pub cap: Slot,
}

pub(super) const OUTPATIENT: Slots =
    Slots { ratio: Slot::OutpatientRatio, deductible: Slot::OutpatientDeductible, cap: Slot::OutpatientCap };
pub(super) const SPECIAL: Slots =
    Slots { ratio: Slot::SpecialRatio, deductible: Slot::SpecialDeductible, cap: Slot::SpecialCap };
pub(super) const SPECIAL_DRUG: Slots =
    Slots { ratio: Slot::SpecialDrugRatio, deductible: Slot::SpecialDrugDeductible, cap: Slot::SpecialDrugCap };

/// What the period has already used up.
pub(super) struct Used {
    pub deductible: Fen,
    pub paid: Fen,
    pub sub_paid: Fen,
}

/// What one outpatient settlement adds to the year.
pub(super) struct Added {
    pub deductible: Fen,
    pub paid: Fen,
    /// What the ratio left, before any limit.
    pub left: Fen,
    /// Whether the payment fell under a limit within the limit.
    pub sub_limited: bool,
}

/// Pays one outpatient bill: deductible of the period, ratio, and the period's limits.
pub(super) fn pay_clinic(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    slots: &Slots,
    retired: bool,
    used: &Used,
    field: &str,
) -> Result<Added, Refusal> {
    let in_scope = out.inscp_scp_amt;
    let deductible = deductible(desk, slots.deductible, in_scope, used.deductible, field)?;
    out.act_pay_dedc = deductible;
    let base = in_scope.above(deductible);
    desk.step(
        StepId::PoolBase,
        base,
        &[Term::fen(Op::Start, Quantity::InScope, in_scope), Term::fen(Op::Minus, Quantity::Deductible, deductible)],
    );
    let (ratio, unknown) = ratio(desk, slots.ratio, retired, field)?;
    out.pool_prop_selfpay = ratio;
    let full = pay(base.to_decimal() * ratio.get())?;
    desk.step_with(
        StepId::PoolPay,
        full,
        &[Term::fen(Op::Start, Quantity::PoolBase, base), Term::rate(Op::Times, Quantity::Ratio, ratio)],
        unknown.then_some(slots.ratio),
    );
    let mut paid = limited(desk, slots.cap, full, used.paid);
    let mut sub_limited = false;
    if slots.cap == Slot::OutpatientCap && desk.find(Slot::OutpatientSubCap).known().is_some() {
        paid = limited(desk, Slot::OutpatientSubCap, paid, used.sub_paid);
        sub_limited = true;
    }
    out.hifp_pay = paid;
    Ok(Added { deductible, paid, left: base.above(full), sub_limited })
}

fn deductible(desk: &mut Desk<'_>, slot: Slot, in_scope: Fen, before: Fen, field: &str) -> Result<Fen, Refusal> {
    let found = desk.find(slot);
    let (standard, unknown) = match desk.money_found(found, slot, Good::Low) {
        Pick::Known(fen, rule) => {
            desk.applies(rule);
            (fen, false)
        }
        Pick::Limit(fen, rule) => {
            desk.applies(rule);
            desk.gap(slot, Gap::Bounded);
            (fen, true)
        }
        Pick::Expressly(Unlimited(rule)) => {
            desk.applies(rule);
            (Fen::ZERO, false)
        }
        Pick::Missing(gap) => {
            desk.essential(slot, found, gap, field)?;
            (if desk.end == End::Least { Fen::ZERO } else { Fen::MAX }, true)
        }
    };
    let paid = standard.above(before).min(in_scope);
    desk.step_with(
        StepId::Deductible,
        paid,
        &[
            Term::fen(Op::Start, Quantity::DeductibleStandard, standard.min(in_scope.plus(before))),
            Term::fen(Op::Minus, Quantity::DeductiblePaidBefore, before.min(standard)),
            Term::fen(Op::AtMost, Quantity::InScope, in_scope),
        ],
        unknown.then_some(slot),
    );
    Ok(paid)
}

/// The ratio; where retirees have no line of their own, the active one with their points added.
fn ratio(desk: &mut Desk<'_>, slot: Slot, retired: bool, field: &str) -> Result<(Rate, bool), Refusal> {
    let own = desk.find(slot);
    let plus = retired && slot == Slot::OutpatientRatio && !matches!(own, Found::Known(_));
    let found = if plus { desk.find_with(slot, WorkStatus::Active) } else { own };
    let (ratio, unknown) = desk.essential_share(found, slot, field)?;
    if !plus {
        return Ok((ratio, unknown));
    }
    match desk.share(Slot::OutpatientRetiredPlus, Good::High) {
        Pick::Known(points, rule) => {
            desk.applies(rule);
            Ok((Rate::new(ratio.get() + points.get()).clamp_share(), unknown))
        }
        _ => Ok((ratio, unknown)),
    }
}

/// Holds a payment to the period's limit; one that was not found binds only at the worst end.
fn limited(desk: &mut Desk<'_>, slot: Slot, full: Fen, before: Fen) -> Fen {
    let (cap, applies) = match desk.money(slot, Good::High) {
        Pick::Known(cap, rule) => (cap, Some(rule)),
        Pick::Limit(cap, rule) => {
            if full > cap.above(before) {
                desk.gap(slot, Gap::Bounded);
            }
            if desk.end == End::Known {
                return full;
            }
            (cap, Some(rule))
        }
        Pick::Expressly(Unlimited(rule)) => {
            desk.checked(rule);
            desk.attach();
            return full;
        }
        Pick::Missing(gap) => {
            if !full.is_zero() {
                desk.gap(slot, gap);
            }
            return if desk.end == End::Most { Fen::ZERO } else { full };
        }
    };
    let left = cap.above(before);
    if full <= left {
        if let Some(rule) = applies {
            desk.checked(rule);
        }
        desk.attach();
        return full;
    }
    if let Some(rule) = applies {
        desk.applies(rule);
    }
    desk.caps_reached.push(slot);
    desk.step(
        StepId::PoolCap,
        left,
        &[
            Term::fen(Op::Start, Quantity::PoolPay, full),
            Term::fen(Op::AtMost, Quantity::CapLeft, cap),
            Term::fen(Op::Minus, Quantity::PaidBefore, before),
        ],
    );
    left
}

/// `YYYY-MM` of a day: deductibles of special diseases run by calendar month.
pub(super) fn month_of(day: Day) -> String {
    day.to_string().chars().take(7).collect()
}

/// What the month and the year have used up for a disease. Of several diseases in a month only the
/// highest deductible is taken, so what one has paid counts for the next.
pub(super) fn used_by_disease(special: &Special, year: &YearToDate) -> Used {
    let month = month_of(special.on);
    Used {
        deductible: year.special_deductible_fen.get(&month).copied().unwrap_or_default(),
        paid: year.special_paid_fen.get(&special.disease).copied().unwrap_or_default(),
        sub_paid: Fen::ZERO,
    }
}

/// Whether outpatient payments use up the pool's annual cap; they do only where a rule says so.
pub(super) fn counts_to_cap(desk: &Desk<'_>) -> bool {
    desk.find(Slot::OutpatientCountsToCap).known().is_some_and(|r| r.amount == Amount::Flag(true))
}
