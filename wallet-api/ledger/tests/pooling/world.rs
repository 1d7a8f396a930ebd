//! A few cells with the same accounts each. Every command is checked against all invariants and against what the
//! journal says.

use std::collections::BTreeMap;

use anxin_core::Fen;
use wallet_ledger::{
    AccountId, AccountKind, AlarmKind, Books, CellCommand, CellId, Command, DrawId, DrawOrder, DrawState, Entry, Fund,
    Leg, Letter, Message, Micros, OpenAccount, Outcome, OwnerId, Part, Payer, Purpose, Replayed, Reply, Terms,
    TransferId, Vote, check, check_positions, decide, reply,
};

pub const FUNDING: AccountId = AccountId(1);
pub const CASH: AccountId = AccountId(2);
pub const HOSPITAL: AccountId = AccountId(3);
pub const SUSPENSE: AccountId = AccountId(4);
pub const PREPAID: AccountId = AccountId(5);
/// A person of the cell, and what is set aside there for a relative.
pub const SHARER: AccountId = AccountId(10);
pub const QUOTA: AccountId = AccountId(11);
/// Somebody who has no relatives.
pub const OTHER: AccountId = AccountId(12);

pub const GUANGZHOU: CellId = CellId(440_100);
pub const GUIGANG: CellId = CellId(450_800);
pub const NANNING: CellId = CellId(450_100);

pub const START: Micros = Micros(1_800_000_000_000_000);
pub const DEADLINE: Micros = Micros(START.0 + 60_000_000);

pub fn fen(n: i64) -> Fen {
    Fen::new(n).unwrap()
}

/// The account in which a cell books what it and another owe each other.
pub fn clearing(peer: CellId) -> AccountId {
    AccountId(1_000 + u128::from(peer.0))
}

pub fn terms(peer: CellId) -> Terms {
    let (cap, prepaid) = (None, None);
    Terms { open: true, account: clearing(peer), pooled: None, cap, prepaid, over: Default::default() }
}

/// A cell's books and what they have been through.
#[derive(Clone)]
pub struct Place {
    pub id: CellId,
    pub books: Books,
    pub journal: Vec<Entry>,
}

impl Place {
    fn new(id: CellId, peers: &[CellId]) -> Place {
        let mut place = Place { id, books: Books::default(), journal: Vec::new() };
        let own = [
            (FUNDING, AccountKind::Funding, 0),
            (CASH, AccountKind::Cash, 0),
            (HOSPITAL, AccountKind::Institution, 7),
            (SUSPENSE, AccountKind::Suspense, 0),
            (PREPAID, AccountKind::Prepayment, 0),
            (SHARER, AccountKind::Personal, 1),
            (QUOTA, AccountKind::Quota, 1),
            (OTHER, AccountKind::Personal, 2),
        ];
        for (id, kind, owner) in own {
            place.open(id, kind, owner);
        }
        for peer in peers {
            place.open(clearing(*peer), AccountKind::Clearing, 0);
        }
        for (n, person) in [(1, SHARER), (2, OTHER)] {
            place.transfer(n, Purpose::Credit, FUNDING, person, 1_000);
        }
        let set = Command::SetQuota { quota: QUOTA, id: TransferId(3), usable: fen(600) };
        assert_eq!(place.ask(&set, START), Outcome::Done);
        place.done(CellCommand::Found { id, suspense: BTreeMap::from([(Fund::Account, SUSPENSE)]) });
        for peer in peers {
            place.done(CellCommand::Agree { peer: *peer, terms: terms(*peer) });
        }
        place
    }

    fn open(&mut self, id: AccountId, kind: AccountKind, owner: u128) {
        let parent = (kind == AccountKind::Quota).then_some(SHARER);
        let open = OpenAccount { id, kind, fund: Fund::Account, owner: OwnerId(owner), parent };
        assert_eq!(self.ask(&Command::Open(open), START), Outcome::Done);
    }

    pub fn transfer(&mut self, id: u128, purpose: Purpose, from: AccountId, to: AccountId, amount: i64) {
        let legs = vec![Leg { from, to, amount: fen(amount) }];
        assert_eq!(self.ask(&Command::Transfer { id: TransferId(id), purpose, legs }, START), Outcome::Done);
    }

