//! Clients, network, crashes and the clock, all from one seed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::{Context, Poll, Waker};

use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use wallet_ledger::{Head, Micros, Outcome, check};
use wallet_store::{Answer, Asked, BatchId, Clock, MemoryStore, Whole, first_fault, own};

use crate::area::{founding, limits};
use crate::client::Memory;
use crate::model::Model;

/// What a run came to. Two runs of one seed have the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub asked: usize,
    pub done: usize,
    pub refused: usize,
    pub replayed: usize,
    pub crashes: usize,
    pub head: Head,
}

/// Where a run went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub seed: u64,
    pub step: usize,
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seed {} at step {}: {}", self.seed, self.step, self.what)
    }
}

impl std::error::Error for Failure {}

/// How a batch fares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stored,
    /// The program ends before it commits.
    Lost,
    /// It ends after it committed, before anybody is answered.
    Unanswered,
}

struct World {
    rng: ChaCha8Rng,
    store: MemoryStore,
    dial: Arc<AtomicI64>,
    model: Model,
    memory: Memory,
    /// Every request, by its number.
    asked: Vec<Asked>,
    /// Those without an answer so far.
    open: BTreeSet<usize>,
    /// Copies on their way.
    network: Vec<usize>,
    /// What the store has to answer to each request that it decided.
    outcomes: BTreeMap<usize, bool>,
    heads: Vec<Head>,
    batches: u128,
    report: Report,
}

/// 2027-01-15 08:00 in China.
const START: i64 = 1_800_000_000_000_000;
const CLIENTS: usize = 12;

/// Simulates so many steps.
pub fn run(seed: u64, steps: usize) -> Result<Report, Failure> {
    let mut world = World::new(seed);
    for step in 0..steps {
        world.step(step == 0).map_err(|what| Failure { seed, step, what })?;
    }
    world.finish().map_err(|what| Failure { seed, step: steps, what })
}

impl World {
    fn new(seed: u64) -> World {
        let dial = Arc::new(AtomicI64::new(START));
        let shown = Arc::clone(&dial);
        let clock = Clock::Given(Arc::new(move || Micros(shown.load(Ordering::SeqCst))));
        let head = Head { size: 0, root: [0; 32] };
        let report = Report { asked: 0, done: 0, refused: 0, replayed: 0, crashes: 0, head };
        World {
            rng: ChaCha8Rng::seed_from_u64(seed),
            store: MemoryStore::new(limits(), clock),
            dial,
            model: Model::default(),
            memory: Memory::default(),
            asked: Vec::new(),
            open: BTreeSet::new(),
            network: Vec::new(),
            outcomes: BTreeMap::new(),
            heads: Vec::new(),
            batches: 0,
            report,
        }
    }

    fn step(&mut self, first: bool) -> Result<(), String> {
        self.tick();
        if first {
            for command in founding() {
                self.ask(command);
            }
            let all: Vec<usize> = self.open.iter().copied().collect();
            return self.serve(&all, Fate::Stored);
        }
        while self.open.len() < CLIENTS {
            let now = Micros(self.dial.load(Ordering::SeqCst));
            let command = self.memory.ask(&mut self.rng, now);
            self.ask(command);
        }
        self.send();
        let fate = match self.rng.random_range(0..20) {
            0 => Fate::Lost,
            1 => Fate::Unanswered,
            _ => Fate::Stored,
        };
        let arrived = self.rng.random_range(0..=self.network.len());
        let batch: Vec<usize> = self.network.drain(..arrived).collect();
        self.serve(&batch, fate)
    }

    /// Time passes, mostly; sometimes the clock is put back.
    fn tick(&mut self) {
        let jump = match self.rng.random_range(0..30) {
            0 => self.rng.random_range(-5_000_000..0),
            1 => self.rng.random_range(0..7_200_000_000),
            _ => self.rng.random_range(0..2_000_000),
        };
        self.dial.fetch_add(jump, Ordering::SeqCst);
    }

