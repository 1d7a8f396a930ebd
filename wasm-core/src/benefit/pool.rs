//! 统筹: the deductible, the pool's payment and its annual cap.

use super::answer::{Op, Quantity, Settlement, StepId, Term};
use super::bill::Parts;
use super::case::{Stay, YearToDate};
use super::desk::{Desk, End, Formula, Gap, Good, Pick, Unlimited, share, whole};
use super::scale::Scale;
use crate::error::Refusal;
use crate::money::{Exact, Fen, Rate, Rounding};
use crate::rules::{Amount, Axis, Band, CapBasis, Found, Nth, Rule, Slot};

/// What is left after the pool has paid.
pub(super) struct AfterPool {
    /// Costs that the cap left unpaid.
    pub over_cap_cost: Exact,
    /// Costs that lost their compliance, because treatment was not registered as it should be.
    pub struck_out: Fen,
    pub cap_reached: bool,
}

/// 实际支付起付线.
pub(super) fn deductible(
    desk: &mut Desk<'_>,
    stay: &Stay,
    day_surgery: bool,
    parts: &Parts,
    year: &YearToDate,
    field: &str,
) -> Result<Fen, Refusal> {
    let nth = stay.nth.unwrap_or_else(|| year.admissions.saturating_add(1));
    let mut terms = desk.formula();
    let standard = match standard(desk, nth, &mut terms, field)? {
        Some(standard) => standard,
        // Unknown: nothing at one end, all of the cost at the other.
        None if desk.end == End::Least => Fen::ZERO,
        None => parts.in_scope,
    };
    let standard = repeated(desk, stay, standard, &mut terms);
    let standard = if day_surgery { reduced(desk, standard, &mut terms) } else { standard };
    let standard = after_transfer(desk, stay, standard, &mut terms);
    let paid = standard.min(parts.in_scope);
    terms.push(Term::fen(Op::AtMost, Quantity::InScope, parts.in_scope));
    let unknown = desk.gaps.iter().any(|(s, _)| *s == Some(Slot::InpatientDeductible));
    desk.step_with(StepId::Deductible, paid, terms.terms(), unknown.then_some(Slot::InpatientDeductible));
    Ok(paid)
}

/// The standard for the nth admission; `None` where it is unknown.
fn standard(desk: &mut Desk<'_>, nth: u8, terms: &mut Formula, field: &str) -> Result<Option<Fen>, Refusal> {
    let slot = Slot::InpatientDeductible;
    let later = if nth > 1 { desk.find_with(slot, Nth::Later) } else { desk.find(slot) };
    // Without a table of its own, a later admission takes a factor of the first one's.
    let by_factor = nth > 1 && later.known().is_none();
    let found = if by_factor { desk.find(slot) } else { later };
    let standard = match desk.money_found(found, slot, Good::Low) {
        Pick::Known(fen, rule) => {
            desk.applies(rule);
            fen
        }
        Pick::Limit(fen, rule) => {
            desk.applies(rule);
            desk.gap(slot, Gap::Bounded);
            fen
        }
        Pick::Expressly(Unlimited(rule)) => {
            desk.applies(rule);
            Fen::ZERO
        }
        Pick::Missing(gap) => {
            desk.essential(slot, found, gap, field)?;
            return Ok(None);
        }
    };
    terms.push(Term::fen(Op::Start, Quantity::DeductibleStandard, standard));
    if by_factor {
        return Ok(Some(factored(desk, standard, terms)));
    }
    Ok(Some(stepped_down(desk, standard, nth, terms)))
}

fn factored(desk: &mut Desk<'_>, standard: Fen, terms: &mut Formula) -> Fen {
    match desk.share_of(desk.find_with(Slot::DeductibleLaterFactor, Nth::Later), Slot::DeductibleLaterFactor, Good::Low)
    {
        Pick::Known(factor, rule) | Pick::Limit(factor, rule) => {
            desk.applies(rule);
            terms.push(Term::rate(Op::Times, Quantity::LaterFactor, factor));
            standard.scaled(factor, Rounding::HalfUp).unwrap_or(standard)
        }
        Pick::Expressly(_) => standard,
        Pick::Missing(gap) => {
            desk.gap(Slot::DeductibleLaterFactor, gap);
            if desk.end == End::Least { Fen::ZERO } else { standard }
        }
    }
}

