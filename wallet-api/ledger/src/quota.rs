//! What is set aside for a relative: how much of it, and giving it back.

use anxin_core::Fen;

use crate::account::{Account, AccountKind};
use crate::command::Leg;
use crate::decide::{Way, Work};
use crate::entry::Fact;
use crate::hold::Hold;
use crate::id::{AccountId, TransferId};
use crate::outcome::Outcome;
use crate::refund::Transfer;
use crate::route::Purpose;

/// What the return after a hold is named by, beside the hold: nobody else makes such an id.
const RETURN_OF: u128 = 0x616e_7869_6e20_7265_7475_726e_206f_6600;

impl Work<'_> {
    /// An open quota and the account that it is set aside in.
    fn quota(&mut self, id: AccountId) -> Result<(AccountId, Fen), Outcome> {
        let quota = self.account(id)?;
        let parent = quota.parent.filter(|_| quota.kind == AccountKind::Quota).ok_or(Outcome::ParentWrong)?;
        if quota.closed.is_some() {
            return Err(Outcome::AccountClosed);
        }
        Ok((parent, quota.available()))
    }

    pub fn set_quota(&mut self, id: AccountId, transfer: TransferId, usable: Fen) -> Result<(), Outcome> {
        if self.books.transfers.contains_key(&transfer) {
            return Err(Outcome::IdTaken);
        }
        if usable.is_negative() {
            return Err(Outcome::AmountNotPositive);
        }
        let (parent, available) = self.quota(id)?;
        if self.account(parent)?.closed.is_some() {
            return Err(Outcome::AccountClosed);
        }
        let (more, less) = (usable.above(available), available.above(usable));
        let (purpose, leg) = match (more.is_zero(), less.is_zero()) {
            (false, _) => (Purpose::QuotaSet, Leg { from: parent, to: id, amount: more }),
            (true, false) => (Purpose::QuotaReturn, Leg { from: id, to: parent, amount: less }),
            (true, true) => return Err(Outcome::QuotaUnchanged),
        };
        self.shift(purpose, &leg, Way::Out)?;
        self.remember(Transfer::new(transfer, purpose, vec![leg]), None);
        Ok(())
    }

    pub fn dissolve(&mut self, id: AccountId, transfer: TransferId) -> Result<(), Outcome> {
        if self.books.transfers.contains_key(&transfer) {
            return Err(Outcome::IdTaken);
        }
        let (_, available) = self.quota(id)?;
        self.give_up(id, available, transfer)?;
        let now = self.instant();
        self.account(id)?.closed = Some(now);
        self.note(Fact::Closed { account: id });
        Ok(())
    }

    /// Returns what a hold leaves in a quota that was dissolved while it was pending.
    pub fn return_rest(&mut self, hold: &Hold) -> Result<(), Outcome> {
        for (n, leg) in (0u128..).zip(&hold.legs) {
            let from = self.account(leg.from)?;
            if from.kind == AccountKind::Quota && from.closed.is_some() {
                let available = from.available();
                // The last byte counts: a hold has fewer legs than it can number.
                self.give_up(leg.from, available, TransferId(hold.id.0 ^ (RETURN_OF | n)))?;
            }
        }
        Ok(())
    }

    fn give_up(&mut self, quota: AccountId, amount: Fen, id: TransferId) -> Result<(), Outcome> {
        if amount.is_zero() {
            return Ok(());
        }
        let parent = self.account(quota)?.parent.ok_or(Outcome::ParentWrong)?;
        if self.account(parent)?.closed.is_some() {
            return Err(Outcome::OriginGone);
        }
        let leg = Leg { from: quota, to: parent, amount };
        self.shift(Purpose::QuotaReturn, &leg, Way::Out)?;
        self.remember(Transfer::new(id, Purpose::QuotaReturn, vec![leg]), None);
        Ok(())
    }
}

/// A quota is filled from the account that it is set aside in, and returns there.
pub fn own_quota(from: &Account, to: &Account, purpose: Purpose) -> bool {
    match purpose {
        Purpose::QuotaSet => to.parent == Some(from.id),
        Purpose::QuotaReturn => from.parent == Some(to.id),
        _ => true,
    }
}

/// What a quota's own account of itself says when money leaves it.
pub fn give_from_quota(quota: &mut Account, purpose: Purpose, amount: Fen, way: Way) -> Result<(), Outcome> {
    if quota.kind != AccountKind::Quota {
        return Ok(());
    }
    match (purpose, way) {
        (Purpose::QuotaReturn, Way::Out) | (Purpose::QuotaSet, Way::Back) => take(&mut quota.granted, amount),
        (_, Way::Out) if purpose.uses_quota() => add(&mut quota.used, amount),
        _ => Ok(()),
    }
}

/// The same when money comes in.
pub fn take_into_quota(quota: &mut Account, purpose: Purpose, amount: Fen, way: Way) -> Result<(), Outcome> {
    if quota.kind != AccountKind::Quota {
        return Ok(());
    }
    match (purpose, way) {
        (Purpose::QuotaSet, Way::Out) | (Purpose::QuotaReturn, Way::Back) => add(&mut quota.granted, amount),
        (_, Way::Back) if purpose.uses_quota() => take(&mut quota.used, amount),
        _ => Ok(()),
    }
}

fn add(to: &mut Fen, amount: Fen) -> Result<(), Outcome> {
    *to = to.checked_add(amount).ok_or(Outcome::Overflow)?;
    Ok(())
}

fn take(from: &mut Fen, amount: Fen) -> Result<(), Outcome> {
    *from = from.checked_sub(amount).ok_or(Outcome::Overflow)?;
    Ok(())
}
