//! What is always true of the books, whatever was asked of them.

use std::collections::BTreeMap;
use std::fmt;

use anxin_core::Fen;

use crate::account::{Account, AccountKind, Fund};
use crate::books::{Books, Plan};
use crate::hold::{Hold, HoldState};
use crate::id::{AccountId, DrawId, HoldId, TransferId};
use crate::pooling::{CellId, Draw, DrawState, Link, Pool, Role, draw_hold};
use crate::refund::Transfer;

/// What does not hold, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The accounts of a fund do not add up to zero.
    Sum(Fund),
    BelowZero(AccountId),
    /// More is held than is there.
    Overheld(AccountId),
    /// `held` is not what the pending holds add up to.
    HeldWrong(AccountId),
    /// Granted and used do not explain what is left of a quota.
    QuotaWrong(AccountId),
    ClosedNotEmpty(AccountId),
    /// More was posted than was held.
    Overposted(HoldId),
    /// More came back than was paid.
    Overrefunded(TransferId),
    /// An entry is no later than the one before it.
    TimeWentBack,
    /// An account that was opened twice, or never.
    AccountWrong(AccountId),
    /// A hold that is ended twice, too early, or was never made.
    HoldWrong(HoldId),
    /// Letters to a cell have gaps, or what is under way with it is not what its draws add up to.
    LinkWrong(CellId),
    /// A draw that is prepared and has nothing set aside, or the other way round.
    DrawWrong(DrawId),
    /// What the accounts say is owed to a cell is not what the windows say.
    PositionWrong(CellId),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Broken {}

/// Checks whole books. Books that were loaded in part do not add up.
pub fn check(books: &Books) -> Result<(), Broken> {
    sums(books)?;
    accounts(books)?;
    holds(books)?;
    refunds(books)?;
    pool(books)
}

/// Checks what a plan changes, on books that may be loaded in part: money only moves, and what it leaves behind
/// holds for itself.
pub fn check_plan(before: &Books, plan: &Plan) -> Result<(), Broken> {
    for fund in [Fund::Account, Fund::Pooled] {
        let posted = |account: &Account| i128::from(account.posted.get());
        let of_fund = plan.accounts.iter().filter(|a| a.fund == fund);
        let moved = of_fund.map(|a| posted(a) - before.accounts.get(&a.id).map_or(0, posted)).sum::<i128>();
        if moved != 0 {
            return Err(Broken::Sum(fund));
        }
    }
    plan.accounts.iter().try_for_each(alone)?;
    plan.holds.iter().try_for_each(hold)?;
    plan.transfers.iter().try_for_each(refund)
}

fn sums(books: &Books) -> Result<(), Broken> {
    for fund in [Fund::Account, Fund::Pooled] {
        let of_fund = books.accounts.values().filter(|a| a.fund == fund);
        if of_fund.map(|a| i128::from(a.posted.get())).sum::<i128>() != 0 {
            return Err(Broken::Sum(fund));
        }
    }
    Ok(())
}

fn accounts(books: &Books) -> Result<(), Broken> {
    let mut held: BTreeMap<AccountId, i128> = BTreeMap::new();
    for leg in books.holds.values().filter(|h| h.state == HoldState::Pending).flat_map(|h| &h.legs) {
        *held.entry(leg.from).or_default() += i128::from(leg.amount.get());
    }
    for account in books.accounts.values() {
        if i128::from(account.held.get()) != held.get(&account.id).copied().unwrap_or_default() {
            return Err(Broken::HeldWrong(account.id));
        }
        alone(account)?;
    }
    Ok(())
}

/// What holds of an account by itself.
fn alone(account: &Account) -> Result<(), Broken> {
    let id = account.id;
    if !account.kind.may_owe() && account.posted.is_negative() {
        return Err(Broken::BelowZero(id));
    }
    if account.held.is_negative() || (!account.kind.may_owe() && account.held > account.posted) {
        return Err(Broken::Overheld(id));
    }
    let left = i128::from(account.granted.get()) - i128::from(account.used.get());
    let quota = account.kind == AccountKind::Quota;
    let fits = !account.used.is_negative() && left == i128::from(account.posted.get());
    if quota && !fits {
        return Err(Broken::QuotaWrong(id));
    }
    let left = if quota { account.held } else { Fen::ZERO };
    if account.closed.is_some() && (account.posted != left || account.held != left) {
        return Err(Broken::ClosedNotEmpty(id));
    }
    Ok(())
}

