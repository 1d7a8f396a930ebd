//! The layers above the pool: 超限额, 补充, 大病, 医疗救助.

use super::answer::{Op, Quantity, Settlement, StepId, Term};
use super::case::YearToDate;
use super::desk::{Desk, End, Gap, Good, Pick, Unlimited, overflow, pay, share, whole};
use super::pool::AfterPool;
use super::scale::cumulative;
use crate::error::Refusal;
use crate::money::{Fen, Rate, Rounding};
use crate::rules::{AidClass, Amount, Band, Counts, Found, Fund, Origin, Rule, Scheme, Slot};

/// Books a layer's payment in the settlement field that its rule names.
fn book(out: &mut Settlement, fund: Fund, paid: Fen) {
    let field = match fund {
        Fund::Hifmi => &mut out.hifmi_pay,
        Fund::Hifob => &mut out.hifob_pay,
        Fund::Hifes => &mut out.hifes_pay,
        Fund::Cvlserv => &mut out.cvlserv_pay,
        Fund::Oth => &mut out.oth_pay,
    };
    *field = field.plus(paid);
}

fn usual_fund(scheme: Scheme) -> Fund {
    match scheme {
        Scheme::Resident => Fund::Hifmi,
        Scheme::Employee => Fund::Hifob,
    }
}

/// Holds `paid` to what is left of a yearly limit. A limit that was not found binds only at the end
/// that is worst for the person.
fn within_cap(desk: &mut Desk<'_>, slot: Slot, paid: Fen, before: Fen) -> Fen {
    match desk.money(slot, Good::High) {
        Pick::Known(cap, rule) => {
            let left = cap.above(before);
            if paid > left {
                desk.applies(rule);
                desk.caps_reached.push(slot);
            } else {
                desk.checked(rule);
            }
            paid.min(left)
        }
        Pick::Limit(cap, rule) => {
            let left = cap.above(before);
            if paid <= left {
                desk.below_floor(rule, cap);
                return paid;
            }
            desk.gap(slot, Gap::Bounded);
            if desk.end == End::Known {
                return paid;
            }
            desk.applies(rule);
            left
        }
        Pick::Expressly(Unlimited(rule)) => {
            desk.checked(rule);
            paid
        }
        Pick::Missing(gap) => {
            if !paid.is_zero() {
                desk.gap(slot, gap);
            }
            if desk.end == End::Most { Fen::ZERO } else { paid }
        }
    }
}

/// 超限额层: pays for costs that the pool's cap left. Returns what it paid.
pub(super) fn over_cap(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    scheme: Scheme,
    after: &AfterPool,
    year: &YearToDate,
) -> Result<Fen, Refusal> {
    if !after.over_cap_cost.is_positive() {
        return Ok(Fen::ZERO);
    }
    let slot = Slot::OverCapRatio;
    let (ratio, fund, unknown) = match desk.share(slot, Good::High) {
        Pick::Known(ratio, rule) => {
            desk.applies(rule);
            (ratio, rule.traits.fund, false)
        }
        Pick::Limit(ratio, rule) => {
            desk.applies(rule);
            desk.gap(slot, Gap::Bounded);
            (ratio, rule.traits.fund, true)
        }
        Pick::Expressly(_) => (Rate::ONE, None, false),
        Pick::Missing(gap) => {
            desk.gap(slot, gap);
            (if desk.end == End::Least { Rate::ONE } else { Rate::ZERO }, None, true)
        }
    };
    let full = after.over_cap_cost.scaled(ratio, Rounding::HalfUp).ok_or_else(overflow)?;
    let paid = if full.is_zero() { full } else { within_cap(desk, Slot::OverCapCap, full, year.over_cap_paid_fen) };
    if desk.trace {
        let cost = Term::fen(Op::Start, Quantity::OverCapCost, whole(after.over_cap_cost)?);
        let terms = [cost, Term::rate(Op::Times, Quantity::Ratio, ratio)];
        desk.step_with(StepId::OverCapPay, paid, &terms, unknown.then_some(slot));
    }
    book(out, fund.unwrap_or_else(|| usual_fund(scheme)), paid);
    Ok(paid)
}

