//! What can be wrong with a store.

use std::fmt;

use wallet_ledger::{AccountId, Broken, Fund, HoldId, Tampered, TransferId};

/// What is wrong with a store. Lines are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A line has another number than its place: one is missing, doubled or out of order.
    OutOfOrder {
        line: u64,
    },
    /// Lines stand after the place where the journal ends.
    Beyond {
        line: u64,
    },
    /// A line's bytes are no entry, or its instant is not the one beside it.
    Unreadable {
        line: u64,
    },
    Journal(Tampered),
    /// A node of the log is not the one over these lines.
    Node {
        from: u64,
        until: u64,
    },
    /// The end of the journal does not belong to its lines.
    End,
    /// A line that cannot follow upon those before it.
    Follows {
        line: u64,
        broken: Broken,
    },
    /// A row that a line made is not there, or says something else.
    Row {
        line: u64,
        row: Row,
    },
    /// Rows that no line speaks of.
    Extra(&'static str),
    Books(Broken),
    Sum(Fund),
    /// The journal says another balance than the account has.
    Balance(AccountId),
    /// What stands beside an account or a hold for queries is not its own.
    Column(AccountId),
    HoldState(HoldId),
    Refunded(TransferId),
    /// A head over so many lines that no known key signed.
    Signature {
        size: u64,
    },
    /// A file of heads that cannot be read, or whose sizes go back.
    HeadFile(String),
}

/// Which row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Account(AccountId),
    Hold(HoldId),
    Transfer(TransferId),
    /// That an account's statement names the line.
    Mention(AccountId),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::OutOfOrder { line } => write!(f, "line {line} of the journal is missing or out of order"),
            Fault::Beyond { line } => write!(f, "line {line} stands after the journal's end"),
            Fault::Unreadable { line } => write!(f, "line {line} of the journal cannot be read"),
            Fault::Journal(Tampered::Entry(line)) => write!(f, "line {line} of the journal was changed"),
            Fault::Journal(Tampered::Cut { have, published }) => {
                write!(
                    f,
                    "the journal has {have} lines, {published} were published: its end was cut or an old copy put back"
                )
            }
            Fault::Journal(Tampered::Between { from, until }) => {
                write!(f, "the journal was written anew between line {from} and line {until}")
            }
            Fault::Node { from, until } => write!(f, "the log over lines {from} to {until} was changed"),
            Fault::End => f.write_str("the journal's end does not belong to its lines"),
            Fault::Follows { line, broken } => write!(f, "line {line} cannot follow upon those before it: {broken}"),
            Fault::Row { line, row } => write!(f, "{row:?} is not as line {line} of the journal has it"),
            Fault::Extra(table) => write!(f, "there are rows of `{table}` that no line of the journal speaks of"),
            Fault::Books(broken) => write!(f, "the books do not hold: {broken}"),
            Fault::Sum(fund) => write!(f, "the accounts of the fund {fund:?} do not add up to zero"),
            Fault::Balance(account) => write!(f, "{account:?} is not as the journal says"),
            Fault::Column(account) => write!(f, "the columns beside {account:?} say something else"),
            Fault::HoldState(hold) => write!(f, "{hold:?} did not end as the journal says"),
            Fault::Refunded(transfer) => write!(f, "what came back of {transfer:?} is not as the journal says"),
            Fault::Signature { size } => write!(f, "the head over {size} lines was signed by no known key"),
            Fault::HeadFile(cause) => write!(f, "the file of heads: {cause}"),
        }
    }
}

impl Fault {
    /// The first line of the journal that is concerned, where one is known.
    pub fn line(&self) -> Option<u64> {
        match self {
            Fault::OutOfOrder { line }
            | Fault::Beyond { line }
            | Fault::Unreadable { line }
            | Fault::Journal(Tampered::Entry(line))
            | Fault::Follows { line, .. }
            | Fault::Row { line, .. } => Some(*line),
            Fault::Journal(Tampered::Between { from, .. }) | Fault::Node { from, .. } => Some(*from),
            Fault::Journal(Tampered::Cut { have, .. }) => Some(*have),
            _ => None,
        }
    }
}