fn holds(books: &Books) -> Result<(), Broken> {
    books.holds.values().try_for_each(hold)
}

fn hold(hold: &Hold) -> Result<(), Broken> {
    let over = hold.posted.iter().zip(&hold.legs).any(|(posted, leg)| *posted > leg.amount);
    if over { Err(Broken::Overposted(hold.id)) } else { Ok(()) }
}

fn refunds(books: &Books) -> Result<(), Broken> {
    books.transfers.values().try_for_each(refund)
}

fn refund(transfer: &Transfer) -> Result<(), Broken> {
    let over = transfer.refunded.iter().zip(&transfer.legs).any(|(back, leg)| *back > leg.amount);
    if over { Err(Broken::Overrefunded(transfer.id)) } else { Ok(()) }
}

/// What holds of a cell's rows on others, where all of them are there.
fn pool(books: &Books) -> Result<(), Broken> {
    let Pool { links, draws, .. } = &books.pool;
    draws.values().try_for_each(|draw| prepared(books, draw))?;
    links.values().try_for_each(|link| letters(&books.pool, link))
}

/// Money is set aside for a draw exactly as long as this cell is bound by its word.
fn prepared(books: &Books, draw: &Draw) -> Result<(), Broken> {
    let held = books.holds.get(&draw_hold(draw.id)).is_some_and(|hold| hold.state == HoldState::Pending);
    let bound = match (&draw.role, draw.state) {
        (Role::Participant { .. }, state) => state == DrawState::Prepared,
        (Role::Coordinator { own, .. }, state) => *own && state == DrawState::Asking,
    };
    if held == bound { Ok(()) } else { Err(Broken::DrawWrong(draw.id)) }
}

fn letters(pool: &Pool, link: &Link) -> Result<(), Broken> {
    let (mut asking, mut held) = (0, 0);
    for draw in pool.draws.values() {
        match (&draw.role, draw.state) {
            (Role::Coordinator { parts, .. }, DrawState::Asking) => {
                let part = parts.get(&link.peer).and_then(|part| part.amount());
                asking += part.map_or(0, |amount| i128::from(amount.get()));
            }
            (Role::Participant { coordinator, amount, .. }, DrawState::Prepared) if *coordinator == link.peer => {
                held += i128::from(amount.get());
            }
            _ => {}
        }
    }
    let numbers = pool.outbox.range((link.peer, 0)..=(link.peer, u64::MAX)).map(|((_, number), _)| *number);
    // The first of those that were taken in may have been forgotten.
    let first = numbers.clone().next().unwrap_or(link.sent.saturating_add(1));
    let fits = numbers.eq(first..=link.sent)
        && first <= link.acked.saturating_add(1)
        && link.acked <= link.sent
        && (asking, held) == (i128::from(link.asking.get()), i128::from(link.held.get()));
    if fits { Ok(()) } else { Err(Broken::LinkWrong(link.peer)) }
}

/// The position equation: what each clearing account holds is what the windows that are not paid say. Only where nobody
/// has moved suspense to such an account by hand.
pub fn check_positions(books: &Books) -> Result<(), Broken> {
    for link in books.pool.links.values() {
        for fund in [Fund::Account, Fund::Pooled] {
            let Some(account) = link.clearing(fund).and_then(|id| books.accounts.get(&id)) else { continue };
            let unpaid = books.pool.windows.values().filter(|window| !window.paid.contains(&(link.peer, fund)));
            let nets = unpaid.filter_map(|window| window.net(link.peer, fund));
            if nets.map(|net| i128::from(net.get())).sum::<i128>() != i128::from(account.posted.get()) {
                return Err(Broken::PositionWrong(link.peer));
            }
        }
    }
    Ok(())
}
