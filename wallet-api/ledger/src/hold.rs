//! Money set aside. A hold goes one way: pending, then posted, voided or expired.

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::command::Leg;
use crate::id::{HoldId, TransferId};
use crate::outcome::Outcome;
use crate::route::Purpose;
use crate::time::Micros;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HoldState {
    Pending,
    Posted,
    Voided,
    Expired,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hold {
    pub id: HoldId,
    pub purpose: Purpose,
    pub legs: Vec<Leg>,
    /// The first instant at which it can no longer be posted.
    pub until: Micros,
    pub state: HoldState,
    /// What was posted of each leg.
    pub posted: Vec<Fen>,
    pub transfer: Option<TransferId>,
}

impl Hold {
    /// Why the hold can no longer change, if it cannot.
    pub(crate) fn ended(&self) -> Option<Outcome> {
        match self.state {
            HoldState::Pending => None,
            HoldState::Posted => Some(Outcome::HoldPosted),
            HoldState::Voided => Some(Outcome::HoldVoided),
            HoldState::Expired => Some(Outcome::HoldExpired),
        }
    }
}