/// Some areas take a fixed amount off with each admission, down to a floor.
fn stepped_down(desk: &mut Desk<'_>, standard: Fen, nth: u8, terms: &mut Formula) -> Fen {
    if nth < 2 {
        return standard;
    }
    let Pick::Known(step, rule) = desk.money(Slot::DeductibleStep, Good::High) else { return standard };
    desk.applies(rule);
    let down = step.get().saturating_mul(i64::from(nth) - 1);
    let down = Fen::new(down).unwrap_or(Fen::MAX).min(standard);
    terms.push(Term::fen(Op::Minus, Quantity::StepDown, down));
    let lowest = match desk.money(Slot::DeductibleFloor, Good::Low) {
        Pick::Known(floor, rule) => {
            desk.checked(rule);
            floor.min(standard)
        }
        _ => Fen::ZERO,
    };
    standard.above(down).max(lowest)
}

/// A long stay pays again for every further so many days.
fn repeated(desk: &mut Desk<'_>, stay: &Stay, standard: Fen, terms: &mut Formula) -> Fen {
    let Found::Known(rule) = desk.find(Slot::DeductibleEveryDays) else { return standard };
    let (Amount::Count(every), Some(admitted)) = (&rule.amount, stay.admitted) else { return standard };
    let days = u32::try_from(admitted.days_until(stay.discharged)).unwrap_or(0);
    let again = days.saturating_sub(1).checked_div(*every).unwrap_or(0);
    if again == 0 {
        desk.checked(rule);
        return standard;
    }
    desk.applies(rule);
    terms.push(Term::count(Op::Times, Quantity::Repeats, again + 1));
    standard.get().checked_mul(i64::from(again) + 1).and_then(Fen::new).unwrap_or(Fen::MAX)
}

fn reduced(desk: &mut Desk<'_>, standard: Fen, terms: &mut Formula) -> Fen {
    match desk.money(Slot::DaySurgeryReduction, Good::High) {
        Pick::Known(less, rule) => {
            desk.applies(rule);
            terms.push(Term::fen(Op::Minus, Quantity::DaySurgeryReduction, less.min(standard)));
            standard.above(less)
        }
        _ => standard,
    }
}

fn after_transfer(desk: &mut Desk<'_>, stay: &Stay, standard: Fen, terms: &mut Formula) -> Fen {
    let Some(transfer) = stay.transfer else { return standard };
    let credit = transfer.deductible_paid_fen.min(standard);
    let counts = match desk.find(Slot::DeductibleTransfer) {
        Found::Known(rule) => {
            desk.applies(rule);
            rule.amount == Amount::Flag(true)
        }
        _ => {
            desk.gap(Slot::DeductibleTransfer, Gap::Unknown);
            desk.end == End::Least
        }
    };
    if !counts {
        return standard;
    }
    terms.push(Term::fen(Op::Minus, Quantity::DeductiblePaidBefore, credit));
    standard.above(credit)
}

/// How the pool pays: ratio, bands and what is taken off away from home.
struct Terms<'a> {
    ratio: Rate,
    bands: &'a [Band],
    axis: Axis,
    minus: Rate,
    times: Option<(Rate, &'a Rule)>,
    unknown: bool,
}

