//! Two cells, each with a database of its own: people are insured in one and treated in the other.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anxin_core::Fen;
use anyhow::{Context as _, Result, bail, ensure};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tokio::sync::Notify;
use wallet_courier::{Courier, Desk, DeskError, Local, NOTES, Peers, Seal, Way};
use wallet_ledger::{
    AccountId, AccountKind, CellCommand, CellId, Command, DrawId, DrawOrder, DrawState, Fund, HoldId, Leg, Letter,
    Limits, Micros, OpenAccount, Outcome, OwnerId, Part, Payer, Purpose, Reply, Terms, TransferId, Vote, reply,
};
use wallet_store::{Answer, Asked, Clock, PostgresStore, Writer, own};

use super::{BATCH, CLIENTS, CLIENTS_AT_HALF, PATIENCE};
use crate::wallet::load::Measured;
use crate::wallet::postgres::Server;

pub const HERE: CellId = CellId(440_100);
pub const THERE: CellId = CellId(450_100);
const FUNDING: AccountId = AccountId(1);
pub const HOSPITAL: AccountId = AccountId(2);
const CLEARING: AccountId = AccountId(3);
const PEOPLE: u128 = 1_000;
const EACH: i64 = 1_000_000;
/// Between two looks at whether there are letters.
const LOOK: Duration = Duration::from_millis(2);
/// Between two looks at what has become of a batch: who pays looks no oftener, and is not what is measured.
const GLANCE: Duration = Duration::from_millis(20);
const LATER: Micros = Micros(i64::MAX - 1);
/// Under which the commands of cells stand: those are known by what they say.
const OPERATION: u16 = 3;

pub fn person(n: u64) -> AccountId {
    AccountId(PEOPLE + u128::from(n))
}

fn fen(amount: i64) -> Fen {
    Fen::new(amount).unwrap_or_default()
}

pub fn cell(key: String, command: CellCommand) -> Asked {
    own(1, OPERATION, key, Command::Cell(Box::new(command)))
}

pub fn open(id: AccountId, kind: AccountKind) -> Asked {
    let open = OpenAccount { id, kind, fund: Fund::Account, owner: OwnerId(id.0), parent: None };
    own(1, 1, id.0.to_string(), Command::Open(open))
}

pub fn found(id: CellId) -> Asked {
    cell("found".into(), CellCommand::Found { id, suspense: BTreeMap::new() })
}

pub fn agree(peer: CellId, account: AccountId) -> Asked {
    let terms = Terms { open: true, account, pooled: None, cap: None, prepaid: None, over: Default::default() };
    cell(format!("agree {peer}"), CellCommand::Agree { peer, terms })
}

/// A cell's books.
#[derive(Clone)]
pub struct Books {
    pub store: Arc<PostgresStore>,
    writer: Arc<Writer>,
}

impl Books {
    /// Empty ones.
    pub async fn open(postgres: &Server, id: CellId) -> Result<Books> {
        let (database, shard) = (postgres.database()?, u64::from(id.0));
        let store = Arc::new(PostgresStore::open(database.options(), shard, Limits::default(), Clock::Own).await?);
        let mut batch = 0;
        let writer = Writer::start(Arc::clone(&store), move || {
            batch += 1;
            batch
        });
        Ok(Books { store, writer: Arc::new(writer) })
    }

    pub async fn done(&self, asked: Vec<Asked>) -> Result<()> {
        let answers = self.writer.ask(asked).await.map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
        let bad = answers.iter().map(Answer::outcome).find(|outcome| *outcome != Some(Outcome::Done));
        ensure!(bad.is_none(), "{bad:?}");
        Ok(())
    }

    async fn found(postgres: &Server, id: CellId, peer: CellId, people: u64) -> Result<Books> {
        let books = Books::open(postgres, id).await?;
        let area =
            [(FUNDING, AccountKind::Funding), (HOSPITAL, AccountKind::Institution), (CLEARING, AccountKind::Clearing)];
        let mut first: Vec<Asked> = area.map(|(id, kind)| open(id, kind)).to_vec();
        first.extend([found(id), agree(peer, CLEARING)]);
        books.done(first).await?;
        let numbers: Vec<u64> = (0..people).collect();
        for some in numbers.chunks(900) {
            let credit = |n: &u64| {
                let legs = vec![Leg { from: FUNDING, to: person(*n), amount: fen(EACH) }];
                let id = TransferId(PEOPLE + u128::from(*n));
                own(1, 2, n.to_string(), Command::Transfer { id, purpose: Purpose::Credit, legs })
            };
            let asked = some.iter().flat_map(|n| [open(person(*n), AccountKind::Personal), credit(n)]);
            books.done(asked.collect()).await?;
        }
        Ok(books)
    }
}

