//! Transfers as they are remembered, and giving them back.

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::command::Leg;
use crate::entry::Fact;
use crate::id::TransferId;
use crate::route::Purpose;

/// A transfer that was made, and how much of each leg came back since.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Transfer {
    pub id: TransferId,
    pub purpose: Purpose,
    pub legs: Vec<Leg>,
    pub refunded: Vec<Fen>,
    pub corrected: bool,
}

impl Transfer {
    pub(crate) fn new(id: TransferId, purpose: Purpose, legs: Vec<Leg>) -> Transfer {
        let refunded = vec![Fen::ZERO; legs.len()];
        Transfer { id, purpose, legs, refunded, corrected: false }
    }

    /// The transfer that a line of the journal made, as it was then.
    pub fn of(fact: &Fact) -> Option<Transfer> {
        match fact {
            Fact::Moved { transfer, purpose, legs, .. } => Some(Transfer::new(*transfer, *purpose, legs.clone())),
            _ => None,
        }
    }

    /// Whether nothing became of it since. What came back of a transfer never goes there again, so that one that is not
    /// as it was made never will be.
    pub fn is_as_made(&self) -> bool {
        !self.corrected && self.refunded.iter().all(|back| back.is_zero())
    }

    /// What has not come back of it.
    pub(crate) fn left(&self) -> Fen {
        self.legs.iter().zip(&self.refunded).fold(Fen::ZERO, |sum, (leg, back)| sum.plus(leg.amount.above(*back)))
    }

    /// What of each leg comes back for a refund of `amount`, last drawn first. `None` where that is more
    /// than is left.
    pub(crate) fn shares(&self, amount: Fen) -> Option<Vec<Fen>> {
        let mut left = amount;
        let mut shares: Vec<Fen> = self
            .legs
            .iter()
            .zip(&self.refunded)
            .rev()
            .map(|(leg, back)| {
                let share = leg.amount.above(*back).min(left);
                left = left.above(share);
                share
            })
            .collect();
        shares.reverse();
        left.is_zero().then_some(shares)
    }
}