/// 补充医疗保险: a share of what the pool's ratio left of the costs in scope, where the area has it.
/// Where only a limit of the share is known, it is paid at the best end alone.
pub(super) fn supplement(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    left: Fen,
    year: &YearToDate,
) -> Result<Fen, Refusal> {
    let slot = Slot::SupplementRatio;
    let (ratio, rule) = match desk.share(slot, Good::High) {
        Pick::Known(ratio, rule) => (ratio, rule),
        Pick::Limit(ratio, rule) if !left.is_zero() => {
            desk.gap(slot, Gap::Bounded);
            if desk.end != End::Least {
                return Ok(Fen::ZERO);
            }
            (ratio, rule)
        }
        _ => return Ok(Fen::ZERO),
    };
    desk.applies(rule);
    let full = share(left, ratio)?;
    let paid = within_cap(desk, Slot::SupplementCap, full, year.supplement_paid_fen);
    desk.step(
        StepId::Supplement,
        paid,
        &[Term::fen(Op::Start, Quantity::OwnInScope, left), Term::rate(Op::Times, Quantity::Ratio, ratio)],
    );
    book(out, rule.traits.fund.unwrap_or(Fund::Hifes), paid);
    Ok(paid)
}

/// 大病保险: the year's cumulative amount, less what the year has already been paid.
pub(super) fn catastrophic(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    scheme: Scheme,
    own: Fen,
    year: &YearToDate,
) -> Result<Fen, Refusal> {
    let total = year.own_in_scope_fen.plus(own);
    if own.is_zero() {
        return Ok(Fen::ZERO);
    }
    let Some(Threshold { fen: threshold, unknown: unknown_threshold, rule }) = threshold(desk) else {
        let terms = so_far(own, year);
        desk.step_with(StepId::Catastrophic, Fen::ZERO, &terms, Some(Slot::CatastrophicDeductible));
        return Ok(Fen::ZERO);
    };
    if total <= threshold {
        let [before, now] = so_far(own, year);
        desk.step(
            StepId::Catastrophic,
            Fen::ZERO,
            &[before, now, Term::fen(Op::Minus, Quantity::Threshold, threshold)],
        );
        return Ok(Fen::ZERO);
    }
    if let Some(rule) = rule {
        desk.promote(rule);
    }
    let bands = desk.find(Slot::CatastrophicBands).known();
    let full = match bands {
        Some(rule) => {
            desk.applies(rule);
            by_bands(desk, rule, threshold, total)?
        }
        None => unknown_bands(desk, total.above(threshold).min(own), year),
    };
    let cum = if full.is_zero() { full } else { within_cap(desk, Slot::CatastrophicCap, full, Fen::ZERO) };
    let paid = cum.above(year.catastrophic_paid_fen).min(own);
    let fund = bands.and_then(|rule| rule.traits.fund);
    let unknown =
        desk.gaps.iter().find(|(s, _)| matches!(s, Some(Slot::CatastrophicBands | Slot::CatastrophicDeductible)));
    let unknown = unknown.and_then(|(s, _)| *s).filter(|_| unknown_threshold || fund.is_none());
    desk.step_with(
        StepId::Catastrophic,
        paid,
        &[
            Term::fen(Op::Start, Quantity::OwnInScopeBefore, year.own_in_scope_fen),
            Term::fen(Op::Plus, Quantity::OwnInScope, own),
            Term::fen(Op::Minus, Quantity::Threshold, threshold),
            Term::fen(Op::Minus, Quantity::PaidBefore, year.catastrophic_paid_fen),
        ],
        unknown,
    );
    book(out, fund.unwrap_or_else(|| usual_fund(scheme)), paid);
    Ok(paid)
}

/// What the year and this visit count toward the threshold.
fn so_far(own: Fen, year: &YearToDate) -> [Term; 2] {
    [
        Term::fen(Op::Start, Quantity::OwnInScopeBefore, year.own_in_scope_fen),
        Term::fen(Op::Plus, Quantity::OwnInScope, own),
    ]
}