fn failed(cause: impl std::fmt::Display) -> DeskError {
    DeskError(cause.to_string())
}

impl Desk for Books {
    async fn letters_to(&self, peer: CellId, after: u64) -> Result<Vec<Letter>, DeskError> {
        self.store.letters_to(peer, after).await.map_err(failed)
    }

    async fn receive(&self, peer: CellId, letters: Vec<Letter>) -> Result<Reply, DeskError> {
        let last = letters.last().map_or(0, |letter| letter.number);
        let receive = |letter| cell("letters".into(), CellCommand::Receive { letter, denied: false });
        self.done(letters.into_iter().map(receive).collect()).await.map_err(failed)?;
        let link = self.store.link_to(peer).await.map_err(failed)?;
        Ok(reply(last, &link.ok_or_else(|| failed("nothing was agreed"))?))
    }

    async fn acked(&self, peer: CellId, received: u64) -> Result<(), DeskError> {
        self.done(vec![cell("letters".into(), CellCommand::Acked { peer, received })]).await.map_err(failed)
    }

    async fn answer(&self, _: CellId, question: &[u8]) -> Result<Vec<u8>, DeskError> {
        Ok(question.to_vec())
    }
}

/// How payments come.
#[derive(Clone, Copy)]
pub enum Load {
    /// Each client's next batch of so many once the last is paid.
    Saturated(usize),
    /// Batches of so many, so many payments a second in all, whatever became of the last.
    Paced(usize, f64),
}

pub struct Country {
    pub cells: Local<Books>,
    people: u64,
    next: AtomicU64,
}

impl Country {
    pub async fn found(postgres: &Server, people: u64) -> Result<Country> {
        let mut peers = Peers::default();
        let seals = [Seal::generate(HERE)?.0, Seal::generate(THERE)?.0];
        for seal in &seals {
            peers.add(seal.cell, &seal.public_pem()?)?;
        }
        let mut cells = BTreeMap::new();
        for (seal, peer) in seals.into_iter().zip([THERE, HERE]) {
            let id = seal.cell;
            let books = Books::found(postgres, id, peer, people).await?;
            cells.insert(id, Arc::new(Courier::new(books, seal, peers.clone())));
        }
        Ok(Country { cells: Local(cells), people, next: AtomicU64::new(1_000_000) })
    }

    fn at(&self, id: CellId) -> Result<&Arc<Courier<Books>>> {
        self.cells.0.get(&id).context("no such cell")
    }

    fn some(&self, rng: &mut ChaCha8Rng) -> (u128, AccountId) {
        (self.next.fetch_add(1, Ordering::Relaxed).into(), person(rng.random_range(0..self.people)))
    }

    /// Holds that are posted, within the cell where people are insured.
    pub async fn within(&self, time: Duration) -> Result<Measured> {
        let books = &self.at(HERE)?.desk;
        let pay = async |rng: &mut ChaCha8Rng| -> Result<()> {
            let some: Vec<(u128, AccountId)> = (0..BATCH).map(|_| self.some(rng)).collect();
            let hold = |(id, from): &(u128, AccountId)| {
                let legs = vec![Leg { from: *from, to: HOSPITAL, amount: fen(1) }];
                let hold = Command::Hold { id: HoldId(*id), purpose: Purpose::Settle, legs, until: LATER };
                own(1, 4, id.to_string(), hold)
            };
            let post = |(id, _): &(u128, AccountId)| {
                let post = Command::Post { hold: HoldId(*id), id: TransferId(*id), amounts: None };
                own(1, 5, id.to_string(), post)
            };
            books.done(some.iter().map(hold).collect()).await?;
            books.done(some.iter().map(post).collect()).await
        };
        clients(time, Load::Saturated(BATCH), pay).await
    }

    /// Payments there out of accounts here.
    pub async fn between(&self, way: &impl Way, time: Duration, load: Load) -> Result<Measured> {
        let books = &self.at(THERE)?.desk;
        let wake = [Notify::new(), Notify::new()];
        let (Load::Saturated(batch) | Load::Paced(batch, _)) = load;
        let pay = async |rng: &mut ChaCha8Rng| -> Result<()> {
            let some: Vec<(u128, AccountId)> = (0..batch).map(|_| self.some(rng)).collect();
            books.done(some.iter().map(|(draw, from)| begin(*draw, HERE, *from)).collect()).await?;
            wake.iter().for_each(Notify::notify_one);
            let (last, _) = some.last().context("no payments")?;
            // Letters come in their order: what was asked for last is decided last.
            decided(books, DrawId(*last)).await
        };
        let carried = async {
            let there = self.carry(way, THERE, HERE, &wake[0], &wake[1]);
            let back = self.carry(way, HERE, THERE, &wake[1], &wake[0]);
            tokio::try_join!(there, back).map(drop)
        };
        tokio::select! {
            measured = clients(time, load, pay) => measured,
            ended = carried => bail!("nothing is carried any more: {ended:?}"),
        }
    }

