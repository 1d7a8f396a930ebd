//! The journal: what happened, in order, never changed.

use serde::{Deserialize, Serialize};

use crate::command::{Leg, OpenAccount};
use crate::hold::HoldState;
use crate::id::{AccountId, HoldId, TransferId};
use crate::route::Purpose;
use crate::time::Micros;

/// One line of the journal. It names accounts by opaque ids only, so that what is known of a person can
/// be deleted elsewhere and the journal stays whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub at: Micros,
    pub fact: Fact,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    Opened(OpenAccount),
    Closed {
        account: AccountId,
    },
    Moved {
        transfer: TransferId,
        purpose: Purpose,
        legs: Vec<Leg>,
        /// The transfer that this one gives back or corrects.
        of: Option<TransferId>,
        /// The hold that this ends.
        hold: Option<HoldId>,
        reason: u16,
    },
    Held {
        hold: HoldId,
        purpose: Purpose,
        legs: Vec<Leg>,
        until: Micros,
    },
    Released {
        hold: HoldId,
        how: HoldState,
    },
}

impl Entry {
    /// The bytes that the log hashes. One value has one encoding.
    pub fn bytes(&self) -> Vec<u8> {
        postcard::to_extend(self, Vec::new()).unwrap_or_default()
    }

    /// What such bytes say; `None` unless they are the one encoding of it.
    pub fn of_bytes(bytes: &[u8]) -> Option<Entry> {
        let entry: Entry = postcard::from_bytes(bytes).ok()?;
        (entry.bytes() == bytes).then_some(entry)
    }
}
