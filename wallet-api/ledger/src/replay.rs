//! Working the books out again from the journal alone, by other code than decided them.

use std::collections::BTreeMap;

use crate::account::{Account, AccountKind, Fund};
use crate::books::Books;
use crate::command::{Leg, OpenAccount};
use crate::entry::{Entry, Fact};
use crate::hold::HoldState;
use crate::id::{AccountId, HoldId, TransferId};
use crate::invariant::Broken;
use crate::log::{Head, Log, leaf_hash};
use crate::route::Purpose;
use crate::time::Micros;

/// What the journal says of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub kind: AccountKind,
    pub fund: Fund,
    pub posted: i128,
    pub held: i128,
    pub granted: i128,
    pub used: i128,
    pub day: i64,
    pub day_count: u32,
    pub closed: Option<Micros>,
    pub waiting: u32,
}

impl Told {
    fn opened(open: &OpenAccount) -> Told {
        let OpenAccount { kind, fund, .. } = *open;
        Told { kind, fund, posted: 0, held: 0, granted: 0, used: 0, day: 0, day_count: 0, closed: None, waiting: 0 }
    }

    /// Whether an account is as the journal says.
    pub fn is(&self, account: &Account) -> bool {
        let amounts = [account.posted, account.held, account.granted, account.used].map(|a| i128::from(a.get()));
        amounts == [self.posted, self.held, self.granted, self.used]
            && (account.kind, account.fund, account.closed) == (self.kind, self.fund, self.closed)
            && (account.day, account.day_count, account.waiting) == (self.day, self.day_count, self.waiting)
            && (self.closed.is_none() || self.posted == self.held)
    }

    /// Money that leaves a quota goes back to where it was set aside, or was used.
    fn give(&mut self, amount: i128, to: AccountKind) {
        self.posted -= amount;
        match (self.kind, to) {
            (AccountKind::Quota, AccountKind::Personal) => self.granted -= amount,
            (AccountKind::Quota, _) => self.used += amount,
            _ => {}
        }
    }

    fn take(&mut self, amount: i128, from: AccountKind) {
        self.posted += amount;
        match (self.kind, from) {
            (AccountKind::Quota, AccountKind::Personal) => self.granted += amount,
            (AccountKind::Quota, _) => self.used -= amount,
            _ => {}
        }
    }

    fn count(&mut self, day: i64) {
        self.day_count = if self.day == day { self.day_count.saturating_add(1) } else { 1 };
        self.day = day;
    }

    fn broken(&self, id: AccountId) -> Option<Broken> {
        if !self.kind.may_owe() && self.posted < 0 {
            return Some(Broken::BelowZero(id));
        }
        if self.held < 0 || (!self.kind.may_owe() && self.held > self.posted) {
            return Some(Broken::Overheld(id));
        }
        if self.kind == AccountKind::Quota && (self.used < 0 || self.granted - self.used != self.posted) {
            return Some(Broken::QuotaWrong(id));
        }
        // A dissolved quota is given up in two lines: that it is empty but for what is held is seen at the end.
        let empty = self.kind == AccountKind::Quota || (self.posted, self.held) == (0, 0);
        (self.closed.is_some() && !empty).then_some(Broken::ClosedNotEmpty(id))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pending {
    purpose: Purpose,
    legs: Vec<Leg>,
    until: Micros,
}

/// The books as the journal tells them, up to some entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    pub accounts: BTreeMap<AccountId, Told>,
    /// What came back of each transfer of which anything did.
    pub refunded: BTreeMap<TransferId, i128>,
    /// Those that were corrected.
    pub corrected: BTreeMap<TransferId, i128>,
    pending: BTreeMap<HoldId, Pending>,
    /// The instant of the last entry.
    pub last: Micros,
    /// How many holds and transfers there have been.
    pub holds: u64,
    pub transfers: u64,
}

impl Replayed {
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Result<Replayed, Broken> {
        let mut replayed = Replayed::default();
        entries.into_iter().try_for_each(|e| replayed.take(e))?;
        Ok(replayed)
    }