    /// Whatever is under way, for ever. What arrived there may have to be answered.
    async fn carry(&self, way: &impl Way, from: CellId, to: CellId, wake: &Notify, other: &Notify) -> Result<()> {
        let courier = self.at(from)?;
        loop {
            match courier.round(way, to, NOTES).await {
                Ok(0) => drop(tokio::time::timeout(LOOK, wake.notified()).await),
                Ok(_) => other.notify_one(),
                Err(cause) => eprintln!("  letters wait: {cause}"),
            }
        }
    }

    /// Once nothing is under way both say the same of each other.
    pub async fn agree(&self) -> Result<()> {
        let (here, there) = (self.at(HERE)?, self.at(THERE)?);
        let since = Instant::now();
        while there.round(&self.cells, HERE, NOTES).await? + here.round(&self.cells, THERE, NOTES).await? > 0 {
            ensure!(since.elapsed() < PATIENCE, "letters never end");
        }
        let owed = async |books: &Books| -> Result<i64> {
            Ok(books.store.account(CLEARING).await?.context("no clearing account")?.posted.get())
        };
        let (debt, claim) = (owed(&here.desk).await?, owed(&there.desk).await?);
        ensure!(debt > 0 && debt == -claim, "{debt} is owed and {claim} claimed");
        Ok(())
    }
}

/// Asks an area to pay a fen for a settlement here.
pub fn begin(draw: u128, payer: CellId, from: AccountId) -> Asked {
    let payers = vec![Payer { from, amount: fen(1) }];
    let parts = BTreeMap::from([(payer, Part { fund: Fund::Account, payers, to: HOSPITAL, vote: Vote::None })]);
    let order = DrawOrder { draw: DrawId(draw), until: LATER, patient: [7; 32], parts, own: Vec::new() };
    cell(format!("begin-{draw}"), CellCommand::Begin(order))
}

async fn decided(books: &Books, draw: DrawId) -> Result<()> {
    let since = Instant::now();
    loop {
        match books.store.draw(draw).await?.map(|draw| draw.state) {
            Some(DrawState::Committed { .. }) => return Ok(()),
            Some(DrawState::Asking) => {}
            state => bail!("{state:?}"),
        }
        ensure!(since.elapsed() < PATIENCE, "a payment is never decided");
        tokio::time::sleep(GLANCE).await;
    }
}

/// Several at a time; the first tenth of the time is not counted. A wait begins when the batch was due.
async fn clients(time: Duration, load: Load, pay: impl AsyncFn(&mut ChaCha8Rng) -> Result<()>) -> Result<Measured> {
    let began = Instant::now();
    let (warm, end) = (began + time / 10, began + time / 10 + time);
    let (count, batch, each_after) = match load {
        Load::Saturated(batch) => (CLIENTS, batch, None),
        Load::Paced(batch, rate) => {
            let each_after = Duration::from_secs_f64((CLIENTS_AT_HALF * batch) as f64 / rate);
            (CLIENTS_AT_HALF, batch, Some(each_after))
        }
    };
    let mut rngs: Vec<_> = (0..count).map(|client| ChaCha8Rng::seed_from_u64(client as u64)).collect();
    let pay = &pay;
    let each = rngs.iter_mut().enumerate().map(|(client, rng)| async move {
        let mut waits = Vec::new();
        let mut due = began + each_after.unwrap_or_default().mul_f64(client as f64 / count as f64);
        while due.max(Instant::now()) < end {
            tokio::time::sleep_until(due.into()).await;
            let asked = if each_after.is_some() { due } else { Instant::now() };
            pay(rng).await?;
            if asked >= warm {
                waits.push(asked.elapsed().as_secs_f64() * 1e3);
            }
            due += each_after.unwrap_or_default();
        }
        anyhow::Ok(waits)
    });
    let waits: Vec<f64> = futures_util::future::try_join_all(each).await?.into_iter().flatten().collect();
    let payments = (waits.len() * batch) as u64;
    Ok(Measured::of(waits, payments, warm.elapsed()))
}
