//! Settlement windows: what cells came to owe each other between two closings.
//!
//! A window is open, closing, closed, settled. A claim belongs to the window that was open where the draw was decided,
//! and goes to the debtor with the decision, so that both have it in the same one. What is in a closed window never
//! changes: a refund that comes later is owed the other way in the window that is open then.

mod close;
mod net;
mod reconcile;
mod statement;

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::account::Fund;
use crate::id::{DrawId, TransferId};
use crate::pooling::CellId;
use crate::time::Micros;

pub use net::{Net, NetError, multilateral, pairs};
pub use reconcile::{Difference, Found, Moved, moved, reconcile};
pub use statement::{DayKey, DaySums, statement};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WindowId(pub u64);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WindowState {
    #[default]
    Open,
    /// Nothing more is claimed in it here; others may not have heard yet, or not be so far.
    Closing,
    /// Everybody has the same sums.
    Closed,
    /// Paid between all.
    Settled,
}

/// So many items of so much together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Tally {
    pub count: u64,
    pub amount: Fen,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    pub id: WindowId,
    pub state: WindowState,
    /// What others owe this cell.
    pub claims: BTreeMap<(CellId, Fund), Tally>,
    /// What it owes others.
    pub debts: BTreeMap<(CellId, Fund), Tally>,
    /// Who was told that it is closed here, in which letter.
    pub told: BTreeMap<CellId, u64>,
    /// Who has closed it, too.
    pub heard: BTreeSet<CellId>,
    /// With whom it is paid.
    pub paid: BTreeSet<(CellId, Fund)>,
}

/// Who owes whom for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Claim {
    pub creditor: CellId,
    pub debtor: CellId,
    pub draw: DrawId,
    pub fund: Fund,
}

/// A draw or a refund of one in a window; the transfer has the same id in the books of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObligationKey {
    pub window: WindowId,
    pub creditor: CellId,
    pub debtor: CellId,
    pub transfer: TransferId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Obligation {
    pub key: ObligationKey,
    pub draw: DrawId,
    pub fund: Fund,
    /// Below zero for a refund.
    pub amount: Fen,
    pub at: Micros,
}

/// Where the net amount of a window comes from, at the cell that it is owed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaidFrom {
    Bank,
    /// 预付金 that the other cell deposited here.
    Prepayment,
}