/// 统筹支付, with the cap applied.
pub(super) fn pay_pool(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    base: Fen,
    year: &YearToDate,
    field: &str,
) -> Result<AfterPool, Refusal> {
    desk.step(
        StepId::PoolBase,
        base,
        &[
            Term::fen(Op::Start, Quantity::InScope, out.inscp_scp_amt),
            Term::fen(Op::Minus, Quantity::Deductible, out.act_pay_dedc),
        ],
    );
    let terms = terms(desk, field)?;
    let scale = Scale {
        base: terms.ratio,
        bands: terms.bands,
        axis: terms.axis,
        minus: terms.minus,
        times: terms.times.map(|(times, _)| times),
        start: start_of(terms.axis, year),
    };
    out.pool_prop_selfpay = Rate::new(scale.effective(terms.ratio).round_dp(4).normalize());
    let at_home = Scale { times: None, ..scale };
    let regular = at_home.pay(base)?;
    pay_step(desk, base, regular, &terms);
    let uncapped = reduced_away(desk, regular, terms.times)?;
    let struck_out = regular.above(uncapped);
    let after = capped(desk, out, &scale, base, uncapped, year)?;
    Ok(AfterPool { struck_out, ..after })
}

fn start_of(axis: Axis, year: &YearToDate) -> Fen {
    match axis {
        Axis::Admission => Fen::ZERO,
        Axis::YearCost => year.pool_base_fen,
        Axis::YearFund => year.pool_paid_fen,
    }
}

fn terms<'a>(desk: &mut Desk<'a>, field: &str) -> Result<Terms<'a>, Refusal> {
    let slot = Slot::InpatientRatio;
    let found = desk.find(slot);
    let (ratio, unknown) = desk.essential_share(found, slot, field)?;
    let (bands, axis) = match desk.find(Slot::InpatientBands).known() {
        Some(rule) => bands_of(desk, rule),
        None => ([].as_slice(), Axis::Admission),
    };
    let minus = points_off(desk);
    let times = match desk.find(Slot::PlaceTimes).known().map(|r| (&r.amount, r)) {
        Some((Amount::Share(times), rule)) => Some((*times, rule)),
        _ => None,
    };
    Ok(Terms { ratio, bands, axis, minus, times, unknown })
}

fn bands_of<'a>(desk: &mut Desk<'a>, rule: &'a Rule) -> (&'a [Band], Axis) {
    match &rule.amount {
        Amount::Bands(bands) => {
            desk.applies(rule);
            (bands.as_slice(), rule.traits.axis.unwrap_or(Axis::Admission))
        }
        _ => ([].as_slice(), Axis::Admission),
    }
}

/// Percentage points taken off away from home; an area without such a rule takes none.
fn points_off(desk: &mut Desk<'_>) -> Rate {
    let slot = Slot::PlaceMinus;
    match desk.share(slot, Good::Low) {
        Pick::Known(points, rule) => {
            desk.applies(rule);
            points
        }
        Pick::Limit(points, rule) => {
            desk.applies(rule);
            desk.gap(slot, Gap::Bounded);
            points
        }
        Pick::Missing(Gap::Bounded) => {
            desk.gap(slot, Gap::Bounded);
            Rate::ZERO
        }
        Pick::Expressly(_) | Pick::Missing(_) => Rate::ZERO,
    }
}

/// What is left of the regular payment away from home. Taken from the rounded payment, so that a
/// fen more of cost can never bring two fen from the funds.
fn reduced_away<'a>(desk: &mut Desk<'a>, regular: Fen, times: Option<(Rate, &'a Rule)>) -> Result<Fen, Refusal> {
    let Some((times, rule)) = times else { return Ok(regular) };
    desk.applies(rule);
    let paid = share(regular, times)?;
    desk.step(
        StepId::PlaceAdjust,
        paid,
        &[Term::fen(Op::Start, Quantity::PoolPay, regular), Term::rate(Op::Times, Quantity::PlaceTimes, times)],
    );
    Ok(paid)
}

fn pay_step(desk: &mut Desk<'_>, base: Fen, paid: Fen, how: &Terms<'_>) {
    if !desk.trace {
        return;
    }
    let mut terms =
        vec![Term::fen(Op::Start, Quantity::PoolBase, base), Term::rate(Op::Times, Quantity::Ratio, how.ratio)];
    if !how.minus.is_zero() {
        terms.push(Term::rate(Op::Minus, Quantity::PlaceMinus, how.minus));
    }
    for band in how.bands {
        terms.push(Term {
            op: Op::Plus,
            what: Quantity::BandPart,
            fen: Some(band.over),
            rate: Some(band.ratio),
            count: None,
        });
    }
    desk.step_with(StepId::PoolPay, paid, &terms, how.unknown.then_some(Slot::InpatientRatio));
}

