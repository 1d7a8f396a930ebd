//! The books as a decision sees them: all of them in a simulator, what was loaded in a store.

use std::collections::BTreeMap;

use crate::account::Account;
use crate::entry::Entry;
use crate::hold::Hold;
use crate::id::{AccountId, HoldId, TransferId};
use crate::limits::DatedLimits;
use crate::pooling::Pool;
use crate::refund::Transfer;
use crate::time::Micros;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Books {
    pub accounts: BTreeMap<AccountId, Account>,
    pub holds: BTreeMap<HoldId, Hold>,
    pub transfers: BTreeMap<TransferId, Transfer>,
    pub limits: DatedLimits,
    /// What is known of other cells.
    pub pool: Pool,
    /// When the last entry was made.
    pub last: Micros,
}

/// What a command changes: rows as they are afterwards, and what the journal says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub accounts: Vec<Account>,
    pub holds: Vec<Hold>,
    pub transfers: Vec<Transfer>,
    pub entries: Vec<Entry>,
    pub pool: Pool,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.pool.is_empty()
    }
}

impl Books {
    /// Carries out a plan that was decided on these very books.
    pub fn apply(&mut self, plan: &Plan) {
        self.accounts.extend(plan.accounts.iter().map(|a| (a.id, a.clone())));
        self.holds.extend(plan.holds.iter().map(|h| (h.id, h.clone())));
        self.transfers.extend(plan.transfers.iter().map(|t| (t.id, t.clone())));
        self.pool.apply(&plan.pool);
        self.last = plan.entries.iter().map(|e| e.at).max().unwrap_or_default().max(self.last);
    }
}
