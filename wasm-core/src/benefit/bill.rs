//! Splitting a bill into 自费, 超限价, 先行自付 and what is within the policy's range.

use rust_decimal::Decimal;

use super::answer::{Op, Quantity, StepId, Term};
use super::case::{Bill, Category, CategoryItem, LineClass, LineItem, Rounds, Split, TotalOnly};
use super::desk::{Desk, End, Gap, Good, Pick, overflow, pay};
use crate::error::{Refusal, RefusalCode};
use crate::money::{Fen, Rate};
use crate::rules::{Kind, Rule, Slot};

/// Share of a bill that is assumed to be 自费 or 先行自付 where nothing is said, as low and high end.
/// An assumption of this program, shown as such; no source gives one.
pub const ASSUMED_OWN_SHARE: (i64, i64) = (5, 25);

/// The four parts of a bill; they add up to the total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub total: Fen,
    pub own_expense: Fen,
    pub over_limit: Fen,
    pub pre_self_pay: Fen,
    pub in_scope: Fen,
}

impl Parts {
    fn new(total: Fen, own_expense: Fen, over_limit: Fen, pre_self_pay: Fen) -> Result<Parts, Refusal> {
        let outside = Fen::checked_sum([own_expense, over_limit, pre_self_pay]).ok_or_else(too_much)?;
        if outside > total {
            return Err(Refusal::new(RefusalCode::PartsExceedTotal, "", format!("≤ {}", total.yuan())));
        }
        Ok(Parts { total, own_expense, over_limit, pre_self_pay, in_scope: total.above(outside) })
    }
}

/// Splits a bill; refusals name the field below the bill.
pub(super) fn split(desk: &mut Desk<'_>, bill: &Bill, rounds: Rounds) -> Result<Parts, Refusal> {
    let parts = match bill {
        Bill::Total(total) => by_share(desk, total).map_err(|r| r.within("total")),
        Bill::Categories(items) => by_category(desk, items).map_err(|r| r.within("categories")),
        Bill::Lines(items) => by_line(desk, items, rounds).map_err(|r| r.within("lines")),
        Bill::Split(split) => as_printed(split).map_err(|r| r.within("split")),
    }
    .map_err(|r| r.within("bill"))?;
    desk.step(
        StepId::InScope,
        parts.in_scope,
        &[
            Term::fen(Op::Start, Quantity::Total, parts.total),
            Term::fen(Op::Minus, Quantity::OwnExpense, parts.own_expense),
            Term::fen(Op::Minus, Quantity::OverLimit, parts.over_limit),
            Term::fen(Op::Minus, Quantity::PreSelfPay, parts.pre_self_pay),
        ],
    );
    Ok(parts)
}

fn as_printed(split: &Split) -> Result<Parts, Refusal> {
    let amounts = [
        ("total_fen", split.total_fen),
        ("own_expense_fen", split.own_expense_fen),
        ("over_limit_fen", split.over_limit_fen),
        ("pre_self_pay_fen", split.pre_self_pay_fen),
    ];
    for (field, amount) in amounts {
        not_negative(amount, field)?;
    }
    not_empty(split.total_fen, "total_fen")?;
    Parts::new(split.total_fen, split.own_expense_fen, split.over_limit_fen, split.pre_self_pay_fen)
        .map_err(|r| r.within("total_fen"))
}

fn by_share(desk: &mut Desk<'_>, total: &TotalOnly) -> Result<Parts, Refusal> {
    not_negative(total.total_fen, "total_fen")?;
    not_empty(total.total_fen, "total_fen")?;
    for (field, share) in [("own_share_low", total.own_share_low), ("own_share_high", total.own_share_high)] {
        if !share.is_share() {
            return Err(Refusal::new(RefusalCode::BadShare, field, "0–1"));
        }
    }
    if total.own_share_low > total.own_share_high {
        return Err(Refusal::new(RefusalCode::BadShare, "own_share_low", format!("≤ {}", total.own_share_high)));
    }
    let own = assumed_part(desk, total.total_fen, total.own_share_low, total.own_share_high)?;
    Parts::new(total.total_fen, own, Fen::ZERO, Fen::ZERO)
}

/// The part of `amount` that is taken to be the person's own, at this run's end.
fn assumed_part(desk: &mut Desk<'_>, amount: Fen, low: Rate, high: Rate) -> Result<Fen, Refusal> {
    let share = match desk.split_end {
        End::Least => low.get(),
        End::Most => high.get(),
        End::Known => (low.get() + high.get()) / Decimal::TWO,
    };
    if low != high {
        desk.open_question(Gap::SplitAssumed);
    }
    pay(amount.to_decimal() * share)
}

