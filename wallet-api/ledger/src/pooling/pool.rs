//! The rows that a cell keeps of other cells.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::account::Fund;
use crate::id::{AccountId, DrawId};
use crate::pooling::alarm::{Alarm, AlarmKind};
use crate::pooling::draw::Draw;
use crate::pooling::link::Link;
use crate::pooling::message::Letter;
use crate::request::BodyHash;
use crate::window::{Obligation, ObligationKey, Window, WindowId};

/// An insurance area by its six digits, or a shard of one by more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellId(pub u32);

impl fmt::Debug for CellId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl fmt::Display for CellId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// The cell itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cell {
    pub id: CellId,
    /// Where money goes that comes back and has no owner any more, by fund.
    pub suspense: BTreeMap<Fund, AccountId>,
    /// The window that takes claims in.
    pub window: WindowId,
}

/// In books, the rows that are there or were loaded; in a plan, those that it changes. No plan takes any away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pool {
    pub cell: Option<Cell>,
    pub links: BTreeMap<CellId, Link>,
    pub draws: BTreeMap<DrawId, Draw>,
    pub windows: BTreeMap<WindowId, Window>,
    /// Letters written, by receiver and number. Those above the link's `acked` are under way; a store may forget others.
    pub outbox: BTreeMap<(CellId, u64), Letter>,
    /// Every letter taken in, by sender and number.
    pub inbox: BTreeMap<(CellId, u64), BodyHash>,
    pub obligations: BTreeMap<ObligationKey, Obligation>,
    pub alarms: BTreeMap<(CellId, u64, AlarmKind), Alarm>,
}

/// What a store has to load of it before a command can be decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellNeeds {
    /// Whether the command is about other cells at all.
    pub cell: bool,
    pub links: BTreeSet<CellId>,
    /// All of them instead.
    pub every_link: bool,
    pub draws: BTreeSet<DrawId>,
    /// Beside these, every window that is not closed.
    pub windows: BTreeSet<WindowId>,
    pub inbox: BTreeSet<(CellId, u64)>,
}

impl CellNeeds {
    pub fn extend(&mut self, other: CellNeeds) {
        self.cell |= other.cell;
        self.every_link |= other.every_link;
        self.links.extend(other.links);
        self.draws.extend(other.draws);
        self.windows.extend(other.windows);
        self.inbox.extend(other.inbox);
    }
}

impl Pool {
    pub fn is_empty(&self) -> bool {
        *self == Pool::default()
    }

    /// Rows as they are afterwards take the place of those before.
    pub fn apply(&mut self, changed: &Pool) {
        if changed.cell.is_some() {
            self.cell.clone_from(&changed.cell);
        }
        let Pool { links, draws, windows, outbox, inbox, obligations, alarms, .. } = changed.clone();
        self.links.extend(links);
        self.draws.extend(draws);
        self.windows.extend(windows);
        self.outbox.extend(outbox);
        self.inbox.extend(inbox);
        self.obligations.extend(obligations);
        self.alarms.extend(alarms);
    }

    /// Letters to a cell that it has not taken in, in their order.
    pub fn under_way(&self, to: CellId) -> impl Iterator<Item = &Letter> {
        let acked = self.links.get(&to).map_or(0, |link| link.acked);
        self.outbox.range((to, acked.saturating_add(1))..=(to, u64::MAX)).map(|(_, letter)| letter)
    }

    /// Accounts that rows name, which are known only once those are there.
    pub fn accounts(&self) -> impl Iterator<Item = AccountId> {
        let suspense = self.cell.iter().flat_map(|cell| cell.suspense.values().copied());
        let parts = self.draws.values().flat_map(Draw::accounts);
        suspense.chain(self.links.values().flat_map(Link::accounts)).chain(parts)
    }
}