/// Holds the pool's payment to what is left of the year's cap.
fn capped(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    scale: &Scale<'_>,
    base: Fen,
    uncapped: Fen,
    year: &YearToDate,
) -> Result<AfterPool, Refusal> {
    let free = AfterPool { over_cap_cost: Exact::ZERO, struck_out: Fen::ZERO, cap_reached: false };
    let slot = Slot::PoolCap;
    let (cap, rule, exact) = match desk.money(slot, Good::High) {
        Pick::Known(cap, rule) => (cap, Some(rule), true),
        Pick::Limit(cap, rule) => (cap, Some(rule), false),
        Pick::Expressly(Unlimited(rule)) => {
            desk.checked(rule);
            out.hifp_pay = uncapped;
            return Ok(free);
        }
        Pick::Missing(gap) => {
            if !uncapped.is_zero() {
                desk.gap(slot, gap);
            }
            out.hifp_pay = if desk.end == End::Most { Fen::ZERO } else { uncapped };
            let over = if desk.end == End::Most { base.into() } else { Exact::ZERO };
            return Ok(AfterPool { over_cap_cost: over, ..free });
        }
    };
    let basis = rule.and_then(|r| r.traits.cap_basis).unwrap_or(CapBasis::Fund);
    let open = rule.is_some_and(|r| r.traits.open_reading);
    let basis = if open && desk.other_reading { other(basis) } else { basis };
    let (paid, over) = match basis {
        CapBasis::Fund => {
            let left = cap.above(year.pool_paid_fen);
            if uncapped <= left { (uncapped, Exact::ZERO) } else { (left, scale.beyond(base, left)?) }
        }
        CapBasis::Cost => {
            let within = base.min(cap.above(year.pool_base_fen));
            let paid = if within == base { uncapped } else { scale.pay(within)? };
            (paid, base.above(within).into())
        }
    };
    let binds = paid < uncapped;
    // A limit that is not the cap itself matters only where it binds; the known-rules run lets it be.
    if !exact && binds {
        desk.gap(slot, Gap::Bounded);
        if desk.end == End::Known {
            out.hifp_pay = uncapped;
            return Ok(free);
        }
    }
    match rule {
        Some(rule) if binds => desk.applies(rule),
        Some(rule) if !exact => desk.below_floor(rule, cap),
        Some(rule) => desk.checked(rule),
        None => {}
    }
    out.hifp_pay = paid;
    if !binds {
        desk.attach();
        return Ok(free);
    }
    desk.caps_reached.push(slot);
    cap_steps(desk, uncapped, paid, cap, year, base, over)?;
    Ok(AfterPool { over_cap_cost: over, cap_reached: true, ..free })
}

fn other(basis: CapBasis) -> CapBasis {
    match basis {
        CapBasis::Fund => CapBasis::Cost,
        CapBasis::Cost => CapBasis::Fund,
    }
}

fn cap_steps(
    desk: &mut Desk<'_>,
    uncapped: Fen,
    paid: Fen,
    cap: Fen,
    year: &YearToDate,
    base: Fen,
    over: Exact,
) -> Result<(), Refusal> {
    if !desk.trace {
        return Ok(());
    }
    desk.step(
        StepId::PoolCap,
        paid,
        &[
            Term::fen(Op::Start, Quantity::PoolPay, uncapped),
            Term::fen(Op::AtMost, Quantity::CapLeft, cap),
            Term::fen(Op::Minus, Quantity::PaidBefore, year.pool_paid_fen),
        ],
    );
    let over = whole(over)?;
    desk.step(
        StepId::OverCapCost,
        over,
        &[Term::fen(Op::Start, Quantity::PoolBase, base), Term::fen(Op::Minus, Quantity::CostUsedUp, base.above(over))],
    );
    Ok(())
}
