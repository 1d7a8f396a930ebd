//! Two cells whose books are in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use anxin_core::Fen;
use wallet_courier::{BATCH_MAX, Courier, Desk, DeskError, Local, Peers, Seal};
use wallet_ledger::{
    AccountId, AccountKind, Books, CellCommand, CellId, Command, DrawId, DrawOrder, Fund, Leg, Letter, Micros,
    OpenAccount, Outcome, OwnerId, Part, Payer, Purpose, Reply, Terms, TransferId, Vote, check, check_positions,
    decide, reply,
};

pub const HERE: CellId = CellId(440_100);
pub const THERE: CellId = CellId(450_100);
pub const PERSON: AccountId = AccountId(10);
pub const HOSPITAL: AccountId = AccountId(3);
const FUNDING: AccountId = AccountId(1);
const CLEARING: AccountId = AccountId(50);
const START: Micros = Micros(1_800_000_000_000_000);

pub fn fen(n: i64) -> Fen {
    Fen::new(n).unwrap()
}

/// Books that are decided and applied in one step, as a store does in one transaction.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Books>>);

impl Memory {
    fn new(id: CellId, peer: CellId) -> Memory {
        let memory = Memory::default();
        let accounts = [
            (FUNDING, AccountKind::Funding),
            (HOSPITAL, AccountKind::Institution),
            (PERSON, AccountKind::Personal),
            (CLEARING, AccountKind::Clearing),
        ];
        for (id, kind) in accounts {
            let open = OpenAccount { id, kind, fund: Fund::Account, owner: OwnerId(id.0), parent: None };
            memory.done(&Command::Open(open));
        }
        let legs = vec![Leg { from: FUNDING, to: PERSON, amount: fen(100_000) }];
        memory.done(&Command::Transfer { id: TransferId(1), purpose: Purpose::Credit, legs });
        memory.cell(CellCommand::Found { id, suspense: BTreeMap::new() });
        let terms =
            Terms { open: true, account: CLEARING, pooled: None, cap: None, prepaid: None, over: Default::default() };
        memory.cell(CellCommand::Agree { peer, terms });
        memory
    }

    fn ask(&self, command: &Command) -> Outcome {
        let mut books = self.0.lock().unwrap();
        let decision = decide(&books, command, START.after(books.last));
        books.apply(&decision.plan);
        decision.outcome
    }

    fn done(&self, command: &Command) {
        assert_eq!(self.ask(command), Outcome::Done, "{command:?}");
    }

    pub fn cell(&self, command: CellCommand) {
        self.done(&Command::Cell(Box::new(command)));
    }

    /// A draw on the person of the other cell.
    pub fn begin(&self, draw: u128, payer: CellId, amount: i64) {
        let payers = vec![Payer { from: PERSON, amount: fen(amount) }];
        let part = Part { fund: Fund::Account, payers, to: HOSPITAL, vote: Vote::None };
        let parts = BTreeMap::from([(payer, part)]);
        let until = Micros(START.0 + 60_000_000);
        self.cell(CellCommand::Begin(DrawOrder {
            draw: DrawId(draw),
            until,
            patient: [7; 32],
            parts,
            own: Vec::new(),
        }));
    }

    pub fn books(&self) -> Books {
        self.0.lock().unwrap().clone()
    }

    pub fn posted(&self, id: AccountId) -> i64 {
        self.books().accounts[&id].posted.get()
    }
}

impl Desk for Memory {
    async fn letters_to(&self, peer: CellId, after: u64) -> Result<Vec<Letter>, DeskError> {
        Ok(self.books().pool.under_way(peer).filter(|letter| letter.number > after).take(BATCH_MAX).cloned().collect())
    }

    async fn receive(&self, peer: CellId, letters: Vec<Letter>) -> Result<Reply, DeskError> {
        let last = letters.last().map_or(0, |letter| letter.number);
        for letter in letters {
            self.cell(CellCommand::Receive { letter, denied: false });
        }
        Ok(reply(last, &self.books().pool.links[&peer]))
    }

    async fn acked(&self, peer: CellId, received: u64) -> Result<(), DeskError> {
        self.cell(CellCommand::Acked { peer, received });
        Ok(())
    }

    /// Says back who asked what.
    async fn answer(&self, peer: CellId, question: &[u8]) -> Result<Vec<u8>, DeskError> {
        Ok([peer.to_string().as_bytes(), question].concat())
    }
}

/// Two cells that know each other's keys.
pub fn cells() -> Local<Memory> {
    let seals = [HERE, THERE].map(|cell| Seal::generate(cell).unwrap().0);
    let mut peers = Peers::default();
    for seal in &seals {
        peers.add(seal.cell, &seal.public_pem().unwrap()).unwrap();
    }
    let courier = |seal: Seal| {
        let (cell, peer) = (seal.cell, if seal.cell == HERE { THERE } else { HERE });
        (cell, Arc::new(Courier::new(Memory::new(cell, peer), seal, peers.clone())))
    };
    Local(seals.into_iter().map(courier).collect())
}

/// All that holds once nothing is under way.
pub fn settled(cells: &Local<Memory>) {
    for courier in cells.0.values() {
        let books = courier.desk.books();
        assert_eq!((check(&books), check_positions(&books)), (Ok(()), Ok(())));
        assert!(books.pool.draws.values().all(|draw| draw.window().is_some()));
        assert!(books.pool.alarms.is_empty());
    }
}
