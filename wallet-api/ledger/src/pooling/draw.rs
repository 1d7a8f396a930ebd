//! A draw as a cell knows it.

use std::collections::BTreeMap;

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::account::Fund;
use crate::id::{AccountId, DrawId, HoldId, TransferId};
use crate::outcome::Outcome;
use crate::pooling::message::Payer;
use crate::pooling::pool::CellId;
use crate::time::Micros;
use crate::window::WindowId;

/// How a draw stands here. Committed and aborted are for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DrawState {
    /// Coordinator: not every cell has answered.
    Asking,
    /// Participant: set aside, and nothing but the decision ends it.
    Prepared,
    /// Participant: said no.
    Refused(Outcome),
    Committed {
        window: WindowId,
    },
    Aborted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Vote {
    None,
    Prepared,
    Refused(Outcome),
}

/// What one other cell pays of a settlement here.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Part {
    pub fund: Fund,
    pub payers: Vec<Payer>,
    /// The institution's account here.
    pub to: AccountId,
    pub vote: Vote,
}

impl Part {
    /// `None` where it is more than an amount can be.
    pub fn amount(&self) -> Option<Fen> {
        total(&self.payers)
    }
}

pub(crate) fn total(payers: &[Payer]) -> Option<Fen> {
    payers.iter().try_fold(Fen::ZERO, |sum, payer| sum.checked_add(payer.amount))
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    Coordinator {
        parts: BTreeMap<CellId, Part>,
        /// Whether accounts of this cell pay as well.
        own: bool,
    },
    Participant {
        coordinator: CellId,
        amount: Fen,
        fund: Fund,
        /// Whether it has asked how the draw stands and not been answered.
        asked: bool,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Draw {
    pub id: DrawId,
    pub state: DrawState,
    pub until: Micros,
    pub role: Role,
}

impl Draw {
    /// Whether somebody still has to do something for it to end.
    pub fn pending(&self) -> bool {
        matches!(self.state, DrawState::Asking | DrawState::Prepared)
    }

    /// Accounts of this cell that it names, beside those of its hold.
    pub fn accounts(&self) -> impl Iterator<Item = AccountId> + '_ {
        let parts = match &self.role {
            Role::Coordinator { parts, .. } => Some(parts),
            Role::Participant { .. } => None,
        };
        parts.into_iter().flatten().map(|(_, part)| part.to)
    }
}

/// What is booked for a draw is named by it. A server's ids have a version where these have another: nobody else
/// makes such an id.
const HOLD: u128 = 0xf000 << 64;
const OWN: u128 = 0xe000 << 64;

pub fn draw_hold(draw: DrawId) -> HoldId {
    HoldId(draw.0 ^ HOLD)
}

/// Out of the payers' accounts in their cell, into the institution's where it is.
pub fn draw_transfer(draw: DrawId) -> TransferId {
    TransferId(draw.0 ^ HOLD)
}

/// What accounts of the coordinating cell pay itself.
pub fn own_transfer(draw: DrawId) -> TransferId {
    TransferId(draw.0 ^ OWN)
}
