//! What cells write to each other.

use std::collections::BTreeMap;

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::account::Fund;
use crate::id::{AccountId, DrawId, TransferId};
use crate::log::leaf_hash;
use crate::outcome::Outcome;
use crate::pooling::pool::CellId;
use crate::request::BodyHash;
use crate::time::Micros;
use crate::window::{Tally, WindowId};

/// An account of the payer's cell, and how much of the settlement it pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Payer {
    pub from: AccountId,
    pub amount: Fen,
}

/// How a draw stands where it is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stand {
    /// Not a draw that was ever begun there.
    Unknown,
    Undecided,
    Committed {
        window: WindowId,
    },
    Aborted,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Message {
    /// Coordinator: set this aside for a settlement here.
    Prepare {
        draw: DrawId,
        /// From here on a cell that has not answered may say no, and the coordinator decides against it.
        until: Micros,
        fund: Fund,
        payers: Vec<Payer>,
        /// Whose treatment it is, as a keyed digest that the payer's directory can look up.
        patient: [u8; 32],
    },
    /// Participant: it is set aside until the decision, however long that takes.
    Prepared {
        draw: DrawId,
    },
    Refused {
        draw: DrawId,
        outcome: Outcome,
    },
    Commit {
        draw: DrawId,
        window: WindowId,
    },
    Abort {
        draw: DrawId,
    },
    /// Participant: how does it stand?
    Query {
        draw: DrawId,
    },
    State {
        draw: DrawId,
        stand: Stand,
    },
    /// Coordinator: the settlement is undone; all that had not come back yet does.
    Reverse {
        draw: DrawId,
        id: TransferId,
        amount: Fen,
        window: WindowId,
    },
    Refund {
        draw: DrawId,
        id: TransferId,
        amount: Fen,
        window: WindowId,
    },
    /// The sender adds nothing more to its window; this is what the receiver owes in it.
    Closed {
        window: WindowId,
        sums: BTreeMap<Fund, Tally>,
    },
}

/// A message with its place among all that one cell writes to another. Numbers begin at one and leave none out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Letter {
    pub from: CellId,
    pub to: CellId,
    pub number: u64,
    pub message: Message,
}

impl Letter {
    /// What is kept of a letter that was received, to know it again.
    pub fn hash(&self) -> BodyHash {
        BodyHash(leaf_hash(&postcard::to_extend(self, Vec::new()).unwrap_or_default()))
    }
}