/// From where the catastrophic layer pays.
struct Threshold<'a> {
    fen: Fen,
    /// Only a limit of it is known.
    unknown: bool,
    /// The rule that says so, where it takes effect only once the threshold is passed.
    rule: Option<&'a Rule>,
}

/// The year's threshold at this run's end. `None` where nothing is known of it and this run takes it
/// not to be reached.
fn threshold<'a>(desk: &mut Desk<'a>) -> Option<Threshold<'a>> {
    let slot = Slot::CatastrophicDeductible;
    match desk.money(slot, Good::Low) {
        Pick::Known(fen, rule) => {
            desk.checked(rule);
            Some(Threshold { fen, unknown: false, rule: Some(rule) })
        }
        Pick::Limit(fen, rule) => {
            desk.applies(rule);
            desk.gap(slot, Gap::Bounded);
            Some(Threshold { fen, unknown: true, rule: None })
        }
        Pick::Expressly(Unlimited(rule)) => Some(Threshold { fen: Fen::ZERO, unknown: false, rule: Some(rule) }),
        Pick::Missing(gap) => {
            // A scale whose first band begins above zero carries its own threshold.
            if let Some(first) = desk.find(Slot::CatastrophicBands).known().and_then(first_band) {
                return Some(Threshold { fen: first.over, unknown: false, rule: None });
            }
            desk.gap(slot, gap);
            (desk.end == End::Least).then_some(Threshold { fen: Fen::ZERO, unknown: true, rule: None })
        }
    }
}

fn first_band(rule: &Rule) -> Option<Band> {
    match &rule.amount {
        Amount::Bands(bands) => bands.first().copied().filter(|b| !b.over.is_zero()),
        _ => None,
    }
}

fn by_bands(desk: &Desk<'_>, rule: &Rule, threshold: Fen, total: Fen) -> Result<Fen, Refusal> {
    let Amount::Bands(bands) = &rule.amount else { return Ok(Fen::ZERO) };
    let origin = rule.traits.origin.unwrap_or(Origin::Total);
    let open = rule.traits.open_reading && desk.other_reading;
    let origin = if open { other(origin) } else { origin };
    pay(match origin {
        // The part up to the threshold is never paid, wherever the first band says it begins.
        Origin::Total => cumulative(bands, total) - cumulative(bands, threshold.min(total)),
        Origin::AboveThreshold => cumulative(bands, total.above(threshold)),
    })
}

fn other(origin: Origin) -> Origin {
    match origin {
        Origin::Total => Origin::AboveThreshold,
        Origin::AboveThreshold => Origin::Total,
    }
}

/// Ratios that were not found: all of the part above the threshold at the best end, nothing otherwise.
fn unknown_bands(desk: &mut Desk<'_>, above: Fen, year: &YearToDate) -> Fen {
    let slot = Slot::CatastrophicBands;
    let gap = if matches!(desk.find(slot), Found::NotInForce { .. }) { Gap::NotInForce } else { Gap::Unknown };
    desk.gap(slot, gap);
    let limit = |rule: Option<&Rule>| match rule.map(|r| &r.amount) {
        Some(Amount::Bands(bands)) => bands.first().map(|b| b.ratio),
        _ => None,
    };
    let (least, most) = desk.book.bounds(slot, desk.query, desk.disease, desk.day);
    let ratio = match desk.end {
        End::Least => limit(most).unwrap_or(Rate::ONE),
        End::Most => limit(least).unwrap_or(Rate::ZERO),
        End::Known => Rate::ZERO,
    };
    let paid = share(above, ratio).unwrap_or_default();
    year.catastrophic_paid_fen.plus(paid)
}

/// Which parts of the person's burden the catastrophic layer counts.
pub(super) fn counts(desk: &Desk<'_>) -> Counts {
    let rule = desk.find(Slot::CatastrophicDeductible).known();
    rule.and_then(|r| r.traits.counts).unwrap_or_default()
}

