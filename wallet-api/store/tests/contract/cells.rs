//! What holds between a store and another cell, whatever becomes of the programs. The other cell's books are in memory.

use std::collections::BTreeMap;
use std::future::Future as _;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use wallet_ledger::{
    AccountId, AccountKind, AlarmKind, CellCommand, CellId, Command, DrawId, DrawOrder, DrawState, Fund, Letter,
    Limits, Message, Micros, OpenAccount, Outcome, OwnerId, Part, Payer, Terms, TransferId, Vote, WindowId,
    WindowState, reply,
};
use wallet_store::{Asked, BatchId, MemoryStore, StoreError, first_fault};

use crate::town::{Dial, HOSPITAL, START, asked, fen, founding, person};
use crate::{Any, each};

pub const HERE: CellId = CellId(440_100);
pub const THERE: CellId = CellId(450_100);
const CLEARING: AccountId = AccountId(50);
const SUSPENSE: AccountId = AccountId(51);
const DEADLINE: Micros = Micros(START.0 + 60_000_000);
pub const DRAW: DrawId = DrawId(77);
const PAID: DrawState = DrawState::Committed { window: WindowId(1) };

/// Two cells, and how many batches they have been asked for.
struct Pair {
    here: Any,
    there: Any,
    batches: u128,
    /// How often one of them was ended before its end.
    killed: usize,
    commands: usize,
}

pub fn cell(command: CellCommand) -> Asked {
    asked("cells", Command::Cell(Box::new(command)))
}

fn keyed(key: &str, command: CellCommand) -> Asked {
    asked(key, Command::Cell(Box::new(command)))
}

pub fn founded(id: CellId, peer: CellId) -> Vec<Asked> {
    let mut all = founding(2, 1_000);
    for (account, kind) in [(CLEARING, AccountKind::Clearing), (SUSPENSE, AccountKind::Suspense)] {
        let open = OpenAccount { id: account, kind, fund: Fund::Account, owner: OwnerId(0), parent: None };
        all.push(asked(&format!("open-{}", account.0), Command::Open(open)));
    }
    all.push(keyed("found", CellCommand::Found { id, suspense: BTreeMap::from([(Fund::Account, SUSPENSE)]) }));
    let terms =
        Terms { open: true, account: CLEARING, pooled: None, cap: None, prepaid: None, over: Default::default() };
    all.push(keyed("agree", CellCommand::Agree { peer, terms }));
    all
}

/// A draw on somebody's account in the other cell.
pub fn order(draw: DrawId, payer: CellId, amount: i64) -> Asked {
    let payers = vec![Payer { from: person(0), amount: fen(amount) }];
    let part = Part { fund: Fund::Account, payers, to: HOSPITAL, vote: Vote::None };
    let parts = BTreeMap::from([(payer, part)]);
    let order = DrawOrder { draw, until: DEADLINE, patient: [7; 32], parts, own: Vec::new() };
    keyed(&format!("begin-{}", draw.0), CellCommand::Begin(order))
}

impl Pair {
    async fn of(here: Any, dial: &Dial) -> Pair {
        let there = Any::Memory(Arc::new(MemoryStore::new(Limits::default(), dial.clock())));
        let mut pair = Pair { here, there, batches: 0, killed: 0, commands: 0 };
        for (id, peer) in [(HERE, THERE), (THERE, HERE)] {
            let outcomes = pair.ask(id, &founded(id, peer)).await;
            assert!(outcomes.iter().all(|o| *o == Outcome::Done), "{outcomes:?}");
        }
        pair
    }

    fn at(&self, id: CellId) -> &Any {
        if id == HERE { &self.here } else { &self.there }
    }

    async fn ask(&mut self, id: CellId, asked: &[Asked]) -> Vec<Outcome> {
        self.batches += 1;
        let committed = self.at(id).commit(self.batches, asked).await.unwrap();
        committed.answers.iter().filter_map(wallet_store::Answer::outcome).collect()
    }

    async fn letters(&self, from: CellId) -> Vec<Letter> {
        self.letters_after(from, 0).await
    }

    async fn letters_after(&self, from: CellId, after: u64) -> Vec<Letter> {
        let peer = if from == HERE { THERE } else { HERE };
        each!(self.at(from), store => store.letters_to(peer, after).await.unwrap())
    }

    async fn received(&self, at: CellId, from: CellId) -> u64 {
        each!(self.at(at), store => store.link_to(from).await.unwrap().unwrap().received)
    }

    async fn state(&self, at: CellId, draw: DrawId) -> Option<DrawState> {
        let pool = each!(self.at(at), store => store.pool_of_cells().await.unwrap());
        pool.draws.get(&draw).map(|draw| draw.state)
    }

