//! Deciding many requests in one transaction, in their order, against what was loaded for them.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::proof::Hash;
use wallet_ledger::{
    Account, AccountId, Admission, BodyHash, Books, CellNeeds, Command, Entry, Fact, Head, Hold, HoldId, Micros,
    Outcome, OwnerId, Peaks, Pool, Request, RequestKey, Stored, Transfer, TransferId, admit, decide, leaf_hash,
};

use crate::permit::{Actor, Denied, Known, looked_at, permit};

/// A command with the request that it came by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub request: Request,
    pub command: Command,
    /// Whose rights are looked at; `None` where that was done before, or the system asks of its own accord.
    pub by: Option<Actor>,
}

/// What becomes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Decided {
        outcome: Outcome,
        /// The request had been decided before; nothing was done now.
        replayed: bool,
        /// Where the journal speaks of it; a refusal is not there.
        entries: Vec<u64>,
        /// Every account that it changed, as it is afterwards.
        accounts: Vec<Account>,
    },
    /// The key was used for another body.
    Conflict,
    /// It is not for whoever asks.
    Denied(Denied),
}

impl Answer {
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Answer::Decided { outcome, .. } => Some(*outcome),
            Answer::Conflict | Answer::Denied(_) => None,
        }
    }
}

/// What a batch has to read before it can be decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub keys: BTreeSet<RequestKey>,
    pub accounts: BTreeSet<AccountId>,
    pub holds: BTreeSet<HoldId>,
    pub transfers: BTreeSet<TransferId>,
    pub cells: CellNeeds,
    /// Who must be alive.
    pub people: BTreeSet<OwnerId>,
}

impl Wanted {
    pub fn of(asked: &[Asked]) -> Wanted {
        let mut wanted = Wanted::default();
        for one in asked {
            let needs = one.command.needs();
            if !one.command.repeatable() {
                wanted.keys.insert(one.request.key.clone());
            }
            wanted.accounts.extend(needs.accounts);
            wanted.holds.extend(needs.holds);
            wanted.transfers.extend(needs.transfers);
            wanted.cells.extend(needs.cells);
            if let Some(Actor::Resident(owner)) = one.by {
                wanted.people.insert(owner);
            }
        }
        wanted
    }

    /// Accounts that holds, transfers and other cells' rows name, which are known only once those are there.
    pub fn add_named_by(&mut self, books: &Books) {
        let legs = books.holds.values().flat_map(|h| &h.legs).chain(books.transfers.values().flat_map(|t| &t.legs));
        self.accounts.extend(legs.flat_map(|leg| [leg.from, leg.to]));
        self.accounts.extend(books.pool.accounts());
    }
}

/// The row that every batch locks first: where the journal ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct End {
    pub last: Micros,
    pub peaks: Peaks,
}

/// One line of the journal as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub number: u64,
    pub entry: Entry,
    pub bytes: Vec<u8>,
    pub leaf: Hash,
    /// The nodes of the log above the leaf that it completes, from level 1 up.
    pub above: Vec<Hash>,
    /// The accounts that it speaks of.
    pub accounts: BTreeSet<AccountId>,
}

impl Line {
    /// The node of a level that the line completes.
    pub fn node(&self, level: u8) -> Option<Hash> {
        match usize::from(level).checked_sub(1) {
            None => Some(self.leaf),
            Some(place) => self.above.get(place).copied(),
        }
    }
}

/// What a batch writes. Rows stand as they are afterwards, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub accounts: Vec<Account>,
    pub holds: Vec<Hold>,
    pub transfers: Vec<Transfer>,
    pub lines: Vec<Line>,
    pub requests: Vec<(RequestKey, Stored)>,
    pub end: End,
    pub pool: Pool,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.lines.is_empty() && self.pool.is_empty()
    }

    pub fn head(&self) -> Head {
        self.end.peaks.head()
    }
}

/// What was loaded for a batch beside the books.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    pub known: BTreeMap<RequestKey, Stored>,
    /// Which of the people who ask have died.
    pub died: BTreeSet<OwnerId>,
    pub end: End,
}