/// 医疗救助 of what the layers before left within the policy's range.
pub(super) fn aid(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    class: AidClass,
    base: Fen,
    year: &YearToDate,
) -> Result<Fen, Refusal> {
    if class == AidClass::None || base.is_zero() {
        return Ok(Fen::ZERO);
    }
    desk.step(StepId::AidBase, base, &[Term::fen(Op::Start, Quantity::AidBase, base)]);
    let eligible = aid_eligible(desk, base, year);
    let slot = Slot::AidRatio;
    let (ratio, unknown) = match desk.share(slot, Good::High) {
        Pick::Known(ratio, rule) => {
            desk.applies(rule);
            (ratio, false)
        }
        Pick::Limit(ratio, rule) => {
            desk.applies(rule);
            desk.gap(slot, Gap::Bounded);
            (ratio, true)
        }
        Pick::Expressly(_) => (Rate::ONE, false),
        Pick::Missing(gap) => {
            desk.gap(slot, gap);
            (if desk.end == End::Least { Rate::ONE } else { Rate::ZERO }, true)
        }
    };
    let full = share(eligible, ratio)?;
    let paid = if full.is_zero() { full } else { within_cap(desk, Slot::AidCap, full, year.aid_paid_fen) };
    desk.step_with(
        StepId::Aid,
        paid,
        &[
            Term::fen(Op::Start, Quantity::AidBase, base),
            Term::fen(Op::Minus, Quantity::AidDeductible, base.above(eligible)),
            Term::rate(Op::Times, Quantity::Ratio, ratio),
        ],
        unknown.then_some(slot),
    );
    out.maf_pay = paid;
    Ok(paid)
}

/// What of `base` lies above the year's 救助起付标准.
fn aid_eligible(desk: &mut Desk<'_>, base: Fen, year: &YearToDate) -> Fen {
    let slot = Slot::AidDeductible;
    let threshold = match desk.money(slot, Good::Low) {
        Pick::Known(fen, rule) => {
            if fen.is_zero() {
                desk.checked(rule)
            } else {
                desk.applies(rule)
            }
            fen
        }
        Pick::Limit(fen, rule) => {
            desk.applies(rule);
            desk.gap(slot, Gap::Bounded);
            fen
        }
        Pick::Expressly(_) => Fen::ZERO,
        Pick::Missing(gap) => {
            desk.gap(slot, gap);
            if desk.end == End::Most { Fen::MAX } else { Fen::ZERO }
        }
    };
    let before = year.aid_base_fen.above(threshold);
    year.aid_base_fen.plus(base).above(threshold).above(before).min(base)
}

/// A limit on all funds together: what is above it comes off the catastrophic payment.
pub(super) fn total_cap(desk: &mut Desk<'_>, out: &mut Settlement, year: &YearToDate, catastrophic: Fen) -> Fen {
    let Pick::Known(cap, rule) = desk.money(Slot::TotalCap, Good::High) else { return catastrophic };
    let before = [year.pool_paid_fen, year.over_cap_paid_fen, year.catastrophic_paid_fen];
    let now = [out.hifp_pay, out.hifmi_pay, out.hifob_pay, out.hifes_pay];
    let all = before.into_iter().chain(now).fold(Fen::ZERO, Fen::plus);
    let less = all.above(cap).min(catastrophic);
    if less.is_zero() {
        desk.checked(rule);
        desk.attach();
        return catastrophic;
    }
    desk.applies(rule);
    desk.caps_reached.push(Slot::TotalCap);
    let from = if out.hifmi_pay >= less { &mut out.hifmi_pay } else { &mut out.hifob_pay };
    *from = from.above(less);
    desk.step(
        StepId::TotalCap,
        catastrophic.above(less),
        &[Term::fen(Op::Start, Quantity::Catastrophic, catastrophic), Term::fen(Op::Minus, Quantity::CapLeft, less)],
    );
    catastrophic.above(less)
}