    async fn alarms(&self, at: CellId) -> Vec<AlarmKind> {
        let pool = each!(self.at(at), store => store.pool_of_cells().await.unwrap());
        pool.alarms.keys().map(|(.., kind)| *kind).collect()
    }

    /// Takes letters in as one batch, and tells the sender.
    async fn deliver(&mut self, letters: &[Letter]) {
        let Some(Letter { from, to, .. }) = letters.first().cloned() else { return };
        let receive = |letter: &Letter| cell(CellCommand::Receive { letter: letter.clone(), denied: false });
        let outcomes = self.ask(to, &letters.iter().map(receive).collect::<Vec<_>>()).await;
        assert!(outcomes.iter().all(|o| *o == Outcome::Done), "{outcomes:?}");
        let received = self.received(to, from).await;
        let told = self.ask(from, &[cell(CellCommand::Acked { peer: to, received })]).await;
        assert_eq!(told, [Outcome::Done]);
    }

    async fn carry(&mut self) {
        for _ in 0..10 {
            for from in [HERE, THERE] {
                let letters = self.letters(from).await;
                self.deliver(&letters).await;
            }
        }
        assert!(self.letters(HERE).await.is_empty() && self.letters(THERE).await.is_empty());
    }

    /// Both stores agree with their journals and each with what it keeps of the other.
    async fn sound(&self) {
        for id in [HERE, THERE] {
            let whole = self.at(id).whole().await;
            assert_eq!(first_fault(&whole, &[]).unwrap(), None, "{id}");
            let pool = each!(self.at(id), store => store.pool_of_cells().await.unwrap());
            let books = wallet_ledger::Books { pool, ..whole.books };
            assert_eq!(wallet_ledger::check(&books), Ok(()), "{id}");
            assert_eq!(wallet_ledger::check_positions(&books), Ok(()), "{id}");
        }
    }

    async fn posted(&self, at: CellId, id: AccountId) -> i64 {
        self.at(at).account(id).await.unwrap().posted.get()
    }
}

pub async fn a_draw_is_paid_between_stores(store: Any, dial: Dial) {
    let mut pair = Pair::of(store, &dial).await;
    // One each way, and one that asks for too much, in one batch.
    let asked = [order(DRAW, HERE, 300), order(DrawId(78), HERE, 800)];
    assert_eq!(pair.ask(THERE, &asked).await, [Outcome::Done; 2]);
    assert_eq!(pair.ask(HERE, &[order(DrawId(79), THERE, 50)]).await, [Outcome::Done]);
    pair.carry().await;
    for id in [HERE, THERE] {
        assert_eq!([pair.state(id, DRAW).await, pair.state(id, DrawId(79)).await], [Some(PAID); 2]);
    }
    assert_eq!(pair.state(HERE, DrawId(78)).await, Some(DrawState::Refused(Outcome::InsufficientFunds)));
    assert_eq!(pair.state(THERE, DrawId(78)).await, Some(DrawState::Aborted));
    assert_eq!((pair.posted(HERE, person(0)).await, pair.posted(HERE, CLEARING).await), (700, 250));
    assert_eq!((pair.posted(THERE, person(0)).await, pair.posted(THERE, CLEARING).await), (950, -250));
    pair.sound().await;
}

pub async fn letters_are_taken_in_once_and_in_order(store: Any, dial: Dial) {
    let mut pair = Pair::of(store, &dial).await;
    pair.ask(THERE, &[order(DRAW, HERE, 100), order(DrawId(78), HERE, 100)]).await;
    let letters = pair.letters(THERE).await;
    let [first, second] = letters.as_slice() else { panic!("{letters:?}") };
    // The second before the first, both twice, in one batch and in several.
    pair.deliver(std::slice::from_ref(second)).await;
    let link = each!(&pair.here, store => store.link_to(THERE).await.unwrap().unwrap());
    assert_eq!(reply(second.number, &link), wallet_ledger::Reply::Resync { received: 0 });
    pair.deliver(&[second.clone(), first.clone(), first.clone(), second.clone()]).await;
    pair.deliver(&letters).await;
    assert_eq!(pair.received(HERE, THERE).await, 2);
    assert_eq!(pair.here.account(person(0)).await.unwrap().held, fen(200));
    assert_eq!(pair.letters(HERE).await.len(), 2, "one answer to each");
    // The same number with another letter.
    let changed = Letter { message: Message::Abort { draw: DRAW }, ..first.clone() };
    pair.deliver(&[changed]).await;
    assert_eq!(pair.alarms(HERE).await, [AlarmKind::LetterChanged]);
    assert_eq!(pair.state(HERE, DRAW).await, Some(DrawState::Prepared));
    pair.carry().await;
    pair.sound().await;
}