/// Decides requests in their order. Each sees what those before it did.
pub fn decide_all(asked: &[Asked], mut books: Books, loaded: Loaded, clock: Micros) -> (Vec<Answer>, Changes) {
    let Loaded { mut known, died, end } = loaded;
    books.last = end.last;
    let mut work = Work { changes: Changes { end, ..Changes::default() }, touched: Touched::default() };
    let kept = |known: &BTreeMap<RequestKey, Stored>, one: &Asked| match one.command.repeatable() {
        true => Admission::Fresh,
        false => admit(known.get(&one.request.key), one.request.body),
    };
    let admitted = |books: &Books, known: &BTreeMap<RequestKey, Stored>, one: &Asked| {
        permitted(one, books, &died).map(|()| kept(known, one))
    };
    let answers = asked.iter().map(|one| match admitted(&books, &known, one) {
        Err(denied) => Answer::Denied(denied),
        Ok(Admission::Conflict) => Answer::Conflict,
        Ok(Admission::Replay(outcome)) => {
            Answer::Decided { outcome, replayed: true, entries: Vec::new(), accounts: Vec::new() }
        }
        Ok(Admission::Fresh) => {
            let decision = decide(&books, &one.command, clock.after(books.last));
            books.apply(&decision.plan);
            if !one.command.repeatable() {
                let stored = Stored { body: one.request.body, outcome: decision.outcome };
                known.insert(one.request.key.clone(), stored.clone());
                work.changes.requests.push((one.request.key.clone(), stored));
            }
            work.changes.pool.apply(&decision.plan.pool);
            let entries = decision.plan.entries.into_iter().map(|entry| work.write(entry, &books.holds)).collect();
            work.touched.note(&decision.plan.accounts, &decision.plan.holds, &decision.plan.transfers);
            let accounts = decision.plan.accounts;
            Answer::Decided { outcome: decision.outcome, replayed: false, entries, accounts }
        }
    });
    let answers = answers.collect();
    let Work { mut changes, touched } = work;
    changes.end.last = books.last;
    changes.accounts = touched.accounts.iter().filter_map(|id| books.accounts.get(id).cloned()).collect();
    changes.holds = touched.holds.iter().filter_map(|id| books.holds.get(id).cloned()).collect();
    changes.transfers = touched.transfers.iter().filter_map(|id| books.transfers.get(id).cloned()).collect();
    (answers, changes)
}

/// Whether who asks may ask for it at all.
fn permitted(one: &Asked, books: &Books, died: &BTreeSet<OwnerId>) -> Result<(), Denied> {
    let Some(actor) = one.by else { return Ok(()) };
    if let Actor::Resident(owner) = actor
        && died.contains(&owner)
    {
        return Err(Denied::Died);
    }
    let (hold, transfer) = match &one.command {
        Command::Post { hold, .. } | Command::Void { hold } => (books.holds.get(hold), None),
        Command::Refund { of, .. } => (None, books.transfers.get(of)),
        _ => (None, None),
    };
    let accounts = looked_at(&one.command, hold, transfer);
    let accounts = accounts.iter().filter_map(|id| books.accounts.get(id)).collect();
    permit(actor, &one.command, &Known { accounts, hold, transfer })
}

struct Work {
    changes: Changes,
    touched: Touched,
}

#[derive(Default)]
struct Touched {
    accounts: BTreeSet<AccountId>,
    holds: BTreeSet<HoldId>,
    transfers: BTreeSet<TransferId>,
}

impl Touched {
    fn note(&mut self, accounts: &[Account], holds: &[Hold], transfers: &[Transfer]) {
        self.accounts.extend(accounts.iter().map(|a| a.id));
        self.holds.extend(holds.iter().map(|h| h.id));
        self.transfers.extend(transfers.iter().map(|t| t.id));
    }
}

impl Work {
    /// Puts a line at the end of the journal and of the log over it.
    fn write(&mut self, entry: Entry, holds: &BTreeMap<HoldId, Hold>) -> u64 {
        let Changes { lines, end, .. } = &mut self.changes;
        let number = end.peaks.size();
        let bytes = entry.bytes();
        let leaf = leaf_hash(&bytes);
        let mut above = Vec::new();
        end.peaks.append(leaf, |node| above.extend((node.level > 0).then_some(node.hash)));
        let accounts = mentioned(&entry.fact, holds);
        lines.push(Line { number, entry, bytes, leaf, above, accounts });
        number
    }
}

/// Accounts that a fact is about. What ends a hold is about every account that it held money in.
pub(crate) fn mentioned(fact: &Fact, holds: &BTreeMap<HoldId, Hold>) -> BTreeSet<AccountId> {
    let held_in = |id: &HoldId| holds.get(id).into_iter().flat_map(|h| &h.legs).map(|leg| leg.from);
    match fact {
        Fact::Opened(open) => BTreeSet::from([open.id]),
        Fact::Closed { account } => BTreeSet::from([*account]),
        Fact::Moved { legs, hold, .. } => {
            legs.iter().flat_map(|l| [l.from, l.to]).chain(hold.iter().flat_map(held_in)).collect()
        }
        Fact::Held { legs, .. } => legs.iter().flat_map(|l| [l.from, l.to]).collect(),
        Fact::Released { hold, .. } => held_in(hold).collect(),
    }
}

/// A request whose body is the command itself: what the system asks of its own accord.
pub fn own(tenant: u64, operation: u16, key: String, command: Command) -> Asked {
    let body = BodyHash(leaf_hash(&postcard::to_extend(&command, Vec::new()).unwrap_or_default()));
    Asked { request: Request { key: RequestKey { tenant, operation, key }, body }, command, by: None }
}