    fn ask(&mut self, command: wallet_ledger::Command) {
        let number = self.asked.len();
        self.asked.push(own(1, 1, number.to_string(), command));
        self.open.insert(number);
    }

    /// Whoever has no answer sends, perhaps once more; copies overtake each other and get lost.
    fn send(&mut self) {
        for number in &self.open {
            let copies = self.rng.random_range(0..3);
            self.network.extend(std::iter::repeat_n(*number, copies));
        }
        self.network.shuffle(&mut self.rng);
        self.network.truncate(60);
    }

    fn serve(&mut self, batch: &[usize], fate: Fate) -> Result<(), String> {
        // A copy may come long after its answer did: the request is still the same.
        let asked: Vec<(usize, Asked)> = batch.iter().filter_map(|n| Some((*n, self.asked.get(*n)?.clone()))).collect();
        if fate == Fate::Lost || asked.is_empty() {
            self.report.crashes += usize::from(fate == Fate::Lost);
            return Ok(());
        }
        self.batches += 1;
        let requests: Vec<Asked> = asked.iter().map(|(_, one)| one.clone()).collect();
        let clock = self.dial.load(Ordering::SeqCst);
        let committed = now(self.store.commit(BatchId(self.batches), &requests)).map_err(|e| e.to_string())?;
        for ((number, one), answer) in asked.iter().zip(&committed.answers) {
            self.compare(*number, one, answer, clock)?;
        }
        if fate == Fate::Unanswered {
            self.report.crashes += 1;
        } else {
            self.open.retain(|number| !batch.contains(number));
        }
        if self.rng.random_bool(0.1) {
            self.heads.push(committed.head);
        }
        self.agree()
    }

    fn compare(&mut self, number: usize, one: &Asked, answer: &Answer, clock: i64) -> Result<(), String> {
        let Answer::Decided { outcome, replayed, .. } = answer else {
            return Err(format!("request {number} is told that its key is another's"));
        };
        let done = *outcome == Outcome::Done;
        let expect = match self.outcomes.get(&number) {
            Some(before) => *before,
            None => {
                let expect = self.model.take(&one.command, clock);
                self.outcomes.insert(number, expect);
                self.report.done += usize::from(expect);
                self.report.refused += usize::from(!expect);
                if *replayed {
                    return Err(format!("request {number} is new and was answered as if it were not"));
                }
                expect
            }
        };
        self.report.replayed += usize::from(*replayed);
        if done == expect {
            return Ok(());
        }
        let expected = if expect { "done" } else { "refused" };
        Err(format!("request {number} {:?} ended as {outcome:?}, it had to be {expected}", one.command))
    }

    /// The books hold, and everybody has what the model says.
    fn agree(&self) -> Result<(), String> {
        let whole = self.whole()?;
        check(&whole.books).map_err(|broken| format!("the books do not hold: {broken}"))?;
        for (id, account) in &whole.books.accounts {
            let expect = self.model.money.get(id).copied().unwrap_or_default();
            if account.posted.get() != expect {
                return Err(format!("{id:?} has {}, the model says {expect}", account.posted.get()));
            }
            if !account.kind.may_owe() && account.available().get() != self.model.free(*id) {
                return Err(format!(
                    "{id:?} may spend {}, the model says {}",
                    account.available().get(),
                    self.model.free(*id)
                ));
            }
        }
        Ok(())
    }

    fn whole(&self) -> Result<Whole, String> {
        now(self.store.whole()).map_err(|e| e.to_string())
    }

    fn finish(mut self) -> Result<Report, String> {
        let whole = self.whole()?;
        if let Some(fault) = first_fault(&whole, &self.heads).map_err(|e| e.to_string())? {
            return Err(fault.to_string());
        }
        let left: i64 = self.model.money.values().sum();
        if left != 0 {
            return Err(format!("{left} fen came from nowhere"));
        }
        self.report.asked = self.asked.len();
        self.report.head = whole.end.peaks.head();
        Ok(self.report)
    }
}

/// A store in memory never waits for anything but its own lock, which nobody else has.
fn now<F: Future>(future: F) -> F::Output {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a store in memory waits"),
    }
}