fn by_category(desk: &mut Desk<'_>, items: &[CategoryItem]) -> Result<Parts, Refusal> {
    let mut sum = Parts::default();
    let (low, high) = (Rate::percent(ASSUMED_OWN_SHARE.0), Rate::percent(ASSUMED_OWN_SHARE.1));
    for (i, item) in items.iter().enumerate() {
        let at = |r: Refusal| r.within(&format!("[{i}]"));
        not_negative(item.amount_fen, "amount_fen").map_err(at)?;
        let own = item.own_expense_fen.unwrap_or_default();
        let pre = item.pre_self_pay_fen.unwrap_or_default();
        not_negative(own, "own_expense_fen").map_err(at)?;
        not_negative(pre, "pre_self_pay_fen").map_err(at)?;
        let told = item.own_expense_fen.is_some() || item.pre_self_pay_fen.is_some();
        let own = if told { own } else { assumed_part(desk, item.amount_fen, low, high).map_err(at)? };
        let rest = Parts::new(item.amount_fen, own, Fen::ZERO, pre).map_err(|r| at(r.within("amount_fen")))?.in_scope;
        let over = match (item.category, item.days) {
            (Category::Bed, Some(days)) => over_bed_limit(desk, rest, u32::from(days)),
            _ => Fen::ZERO,
        };
        add(&mut sum, item.amount_fen, own, over, pre)?;
    }
    not_empty(sum.total, "")?;
    Parts::new(sum.total, sum.own_expense, sum.over_limit, sum.pre_self_pay)
}

fn add(sum: &mut Parts, total: Fen, own: Fen, over: Fen, pre: Fen) -> Result<(), Refusal> {
    sum.total = sum.total.checked_add(total).ok_or_else(too_much)?;
    sum.own_expense = sum.own_expense.checked_add(own).ok_or_else(too_much)?;
    sum.over_limit = sum.over_limit.checked_add(over).ok_or_else(too_much)?;
    sum.pre_self_pay = sum.pre_self_pay.checked_add(pre).ok_or_else(too_much)?;
    Ok(())
}

/// What of bed charges is above the daily limit, where the region has one.
fn over_bed_limit(desk: &mut Desk<'_>, amount: Fen, days: u32) -> Fen {
    match desk.money(Slot::BedDayLimit, Good::High) {
        Pick::Known(limit, rule) => {
            let over = amount.above(times(limit, days));
            if over.is_zero() {
                desk.checked(rule)
            } else {
                desk.applies(rule)
            }
            over
        }
        _ => Fen::ZERO,
    }
}

fn times(unit: Fen, count: u32) -> Fen {
    unit.get().checked_mul(i64::from(count)).and_then(Fen::new).unwrap_or(Fen::MAX)
}

fn by_line(desk: &mut Desk<'_>, items: &[LineItem], rounds: Rounds) -> Result<Parts, Refusal> {
    let dearest = dearest_item(desk);
    let mut sum = Parts::default();
    let mut pre_exact = Decimal::ZERO;
    for (i, item) in items.iter().enumerate() {
        let at = |r: Refusal| r.within(&format!("[{i}]"));
        check_line(item).map_err(at)?;
        let too_dear = dearest.filter(|(limit, _)| item.amount_fen > times(*limit, item.count));
        if let Some((_, rule)) = too_dear {
            desk.applies(rule);
        }
        if item.class == LineClass::C || item.outside_limit || too_dear.is_some() {
            add(&mut sum, item.amount_fen, item.amount_fen, Fen::ZERO, Fen::ZERO)?;
            continue;
        }
        let over = match item.price_limit_fen {
            Some(limit) => item.amount_fen.above(times(limit, item.count)),
            None if item.category == Category::Bed => over_bed_limit(desk, item.amount_fen, item.count),
            None => Fen::ZERO,
        };
        let share = if item.class == LineClass::B { item.self_pay_share.get() } else { Decimal::ZERO };
        let exact = item.amount_fen.above(over).to_decimal() * share;
        let pre = if rounds == Rounds::PerItem { pay(exact)? } else { Fen::ZERO };
        if rounds == Rounds::PerSettlement {
            pre_exact += exact;
        }
        add(&mut sum, item.amount_fen, Fen::ZERO, over, pre)?;
    }
    not_empty(sum.total, "")?;
    let pre = sum.pre_self_pay.checked_add(pay(pre_exact)?).ok_or_else(too_much)?;
    Parts::new(sum.total, sum.own_expense, sum.over_limit, pre)
}

/// Above this price an item of an outpatient bill is not paid at all, where the area says so.
fn dearest_item<'a>(desk: &Desk<'a>) -> Option<(Fen, &'a Rule)> {
    if desk.kind != Kind::Outpatient {
        return None;
    }
    match desk.money(Slot::OutpatientItemLimit, Good::High) {
        Pick::Known(limit, rule) => Some((limit, rule)),
        _ => None,
    }
}

fn check_line(item: &LineItem) -> Result<(), Refusal> {
    not_negative(item.amount_fen, "amount_fen")?;
    not_negative(item.price_limit_fen.unwrap_or_default(), "price_limit_fen")?;
    if !item.self_pay_share.is_share() {
        return Err(Refusal::new(RefusalCode::BadShare, "self_pay_share", "0–1"));
    }
    if item.count == 0 {
        return Err(Refusal::new(RefusalCode::OutOfRange, "count", "≥ 1"));
    }
    Ok(())
}

/// Amounts too large to add up, at whatever part of the bill the caller names.
fn too_much() -> Refusal {
    Refusal { field: String::new(), ..overflow() }
}

pub(super) fn not_negative(amount: Fen, field: &str) -> Result<(), Refusal> {
    if amount.is_negative() { Err(Refusal::new(RefusalCode::NegativeAmount, field, "≥ 0")) } else { Ok(()) }
}

fn not_empty(total: Fen, field: &str) -> Result<(), Refusal> {
    if total.is_zero() { Err(Refusal::new(RefusalCode::EmptyBill, field, "> 0")) } else { Ok(()) }
}
