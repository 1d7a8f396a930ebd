//! What can be asked of the books.

use std::collections::BTreeSet;

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::account::{AccountKind, Fund};
use crate::id::{AccountId, HoldId, OwnerId, TransferId};
use crate::pooling::{CellCommand, CellNeeds};
use crate::route::Purpose;
use crate::time::Micros;

/// One movement: so much from here to there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Leg {
    pub from: AccountId,
    pub to: AccountId,
    pub amount: Fen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAccount {
    pub id: AccountId,
    pub kind: AccountKind,
    pub fund: Fund,
    pub owner: OwnerId,
    /// For a quota, and for nothing else: the account it is set aside in.
    pub parent: Option<AccountId>,
}

/// A command takes effect as a whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    Open(OpenAccount),
    Close {
        account: AccountId,
    },
    /// Moves money at once. The legs are drawn in their order.
    Transfer {
        id: TransferId,
        purpose: Purpose,
        legs: Vec<Leg>,
    },
    /// Sets money aside until it is posted, voided or the deadline passes.
    Hold {
        id: HoldId,
        purpose: Purpose,
        legs: Vec<Leg>,
        until: Micros,
    },
    /// Moves what a hold set aside, or less of it by leg; the rest is free again.
    Post {
        hold: HoldId,
        id: TransferId,
        amounts: Option<Vec<Fen>>,
    },
    Void {
        hold: HoldId,
    },
    /// The sweep of holds whose deadline has passed.
    Expire {
        hold: HoldId,
    },
    /// Gives back part of a settlement: what was drawn last comes back first.
    Refund {
        id: TransferId,
        of: TransferId,
        amount: Fen,
    },
    /// Books the opposite of a transfer that was wrong; `reason` is a code of the operator's list.
    Correct {
        id: TransferId,
        of: TransferId,
        reason: u16,
    },
    /// Makes what may still be used of a quota so much: more is set aside, or some of it given back.
    SetQuota {
        quota: AccountId,
        id: TransferId,
        usable: Fen,
    },
    /// Ends a quota: what is not held goes back at once, what is held when its settlement ends.
    Dissolve {
        quota: AccountId,
        id: TransferId,
    },
    /// The same command, as long as these accounts are open.
    While {
        open: Vec<AccountId>,
        then: Box<Command>,
    },
    /// What concerns other cells.
    Cell(Box<CellCommand>),
}

/// What a store has to load before a command can be decided. Holds and transfers name accounts of their
/// own: load those first, then theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    pub accounts: BTreeSet<AccountId>,
    pub holds: BTreeSet<HoldId>,
    pub transfers: BTreeSet<TransferId>,
    pub cells: CellNeeds,
}

impl Command {
    /// Whether it may come any number of times: what it does is known by something else than its request.
    pub fn repeatable(&self) -> bool {
        matches!(self, Command::Cell(command) if command.repeatable())
    }

    pub fn needs(&self) -> Needs {
        let mut needs = Needs::default();
        match self {
            Command::Open(open) => {
                needs.accounts.insert(open.id);
                needs.accounts.extend(open.parent);
            }
            Command::Close { account } => {
                needs.accounts.insert(*account);
            }
            Command::Transfer { id, legs, .. } => {
                needs.transfers.insert(*id);
                needs.accounts.extend(legs.iter().flat_map(|l| [l.from, l.to]));
            }
            Command::Hold { id, legs, .. } => {
                needs.holds.insert(*id);
                needs.accounts.extend(legs.iter().flat_map(|l| [l.from, l.to]));
            }
            Command::Post { hold, id, .. } => {
                needs.holds.insert(*hold);
                needs.transfers.insert(*id);
            }
            Command::Void { hold } | Command::Expire { hold } => {
                needs.holds.insert(*hold);
            }
            Command::Refund { id, of, .. } | Command::Correct { id, of, .. } => {
                needs.transfers.extend([*id, *of]);
            }
            Command::SetQuota { quota, id, .. } | Command::Dissolve { quota, id } => {
                needs.accounts.insert(*quota);
                needs.transfers.insert(*id);
            }
            Command::While { open, then } => {
                needs = then.needs();
                needs.accounts.extend(open);
            }
            Command::Cell(command) => command.needs(&mut needs),
        }
        needs
    }
}
