//! Working the balances out again from the journal alone, by other code than decided them.

use std::collections::BTreeMap;

use crate::books::Books;
use crate::command::Leg;
use crate::entry::{Entry, Fact};
use crate::id::{AccountId, HoldId};
use crate::log::{Head, Log, leaf_hash};

/// Balances as the journal tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    pub posted: BTreeMap<AccountId, i128>,
    pub held: BTreeMap<AccountId, i128>,
    pending: BTreeMap<HoldId, Vec<Leg>>,
}

impl Replayed {
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Replayed {
        let mut replayed = Replayed::default();
        entries.into_iter().for_each(|e| replayed.take(&e.fact));
        replayed
    }

    fn take(&mut self, fact: &Fact) {
        match fact {
            Fact::Opened(open) => {
                self.posted.entry(open.id).or_default();
                self.held.entry(open.id).or_default();
            }
            Fact::Closed { .. } => {}
            Fact::Moved { legs, hold, .. } => {
                if let Some(hold) = hold {
                    self.let_go(*hold);
                }
                for leg in legs {
                    let amount = i128::from(leg.amount.get());
                    *self.posted.entry(leg.from).or_default() -= amount;
                    *self.posted.entry(leg.to).or_default() += amount;
                }
            }
            Fact::Held { hold, legs, .. } => {
                for leg in legs {
                    *self.held.entry(leg.from).or_default() += i128::from(leg.amount.get());
                }
                self.pending.insert(*hold, legs.clone());
            }
            Fact::Released { hold, .. } => self.let_go(*hold),
        }
    }

    fn let_go(&mut self, hold: HoldId) {
        for leg in self.pending.remove(&hold).unwrap_or_default() {
            *self.held.entry(leg.from).or_default() -= i128::from(leg.amount.get());
        }
    }

    /// The first account whose balance is not what the journal says.
    pub fn differs(&self, books: &Books) -> Option<AccountId> {
        let of = |map: &BTreeMap<AccountId, i128>, id| map.get(&id).copied();
        let wrong = books.accounts.values().find(|a| {
            of(&self.posted, a.id) != Some(a.posted.get().into()) || of(&self.held, a.id) != Some(a.held.get().into())
        });
        let missing = || self.posted.keys().find(|id| !books.accounts.contains_key(id)).copied();
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