/// Whatever was written with them.
pub async fn letters_are_found_by_their_numbers(store: Any, dial: Dial) {
    let mut pair = Pair::of(store, &dial).await;
    let begun =
        |numbers: std::ops::Range<u128>| numbers.map(|n| order(DrawId(1_000 + n), THERE, 1)).collect::<Vec<_>>();
    for numbers in [0..1, 1..300, 300..600] {
        pair.ask(HERE, &begun(numbers)).await;
    }
    let numbers = async |pair: &Pair, after| {
        let letters = pair.letters_after(HERE, after).await;
        letters.iter().map(|letter| letter.number).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&pair, 0).await, (1..=256).collect::<Vec<_>>());
    assert_eq!(numbers(&pair, 256).await, (257..=512).collect::<Vec<_>>());
    assert_eq!(numbers(&pair, 599).await, [600]);
    assert_eq!(numbers(&pair, 600).await, [0; 0]);
    // The last of these is in the middle of what a batch wrote.
    let first = pair.letters(HERE).await;
    pair.deliver(&first).await;
    assert_eq!(numbers(&pair, 0).await, (257..=512).collect::<Vec<_>>(), "taken in is taken in");
    assert_eq!(numbers(&pair, 300).await, (301..=556).collect::<Vec<_>>());
    // Letters of many sheets come again, and one of them is another one.
    pair.carry().await;
    let mut again: Vec<Letter> = kept(&pair).await;
    pair.deliver(&again).await;
    assert_eq!(pair.alarms(THERE).await, []);
    again[402].message = Message::Abort { draw: DRAW };
    pair.deliver(&again).await;
    assert_eq!(pair.alarms(THERE).await, [AlarmKind::LetterChanged]);
}

/// Whatever is asked in it: commands of other cells have no keys that say so.
pub async fn a_batch_is_stored_once(store: Any, dial: Dial) {
    let mut pair = Pair::of(store, &dial).await;
    pair.ask(HERE, &[order(DRAW, THERE, 1)]).await;
    let acked = [cell(CellCommand::Acked { peer: THERE, received: 1 })];
    commit(&pair.here, 900, &acked).await.unwrap();
    if !matches!(pair.here, Any::Memory(_)) {
        let again = commit(&pair.here, 900, &acked).await;
        assert!(matches!(again, Err(StoreError::Stored)), "{again:?}");
    }
    commit(&pair.here, 901, &acked).await.unwrap();
}

/// A program that is killed while it takes a letter in has done so or not: after each of its steps it is ended, and the
/// letter comes again.
pub async fn who_is_killed_at_any_step_goes_on(store: Any, dial: Dial) {
    let mut pair = Pair::of(store, &dial).await;
    for (coordinator, payer, draw) in [(THERE, HERE, DrawId(1)), (HERE, THERE, DrawId(2))] {
        pair.killed_while(coordinator, &[order(draw, payer, 100)]).await;
        for _ in 0..4 {
            for from in [HERE, THERE] {
                for letter in pair.letters(from).await {
                    let to = letter.to;
                    let receive = cell(CellCommand::Receive { letter, denied: false });
                    pair.killed_while(to, &[receive]).await;
                    // Killed after that as well: nobody tells the sender.
                }
                let peer = if from == HERE { THERE } else { HERE };
                let received = pair.received(peer, from).await;
                pair.killed_while(from, &[cell(CellCommand::Acked { peer, received })]).await;
            }
        }
        assert_eq!([pair.state(HERE, draw).await, pair.state(THERE, draw).await], [Some(PAID); 2]);
    }
    // Before it begins everybody is killed once; a database is asked more than once before it is done.
    let times = if matches!(pair.here, Any::Memory(_)) { 1 } else { 2 };
    assert!(pair.killed >= times * pair.commands, "{} of {}", pair.killed, pair.commands);
    assert!(pair.alarms(HERE).await.is_empty() && pair.alarms(THERE).await.is_empty());
    assert_eq!((pair.posted(HERE, person(0)).await, pair.posted(HERE, HOSPITAL).await), (900, 100));
    pair.sound().await;
}

