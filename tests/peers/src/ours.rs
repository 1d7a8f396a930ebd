//! The wallet's books: wallets that send each other a fen.

use std::time::Instant;

use anxin_core::Fen;
use anyhow::{Context as _, Result, ensure};
use wallet_ledger::{
    AccountId, AccountKind, Books, Command, Fund, Leg, Log, Micros, OpenAccount, Outcome, OwnerId, Purpose,
    TransferId, decide, leaf_hash,
};

use crate::{EACH, Run, Transfer};

const CASH: AccountId = AccountId(1);
const SUSPENSE: AccountId = AccountId(2);
/// Wallets have the ids from here on.
const WALLETS: usize = 1_000;
/// Noon of a day in January 2027.
const START: Micros = Micros(1_800_000_000_000_000);

/// Whether the lines of the journal are written out and put into the tree over it, as every store does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Journal {
    With,
    Without,
}

/// What a store of these books has besides them.
#[derive(Default)]
struct Kept {
    books: Books,
    lines: Vec<Vec<u8>>,
    log: Log,
}

impl Kept {
    fn ask(&mut self, command: &Command, journal: Journal) -> Outcome {
        let decision = decide(&self.books, command, START.after(self.books.last));
        self.books.apply(&decision.plan);
        if journal == Journal::With {
            for line in decision.plan.entries.iter().map(|entry| entry.bytes()) {
                self.log.append(leaf_hash(&line));
                self.lines.push(line);
            }
        }
        decision.outcome
    }
}

pub fn run(people: usize, asked: &[Transfer], journal: Journal) -> Result<Run> {
    let mut kept = founded(people, journal)?;
    let fen = Fen::new(1).context("a fen")?;
    let sent = asked.iter().enumerate().map(|(n, Transfer { from, to })| {
        let legs = vec![Leg { from: wallet(*from), to: wallet(*to), amount: fen }];
        transfer(WALLETS + people + n, Purpose::WalletTransfer, legs)
    });
    let commands: Vec<Command> = sent.collect();
    let start = Instant::now();
    let done = commands.iter().filter(|command| kept.ask(command, journal) == Outcome::Done).count();
    let took = start.elapsed();
    ensure!(done == asked.len(), "{done} of {} transfers were made", asked.len());
    let balance = |n| kept.books.accounts.get(&wallet(n)).map(|account| i128::from(account.posted.get()));
    let balances = (0..people).map(balance).collect::<Option<_>>().context("a wallet is missing")?;
    Ok(Run { took, balances })
}

/// Wallets with money in them.
fn founded(people: usize, journal: Journal) -> Result<Kept> {
    let mut kept = Kept::default();
    let areas = [(CASH, AccountKind::Cash), (SUSPENSE, AccountKind::Suspense)];
    let wallets = (0..people).map(|n| (wallet(n), AccountKind::Wallet));
    let opened = areas.into_iter().chain(wallets).map(|(id, kind)| {
        Command::Open(OpenAccount { id, kind, fund: Fund::Account, owner: OwnerId(id.0), parent: None })
    });
    let each = Fen::new(EACH.into()).context("an amount")?;
    let all = Fen::new(i64::from(EACH) * i64::try_from(people)?).context("an amount")?;
    let late = transfer(0, Purpose::Late, vec![Leg { from: CASH, to: SUSPENSE, amount: all }]);
    let credits = (0..people)
        .map(|n| transfer(1 + n, Purpose::Resolve, vec![Leg { from: SUSPENSE, to: wallet(n), amount: each }]));
    for command in opened.chain([late]).chain(credits) {
        let outcome = kept.ask(&command, journal);
        ensure!(outcome == Outcome::Done, "{command:?}: {outcome:?}");
    }
    Ok(kept)
}

fn wallet(n: usize) -> AccountId {
    AccountId((WALLETS + n) as u128)
}

fn transfer(id: usize, purpose: Purpose, legs: Vec<Leg>) -> Command {
    Command::Transfer { id: TransferId(id as u128), purpose, legs }
}
