//! What becomes of a share that ends, and of money that is given back.

use super::answer::{Draw, DrawFrom, OpenCode, Then, ThenCode};
use super::case::{AreaCode, Dissolve, DissolveWhy, Drawn, DrawnState, Model, Refund};
use super::desk::Desk;
use super::rules::WalletSlot;
use super::share::{above_zero, not_negative};
use crate::error::{Refusal, RefusalCode};
use crate::money::Fen;

pub(super) fn dissolve(desk: &mut Desk<'_>, ask: &Dissolve) -> Result<(), Refusal> {
    for (amount, field) in [(ask.shared_fen, "shared_fen"), (ask.used_fen, "used_fen"), (ask.held_fen, "held_fen")] {
        not_negative(amount, field)?;
    }
    let taken = ask.used_fen.checked_add(ask.held_fen);
    let Some(taken) = taken.filter(|taken| *taken <= ask.shared_fen) else {
        return Err(Refusal::new(RefusalCode::PartsExceedTotal, "used_fen", format!("≤ {}", ask.shared_fen.yuan())));
    };
    desk.model = Some(ask.model);
    let unused = ask.shared_fen.above(taken);
    if matches!(ask.why, DissolveWhy::CoverEnded | DissolveWhy::Moved) {
        ends_by_itself(desk, &ask.area);
    }
    if matches!(ask.why, DissolveWhy::SharerDied | DissolveWhy::RecipientDied) {
        desk.follows(ThenCode::FrozenAtOnce);
    }
    if !ask.held_fen.is_zero() {
        desk.follows_with(ThenCode::HeldEndsFirst, ask.held_fen);
    }
    match ask.model {
        Model::Binding => desk.follows(ThenCode::NothingToReturn),
        Model::Quota => {
            let rule = desk.known(WalletSlot::UnusedReturns, &ask.area);
            desk.then(Then { amount_fen: Some(unused), ..Then::new(ThenCode::UnusedReturns) }, rule);
        }
        Model::Transfer if ask.why == DissolveWhy::RecipientDied => desk.open(OpenCode::WalletOfTheDead),
        Model::Transfer => desk.follows_with(ThenCode::StaysInWallet, unused),
    }
    if ask.why == DissolveWhy::SharerDied {
        inheritance(desk, ask);
    }
    Ok(())
}

/// What follows when somebody is not of one mind with the rule that lets them share.
fn ends_by_itself(desk: &mut Desk<'_>, area: &AreaCode) {
    let rule = desk.known(WalletSlot::EndsByItself, area);
    desk.then(Then::new(ThenCode::EndsByItself), rule);
}

fn inheritance(desk: &mut Desk<'_>, ask: &Dissolve) {
    match desk.known(WalletSlot::Inheritable, &ask.area) {
        Some(rule) => desk.then(Then::new(ThenCode::Inheritable), Some(rule)),
        None => desk.open(OpenCode::Inheritance),
    }
}

/// What was drawn last goes back first, each part to where it was drawn.
pub(super) fn refund(desk: &mut Desk<'_>, ask: &Refund) -> Result<(), Refusal> {
    above_zero(ask.amount_fen, "amount_fen")?;
    for (n, drawn) in ask.drawn.iter().enumerate() {
        above_zero(drawn.amount_fen, &format!("drawn[{n}].amount_fen"))?;
    }
    let paid = Fen::checked_sum(ask.drawn.iter().map(|drawn| drawn.amount_fen));
    let paid = paid.ok_or_else(|| Refusal::new(RefusalCode::Overflow, "drawn", format!("≤ {}", Fen::MAX.yuan())))?;
    if ask.amount_fen > paid {
        return Err(Refusal::new(RefusalCode::PartsExceedTotal, "amount_fen", format!("≤ {}", paid.yuan())));
    }
    let mut left = ask.amount_fen;
    for drawn in ask.drawn.iter().rev() {
        let amount = left.min(drawn.amount_fen);
        if amount.is_zero() {
            break;
        }
        left = left.above(amount);
        desk.draws.push(Draw { from: origin(drawn), name: drawn.name.clone(), amount_fen: amount, passed_over: None });
    }
    desk.follows(ThenCode::ToItsOrigin);
    Ok(())
}

/// Where a part goes back to, given what has become of where it came from.
fn origin(drawn: &Drawn) -> DrawFrom {
    match (drawn.from, drawn.state) {
        (from, DrawnState::Open) => from,
        (DrawFrom::Cash, _) => DrawFrom::Cash,
        (DrawFrom::Sharer, DrawnState::Dissolved) => DrawFrom::SharersAccount,
        (from, DrawnState::Dissolved) => from,
        (_, DrawnState::Closed) => DrawFrom::Suspense,
    }
}
