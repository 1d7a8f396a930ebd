//! May so much be shared, and what happens to it?

use super::answer::{Check, CheckCode, OpenCode, Then, ThenCode, Verdict};
use super::case::{Model, Moment, Share};
use super::desk::Desk;
use super::pair::{model, relate};
use super::rules::{WalletAmount, WalletSlot};
use crate::error::{Refusal, RefusalCode};
use crate::money::Fen;

pub(super) fn share(desk: &mut Desk<'_>, ask: &Share, at: Option<Moment>) -> Result<(), Refusal> {
    above_zero(ask.amount_fen, "amount_fen")?;
    not_negative(ask.balance_fen, "balance_fen")?;
    not_negative(ask.set_aside_fen, "set_aside_fen")?;
    desk.model = model(desk, &ask.pair, ask.model);
    relate(desk, &ask.pair).map_err(|refusal| refusal.within("pair"))?;
    desk.open(OpenCode::WholeBalance);
    match desk.model {
        Some(Model::Binding) => bind(desk, ask),
        Some(Model::Transfer) => transfer(desk, ask, at),
        Some(Model::Quota) => set_aside(desk, ask),
        None => {}
    }
    Ok(())
}

pub(super) fn above_zero(amount: Fen, field: &str) -> Result<(), Refusal> {
    if amount > Fen::ZERO { Ok(()) } else { Err(Refusal::new(RefusalCode::OutOfRange, field, "≥ 1")) }
}

pub(super) fn not_negative(amount: Fen, field: &str) -> Result<(), Refusal> {
    if amount.is_negative() { Err(Refusal::new(RefusalCode::NegativeAmount, field, "≥ 0")) } else { Ok(()) }
}

/// Nothing is moved or set aside: what is asked for can be drawn when it comes to a settlement.
fn bind(desk: &mut Desk<'_>, ask: &Share) {
    let free = ask.balance_fen.above(ask.set_aside_fen);
    balance(desk, ask.amount_fen, free);
    desk.follows(ThenCode::StaysFree);
    desk.follows(ThenCode::DrawnAtSettlement);
}

fn transfer(desk: &mut Desk<'_>, ask: &Share, at: Option<Moment>) {
    let area = &ask.pair.sharer.area;
    let mut most = ask.balance_fen.above(ask.set_aside_fen);
    balance(desk, ask.amount_fen, most);
    if let Some(rule) = desk.known(WalletSlot::TransferMost, area)
        && let WalletAmount::Money(limit) = rule.amount
    {
        let check = Check::new(CheckCode::PerTransfer, within(ask.amount_fen <= limit));
        desk.check(Check { limit_fen: Some(limit), ..check }, Some(rule));
        most = most.min(limit);
    }
    counted(desk, ask, CheckCode::PerDay, WalletSlot::TransfersADay, ask.sent_today);
    counted(desk, ask, CheckCode::Waiting, WalletSlot::WaitingMost, ask.waiting);
    hours(desk, ask, at);
    if desk.verdict() == Verdict::Yes {
        desk.most = Some(most);
    }
    desk.follows_with(ThenCode::LeavesTheSharer, ask.amount_fen);
    if let Some(rule) = desk.known(WalletSlot::ReturnedAt, area)
        && let WalletAmount::Minute(minute) = rule.amount
    {
        desk.then(Then { at: Moment::of_minute(minute), ..Then::new(ThenCode::ReturnsIfNotAccepted) }, Some(rule));
        desk.open(OpenCode::ReturnedCounts);
    }
    desk.follows(ThenCode::FinalOnceAccepted);
}

/// A limit on how many there are already.
fn counted(desk: &mut Desk<'_>, ask: &Share, code: CheckCode, slot: WalletSlot, so_far: u32) {
    if let Some(rule) = desk.known(slot, &ask.pair.sharer.area)
        && let WalletAmount::Count(limit) = rule.amount
    {
        desk.check(Check { limit_count: Some(limit), ..Check::new(code, within(so_far < limit)) }, Some(rule));
    }
}

/// Hours are half open: the minute at which they begin is closed, the one at which they end is not.
fn hours(desk: &mut Desk<'_>, ask: &Share, at: Option<Moment>) {
    let area = &ask.pair.sharer.area;
    let rules = desk.known(WalletSlot::ClosedFrom, area).zip(desk.known(WalletSlot::ClosedUntil, area));
    let Some((rule, until)) = rules else { return };
    let (WalletAmount::Minute(from), WalletAmount::Minute(until)) = (rule.amount, until.amount) else { return };
    let closed = Moment::of_minute(from).zip(Moment::of_minute(until));
    let verdict = match at.map(Moment::minute) {
        Some(minute) if from <= until => within(!(from..until).contains(&minute)),
        Some(minute) => within(minute < from && minute >= until),
        None => Verdict::Yes,
    };
    desk.check(Check { closed, ..Check::new(CheckCode::Hours, verdict) }, Some(rule));
}

fn set_aside(desk: &mut Desk<'_>, ask: &Share) {
    let free = ask.balance_fen.above(ask.set_aside_fen);
    balance(desk, ask.amount_fen, free);
    if desk.verdict() == Verdict::Yes {
        desk.most = Some(free);
    }
    let rule = desk.known(WalletSlot::ModelQuota, &ask.pair.sharer.area);
    desk.then(Then::new(ThenCode::StaysInAccount), rule);
    desk.follows_with(ThenCode::BlockedForSharer, ask.amount_fen);
    desk.follows_with(ThenCode::RecipientMayUse, ask.amount_fen);
    desk.then(Then::new(ThenCode::UnusedReturns), desk.known(WalletSlot::UnusedReturns, &ask.pair.sharer.area));
    desk.open(OpenCode::QuotaForEach);
    desk.open(OpenCode::QuotaLimits);
}

fn balance(desk: &mut Desk<'_>, amount: Fen, free: Fen) {
    let check = Check::new(CheckCode::Balance, within(amount <= free));
    desk.check(Check { limit_fen: Some(free), ..check }, None);
}

fn within(holds: bool) -> Verdict {
    if holds { Verdict::Yes } else { Verdict::No }
}
