//! Checking a whole store against itself and against heads that were published elsewhere.

use std::fmt;

use wallet_ledger::{AccountId, Broken, Entry, Head, Log, Replayed, Tampered, check, verify};

use crate::error::StoreError;
use crate::journal::Whole;

/// What is wrong with a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A line has another number than its place: one is missing, doubled or out of order.
    OutOfOrder {
        line: u64,
    },
    /// A line's bytes are no entry, or its instant is not the one beside it.
    Unreadable {
        line: u64,
    },
    Journal(Tampered),
    /// The end of the journal does not belong to its lines.
    End,
    Books(Broken),
    /// The journal says another balance than the account has.
    Balance(AccountId),
    /// The balance beside an account is not the account's.
    Column(AccountId),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::OutOfOrder { line } => write!(f, "line {line} of the journal is missing or out of order"),
            Fault::Unreadable { line } => write!(f, "line {line} of the journal cannot be read"),
            Fault::Journal(Tampered::Entry(line)) => write!(f, "line {line} of the journal was changed"),
            Fault::Journal(Tampered::Cut { have, published }) => {
                write!(f, "the journal has {have} lines, {published} were published: its end was cut")
            }
            Fault::Journal(Tampered::Between { from, until }) => {
                write!(f, "the journal was written anew between line {from} and line {until}")
            }
            Fault::End => f.write_str("the journal's end does not belong to its lines"),
            Fault::Books(broken) => write!(f, "the books do not hold: {broken}"),
            Fault::Balance(account) => write!(f, "the journal says another balance for {account:?}"),
            Fault::Column(account) => write!(f, "the balance beside {account:?} is another"),
        }
    }
}

/// The first fault, by the order in which the journal was written.
pub fn first_fault(whole: &Whole, published: &[Head]) -> Result<Option<Fault>, StoreError> {
    let mut entries: Vec<Entry> = Vec::with_capacity(whole.lines.len());
    let mut leaves = Vec::with_capacity(whole.lines.len());
    for (place, line) in (0..).zip(&whole.lines) {
        if line.number != place {
            return Ok(Some(Fault::OutOfOrder { line: place }));
        }
        let entry = line.entry().ok().filter(|entry| entry.at.0 == line.at);
        let (Some(entry), Ok(leaf)) = (entry, <[u8; 32]>::try_from(line.leaf.as_slice())) else {
            return Ok(Some(Fault::Unreadable { line: place }));
        };
        entries.push(entry);
        leaves.push(leaf);
    }
    if let Err(tampered) = verify(&entries, &leaves, published) {
        return Ok(Some(Fault::Journal(tampered)));
    }
    if whole.end.peaks.head() != Log::of(&leaves).head() {
        return Ok(Some(Fault::End));
    }
    if let Some(account) = Replayed::of(&entries).differs(&whole.books) {
        return Ok(Some(Fault::Balance(account)));
    }
    if let Err(broken) = check(&whole.books) {
        return Ok(Some(Fault::Books(broken)));
    }
    let column =
        whole.books.accounts.values().find(|a| whole.columns.get(&a.id) != Some(&(a.posted.get(), a.held.get())));
    Ok(column.map(|a| Fault::Column(a.id)))
}