    /// Takes the next entry. What cannot follow upon those before it is told.
    pub fn take(&mut self, entry: &Entry) -> Result<(), Broken> {
        if entry.at <= self.last {
            return Err(Broken::TimeWentBack);
        }
        self.last = entry.at;
        match &entry.fact {
            Fact::Opened(open) => match self.accounts.insert(open.id, Told::opened(open)) {
                Some(_) => Err(Broken::AccountWrong(open.id)),
                None => Ok(()),
            },
            Fact::Closed { account } => {
                self.account(*account)?.closed = Some(entry.at);
                self.sound([*account])
            }
            Fact::Moved { purpose, legs, of, hold, .. } => {
                self.transfers += 1;
                if let Some(hold) = hold {
                    self.post(*hold, legs, entry.at)?;
                }
                if let Some(of) = of {
                    let back = if *purpose == Purpose::Refund { &mut self.refunded } else { &mut self.corrected };
                    *back.entry(*of).or_default() += legs.iter().map(|l| i128::from(l.amount.get())).sum::<i128>();
                }
                // What was held was counted then.
                let counted = hold.is_none().then_some(entry.at.business_day()).filter(|_| purpose.limited());
                legs.iter().try_for_each(|leg| self.shift(leg, counted))?;
                self.sound(legs.iter().flat_map(|leg| [leg.from, leg.to]))
            }
            Fact::Held { hold, purpose, legs, until } => {
                self.holds += 1;
                for leg in legs {
                    let giver = self.account(leg.from)?;
                    giver.held += i128::from(leg.amount.get());
                    if purpose.limited() {
                        giver.count(entry.at.business_day());
                        giver.waiting = giver.waiting.saturating_add(1);
                    }
                }
                let pending = Pending { purpose: *purpose, legs: legs.clone(), until: *until };
                if self.pending.insert(*hold, pending).is_some() {
                    return Err(Broken::HoldWrong(*hold));
                }
                self.sound(legs.iter().map(|leg| leg.from))
            }
            Fact::Released { hold, how } => {
                let until = self.let_go(*hold)?.until;
                let early = *how == HoldState::Expired && entry.at < until;
                if early { Err(Broken::HoldWrong(*hold)) } else { Ok(()) }
            }
        }
    }

    fn account(&mut self, id: AccountId) -> Result<&mut Told, Broken> {
        self.accounts.get_mut(&id).ok_or(Broken::AccountWrong(id))
    }

    fn sound(&self, ids: impl IntoIterator<Item = AccountId>) -> Result<(), Broken> {
        let broken = ids.into_iter().find_map(|id| self.accounts.get(&id)?.broken(id));
        broken.map_or(Ok(()), Err)
    }

    fn shift(&mut self, leg: &Leg, counted: Option<i64>) -> Result<(), Broken> {
        let amount = i128::from(leg.amount.get());
        let to = self.account(leg.to)?.kind;
        let giver = self.account(leg.from)?;
        giver.give(amount, to);
        if let Some(day) = counted {
            giver.count(day);
        }
        let from = giver.kind;
        self.account(leg.to)?.take(amount, from);
        Ok(())
    }

    /// What is posted are legs of the hold in their order, none above what was held, in time.
    fn post(&mut self, hold: HoldId, legs: &[Leg], at: Micros) -> Result<(), Broken> {
        let pending = self.let_go(hold)?;
        let mut held = pending.legs.iter();
        let within =
            |leg: &Leg| held.any(|whole| (whole.from, whole.to) == (leg.from, leg.to) && leg.amount <= whole.amount);
        if legs.iter().all(within) && at < pending.until { Ok(()) } else { Err(Broken::Overposted(hold)) }
    }

    fn let_go(&mut self, hold: HoldId) -> Result<Pending, Broken> {
        let pending = self.pending.remove(&hold).ok_or(Broken::HoldWrong(hold))?;
        for leg in &pending.legs {
            let giver = self.account(leg.from)?;
            giver.held -= i128::from(leg.amount.get());
            if pending.purpose.limited() {
                giver.waiting = giver.waiting.saturating_sub(1);
            }
        }
        Ok(pending)
    }

    /// The first account that is not as the journal says.
    pub fn differs(&self, books: &Books) -> Option<AccountId> {
        let wrong = books.accounts.values().find(|a| !self.accounts.get(&a.id).is_some_and(|told| told.is(a)));
        let missing = || self.accounts.keys().find(|id| !books.accounts.contains_key(id)).copied();
        wrong.map(|a| a.id).or_else(missing)
    }
}
/// What a check of the history found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tampered {
    /// This entry is not the one that was logged.
    Entry(u64),
    /// A head that was published covers more entries than there are: the tail was cut, or an old
    /// backup restored.
    Cut { have: u64, published: u64 },
    /// Everything up to here agrees with a published head, and not everything up to `until`.
    Between { from: u64, until: u64 },
}

/// Holds entries against the leaves that were stored with them and the heads that were published
/// elsewhere, oldest first.
pub fn verify(entries: &[Entry], leaves: &[[u8; 32]], heads: &[Head]) -> Result<(), Tampered> {
    let differs = entries.iter().zip(leaves).position(|(entry, leaf)| leaf_hash(&entry.bytes()) != *leaf);
    let uneven = (entries.len() != leaves.len()).then(|| entries.len().min(leaves.len()));
    if let Some(first) = differs.or(uneven) {
        return Err(Tampered::Entry(first as u64));
    }
    let have = leaves.len() as u64;
    let log = Log::of(leaves);
    let mut good = 0;
    for head in heads {
        if head.size > have {
            return Err(Tampered::Cut { have, published: head.size });
        }
        if log.root_at(head.size) != Some(head.root) {
            return Err(Tampered::Between { from: good, until: head.size });
        }
        good = head.size;
    }
    Ok(())
}
