//! A request is known by who sent it, for what, and its own key. The same one again gets the same
//! answer; another under the same key is refused.

use serde::{Deserialize, Serialize};

use crate::outcome::Outcome;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RequestKey {
    pub tenant: u64,
    pub operation: u16,
    /// Made by the client and kept there before it is sent.
    pub key: String,
}

/// SM3 of the request's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BodyHash(pub [u8; 32]);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub key: RequestKey,
    pub body: BodyHash,
}

/// What is kept of a request that was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    pub body: BodyHash,
    pub outcome: Outcome,
}

/// What to do with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Never seen: decide it, and keep the outcome in the same transaction.
    Fresh,
    /// Decided before: the same outcome again, and nothing else.
    Replay(Outcome),
    /// The key was used for another body.
    Conflict,
}

pub fn admit(stored: Option<&Stored>, body: BodyHash) -> Admission {
    match stored {
        None => Admission::Fresh,
        Some(known) if known.body == body => Admission::Replay(known.outcome),
        Some(_) => Admission::Conflict,
    }
}