    /// Decides and applies, and checks all that has to hold afterwards.
    pub fn ask(&mut self, command: &Command, now: Micros) -> Outcome {
        let decision = decide(&self.books, command, now.after(self.books.last));
        self.books.apply(&decision.plan);
        self.journal.extend(decision.plan.entries);
        assert_eq!(check(&self.books), Ok(()), "{:?} after {command:?}", self.id);
        assert_eq!(check_positions(&self.books), Ok(()), "{:?} after {command:?}", self.id);
        assert_eq!(Replayed::of(&self.journal).unwrap().differs(&self.books), None, "after {command:?}");
        decision.outcome
    }

    pub fn cell(&mut self, command: CellCommand, now: Micros) -> Outcome {
        self.ask(&Command::Cell(Box::new(command)), now)
    }

    #[track_caller]
    pub fn done(&mut self, command: CellCommand) {
        let said = format!("{command:?}");
        assert_eq!(self.cell(command, START), Outcome::Done, "{said}");
    }

    pub fn posted(&self, id: AccountId) -> i64 {
        self.books.accounts[&id].posted.get()
    }

    pub fn held(&self, id: AccountId) -> i64 {
        self.books.accounts[&id].held.get()
    }

    pub fn state(&self, draw: u128) -> Option<DrawState> {
        self.books.pool.draws.get(&DrawId(draw)).map(|draw| draw.state)
    }

    pub fn alarms(&self) -> Vec<AlarmKind> {
        self.books.pool.alarms.keys().map(|(.., kind)| *kind).collect()
    }
}

#[derive(Clone)]
pub struct World(pub BTreeMap<CellId, Place>);

impl World {
    pub fn of(cells: &[CellId]) -> World {
        let others = |id: CellId| cells.iter().copied().filter(|peer| *peer != id).collect::<Vec<_>>();
        World(cells.iter().map(|id| (*id, Place::new(*id, &others(*id)))).collect())
    }

    pub fn at(&mut self, id: CellId) -> &mut Place {
        self.0.get_mut(&id).unwrap()
    }

    pub fn letter(&self, from: CellId, to: CellId, number: u64) -> Letter {
        self.0[&from].books.pool.outbox[&(to, number)].clone()
    }

    pub fn receive(&mut self, letter: &Letter, now: Micros) -> Reply {
        let (letter, to) = (letter.clone(), letter.to);
        let (from, number) = (letter.from, letter.number);
        let place = self.at(to);
        assert_eq!(place.cell(CellCommand::Receive { letter, denied: false }, now), Outcome::Done);
        reply(number, &place.books.pool.links[&from])
    }

    /// Carries everything that is under way to its receivers, and their replies back, until nothing is.
    pub fn carry(&mut self, now: Micros) -> usize {
        let mut carried = 0;
        loop {
            let places = self.0.values();
            let letters: Vec<Letter> = places.flat_map(|p| under_way(&p.books)).collect();
            if letters.is_empty() {
                return carried;
            }
            for letter in letters {
                let received = self.receive(&letter, now).received();
                let acked = CellCommand::Acked { peer: letter.to, received };
                assert_eq!(self.at(letter.from).cell(acked, now), Outcome::Done);
                carried += 1;
            }
        }
    }
}

pub fn under_way(books: &Books) -> Vec<Letter> {
    let peers = books.pool.links.keys();
    peers.flat_map(|peer| books.pool.under_way(*peer)).cloned().collect()
}

pub fn part(payers: &[(AccountId, i64)]) -> Part {
    let payers = payers.iter().map(|(from, amount)| Payer { from: *from, amount: fen(*amount) }).collect();
    Part { fund: Fund::Account, payers, to: HOSPITAL, vote: Vote::None }
}

/// A settlement for which each of these cells pays from its quota.
pub fn order(draw: u128, parts: &[(CellId, i64)]) -> DrawOrder {
    let parts = parts.iter().map(|(cell, amount)| (*cell, part(&[(QUOTA, *amount)]))).collect();
    DrawOrder { draw: DrawId(draw), until: DEADLINE, patient: [7; 32], parts, own: Vec::new() }
}

pub fn begin(order: DrawOrder) -> CellCommand {
    CellCommand::Begin(order)
}

pub fn letter(from: CellId, to: CellId, number: u64, message: Message) -> Letter {
    Letter { from, to, number, message }
}
