//! Signing the journal's head, and not signing what contradicts an earlier signature.

use std::fmt;

use wallet_ledger::{bag, trees};

use super::{HeadKey, KeyError, SignedHead};
use crate::error::StoreError;
use crate::upkeep::Upkeep;

/// What signing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// The journal has not grown since.
    Already,
    Head(SignedHead),
}

/// Why a head is not signed.
#[derive(Debug)]
pub enum Withheld {
    /// A head was signed over more lines than there are: the tail was cut, or an old backup restored.
    Cut {
        have: u64,
        signed: u64,
    },
    /// The lines that an earlier head covers are not those it was signed over.
    Rewritten {
        signed: u64,
    },
    Store(StoreError),
    Key(KeyError),
}

impl fmt::Display for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Withheld::Cut { have, signed } => write!(f, "the journal has {have} lines, {signed} were signed"),
            Withheld::Rewritten { signed } => write!(f, "the first {signed} lines are not those that were signed"),
            Withheld::Store(cause) => cause.fmt(f),
            Withheld::Key(cause) => cause.fmt(f),
        }
    }
}

impl std::error::Error for Withheld {}

impl From<StoreError> for Withheld {
    fn from(cause: StoreError) -> Self {
        Withheld::Store(cause)
    }
}

/// Signs the head if the journal has grown, and keeps the signature in the store. `exported` is the last head in
/// the file, which knows better than a database that was put back.
pub async fn sign<U: Upkeep>(store: &U, key: &HeadKey, exported: Option<&SignedHead>) -> Result<Signed, Withheld> {
    let kept = store.last_head().await?;
    let head = store.end().await?.peaks.head();
    let before = kept.iter().chain(exported).max_by_key(|signed| signed.head.size);
    if let Some(before) = before {
        agrees(store, before, head.size).await?;
        if before.head.size == head.size {
            return Ok(Signed::Already);
        }
    }
    let signed = key.sign(store.shard(), head, store.now().await?).map_err(Withheld::Key)?;
    store.keep_head(&signed).await?;
    Ok(Signed::Head(signed))
}

async fn agrees<U: Upkeep>(store: &U, before: &SignedHead, have: u64) -> Result<(), Withheld> {
    let signed = before.head.size;
    if have < signed {
        return Err(Withheld::Cut { have, signed });
    }
    let mut peaks = Vec::new();
    for (level, place) in trees(0, signed) {
        peaks.push(store.node(level, place).await?.ok_or(Withheld::Rewritten { signed })?);
    }
    if bag(&peaks) == before.head.root { Ok(()) } else { Err(Withheld::Rewritten { signed }) }
}