impl Pair {
    /// Asks again and again, ended after one step more each time, until it comes to its end; and once more after that.
    async fn killed_while(&mut self, at: CellId, asked: &[Asked]) {
        self.commands += 1;
        for steps in 0..10_000 {
            self.batches += 1;
            let done = {
                let store = self.at(at);
                let mut commit = pin!(commit(store, self.batches, asked));
                let mut left = steps;
                std::future::poll_fn(|context: &mut Context<'_>| {
                    if left == 0 {
                        return Poll::Ready(None);
                    }
                    left -= 1;
                    commit.as_mut().poll(context).map(Some)
                })
                .await
            };
            match done {
                None | Some(Err(StoreError::Again(_))) => self.killed += 1,
                Some(Ok(())) => break,
                Some(Err(other)) => panic!("{other}"),
            }
        }
        self.batches += 1;
        commit(self.at(at), self.batches, asked).await.unwrap();
    }
}

async fn commit(store: &Any, batch: u128, asked: &[Asked]) -> Result<(), StoreError> {
    each!(store, store => store.commit(BatchId(batch), asked).await.map(drop))
}

pub async fn windows_close_and_are_paid_in_stores(store: Any, dial: Dial) {
    let mut pair = Pair::of(store, &dial).await;
    pair.ask(THERE, &[order(DRAW, HERE, 300)]).await;
    pair.carry().await;
    for id in [HERE, THERE] {
        assert_eq!(pair.ask(id, &[keyed("close", CellCommand::CloseWindow)]).await, [Outcome::Done]);
    }
    pair.carry().await;
    pair.ask(THERE, &[keyed("back", CellCommand::Reverse { draw: DRAW, id: TransferId(500) })]).await;
    pair.carry().await;
    for (id, peer) in [(HERE, THERE), (THERE, HERE)] {
        let (paid_from, cash) = (wallet_ledger::PaidFrom::Bank, crate::town::CASH);
        let settle = CellCommand::Settle { window: WindowId(1), peer, id: TransferId(600), paid_from, cash };
        assert_eq!(pair.ask(id, &[keyed("settle", settle)]).await, [Outcome::Done]);
        let pool = each!(pair.at(id), store => store.pool_of_cells().await.unwrap());
        let states: Vec<_> = pool.windows.values().map(|window| window.state).collect();
        assert_eq!(states, [WindowState::Settled, WindowState::Open]);
        assert_eq!(pool.obligations.len(), 2);
    }
    assert_eq!((pair.posted(HERE, CLEARING).await, pair.posted(THERE, CLEARING).await), (-300, 300));
    pair.sound().await;
    letters_of_closed_windows_are_forgotten(&mut pair).await;
}

/// What came after the window's end stays, and what is under way.
async fn letters_of_closed_windows_are_forgotten(pair: &mut Pair) {
    let vault = || Arc::new(wallet_store::Vault::demo());
    let desk = match &pair.here {
        Any::Memory(_) => return,
        Any::Sqlite(store, _) => store.desk(vault()),
        Any::Postgres(store) => store.desk(vault()),
    };
    assert_eq!(desk.forget_letters(1).await.unwrap(), 0, "the last closed window is kept");
    pair.ask(HERE, &[order(DrawId(80), THERE, 50)]).await;
    let (before, under_way) = (kept(pair).await, pair.letters(HERE).await);
    let forgotten = desk.forget_letters(0).await.unwrap();
    assert!(forgotten > 0);
    let after = kept(pair).await;
    assert!(after.len() < before.len());
    assert!(matches!(after[0].message, Message::Closed { .. }), "{after:?}");
    assert_eq!(pair.letters(HERE).await, under_way);
    assert_eq!(desk.forget_letters(0).await.unwrap(), 0);
    pair.carry().await;
    pair.sound().await;
}

/// The letters that are kept, under way or not.
async fn kept(pair: &Pair) -> Vec<Letter> {
    let pool = each!(&pair.here, store => store.pool_of_cells().await.unwrap());
    pool.outbox.into_values().collect()
}

pub async fn a_timer_finds_what_has_not_ended(store: Any, dial: Dial) {
    let mut pair = Pair::of(store, &dial).await;
    pair.ask(HERE, &[order(DRAW, THERE, 100)]).await;
    let due = async |pair: &Pair, now| each!(&pair.here, store => store.draws_due(now, 10).await.unwrap());
    assert_eq!(due(&pair, Micros(DEADLINE.0 - 1)).await, []);
    assert_eq!(due(&pair, DEADLINE).await, [DRAW]);
    dial.set(DEADLINE);
    pair.ask(HERE, &[cell(CellCommand::Tick { draw: DRAW })]).await;
    assert_eq!((due(&pair, DEADLINE).await, pair.state(HERE, DRAW).await), (vec![], Some(DrawState::Aborted)));
    pair.carry().await;
    pair.sound().await;
}
