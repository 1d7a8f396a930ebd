//! Wallets that send each other a fen.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anxin_core::Fen;
use anyhow::{Context as _, Result, ensure};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use sqlx::postgres::PgPoolCopyExt as _;
use wallet_ledger::{
    Account, AccountId, AccountKind, Command, Fund, Leg, OpenAccount, Outcome, OwnerId, Purpose, TransferId,
};
use wallet_store::{Answer, Asked, Books, PostgresStore, Writer, own};

const CASH: AccountId = AccountId(1);
const SUSPENSE: AccountId = AccountId(2);
pub const HOSPITAL: AccountId = AccountId(3);
/// Wallets have the ids from here on.
const WALLETS: u128 = 1_000;
/// Enough for any run.
const EACH: i64 = 1_000_000;
/// The area of all books here.
pub const SHARD: u64 = 7;
/// Rows that are sent at a time where rows are copied.
const COPIED: usize = 10_000;
/// Payments in a batch that nobody waits for.
const PAID: usize = 500;
/// Legs of a transfer that credits wallets.
const LEGS: u64 = 32;

/// Whose accounts are asked for.
#[derive(Clone, Copy)]
pub enum Access {
    Uniform,
    /// All pay one.
    Hot,
    /// Some much more often than others: the n-th about 1/n as often as the first.
    Zipf,
}

#[derive(Clone, Copy)]
pub struct Load {
    pub clients: usize,
    pub batch: usize,
    pub time: Duration,
    pub access: Access,
}

/// Transfers a second, and how long a client waited for one answer, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    pub rate: f64,
    pub p50: f64,
    pub p99: f64,
    pub max: f64,
}

impl Measured {
    pub fn of(mut waits: Vec<f64>, transfers: u64, time: Duration) -> Measured {
        waits.sort_by(f64::total_cmp);
        let at = |share: usize| waits.get((waits.len() * share / 100).min(waits.len().saturating_sub(1)));
        let [p50, p99, max] = [50, 99, 100].map(|share| at(share).copied().unwrap_or_default());
        Measured { rate: transfers as f64 / time.as_secs_f64(), p50, p99, max }
    }
}

pub struct Town {
    writer: Writer,
    accounts: u64,
    next: Arc<AtomicU64>,
}

fn fen(amount: i64) -> Fen {
    Fen::new(amount).unwrap_or_default()
}

fn wallet(n: u64) -> AccountId {
    AccountId(WALLETS + u128::from(n))
}

fn transfer(id: u64, purpose: Purpose, legs: Vec<Leg>) -> Asked {
    own(1, 1, id.to_string(), Command::Transfer { id: TransferId(id.into()), purpose, legs })
}

impl Town {
    /// Opens wallets with money in them.
    pub async fn found<B: Books>(store: Arc<B>, accounts: u64) -> Result<Town> {
        let mut batch = 0;
        let writer = Writer::start(store, move || {
            batch += 1;
            batch
        });
        let town = Town { writer, accounts, next: Arc::new(AtomicU64::new(1)) };
        let open = |id: AccountId, kind| {
            let owner = OwnerId(id.0);
            let command = Command::Open(OpenAccount { id, kind, fund: Fund::Account, owner, parent: None });
            own(1, 2, id.0.to_string(), command)
        };
        let areas =
            [(CASH, AccountKind::Cash), (SUSPENSE, AccountKind::Suspense), (HOSPITAL, AccountKind::Institution)];
        town.done(areas.map(|(id, kind)| open(id, kind)).to_vec()).await?;
        let all = i64::try_from(accounts)?.saturating_mul(EACH);
        let late = vec![Leg { from: CASH, to: SUSPENSE, amount: fen(all) }];
        town.done(vec![transfer(town.id(), Purpose::Late, late)]).await?;
        let numbers: Vec<u64> = (0..accounts).collect();
        for some in numbers.chunks(1_900) {
            town.done(some.iter().map(|n| open(wallet(*n), AccountKind::Wallet)).collect()).await?;
        }
        for some in numbers.chunks(32 * 60) {
            let credits = some.chunks(usize::try_from(LEGS)?).map(|wallets| {
                let legs = wallets.iter().map(|n| Leg { from: SUSPENSE, to: wallet(*n), amount: fen(EACH) });
                transfer(town.id(), Purpose::Resolve, legs.collect())
            });
            town.done(credits.collect()).await?;
        }
        Ok(town)
    }

    /// Opens so many more as copies of the first: rows as opening and crediting it leaves them. Lines of the journal say
    /// nothing but what they are found by, because nobody reads them here.
    pub async fn crowd(&mut self, store: &PostgresStore, accounts: u64) -> Result<()> {
        let first = store.account(wallet(0)).await?.context("no first wallet")?;
        let copy = async |table: &str, row: &dyn Fn(u64, &mut String)| -> Result<()> {
            let mut into = store.pool().copy_in_raw(&format!("COPY {table} FROM STDIN")).await?;
            let numbers: Vec<u64> = (self.accounts..accounts).collect();
            for some in numbers.chunks(COPIED) {
                let mut rows = String::new();
                some.iter().for_each(|n| row(*n, &mut rows));
                into.send(rows.into_bytes()).await?;
            }
            into.finish().await?;
            Ok(())
        };
        let hex = |n: u64| format!("\\\\x{:032x}", wallet(n).0);
        copy("account (shard, id, owner, kind, posted, held, body)", &|n, rows| {
            let account = Account { id: wallet(n), owner: OwnerId(wallet(n).0), ..first.clone() };
            let body = postcard::to_extend(&account, Vec::new()).unwrap_or_default();
            let body: String = body.iter().map(|byte| format!("{byte:02x}")).collect();
            let kind = account.kind.number();
            rows.push_str(&format!("{SHARD}\t{id}\t{id}\t{kind}\t{EACH}\t0\t\\\\x{body}\n", id = hex(n)));
        })
        .await?;
        // Under numbers that no line of the run has. What opened a wallet is a line of its own; what credited it credited
        // others too, and is found by a row beside it.
        let leaf = "00".repeat(32);
        copy("journal (shard, number, at, body, leaf, first_account)", &|n, rows| {
            rows.push_str(&format!("{SHARD}\t-{}\t0\t\\\\x\t\\\\x{leaf}\t{}\n", 2 * n + 1, hex(n)));
        })
        .await?;
        copy("journal_mention (shard, account, number)", &|n, rows| {
            rows.push_str(&format!("{SHARD}\t{}\t-{}\n", hex(n), 2 * n + 2));
        })
        .await?;
        self.accounts = self.accounts.max(accounts);
        sqlx::query("VACUUM ANALYZE account, journal, journal_mention").execute(store.pool()).await?;
        Ok(())
    }

    fn id(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    async fn done(&self, asked: Vec<Asked>) -> Result<()> {
        let answers = self.writer.ask(asked).await.map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
        let bad = answers.iter().map(Answer::outcome).find(|outcome| *outcome != Some(Outcome::Done));
        ensure!(bad.is_none(), "{bad:?}");
        Ok(())
    }

    /// A transfer between two accounts.
    fn some(&self, rng: &mut ChaCha8Rng, access: Access) -> Asked {
        let accounts = self.accounts;
        let mut one = || match access {
            Access::Uniform | Access::Hot => rng.random_range(0..accounts),
            // Log-uniform: as Zipf's law has it with the exponent 1.
            Access::Zipf => (((accounts as f64).powf(rng.random::<f64>())) as u64 - 1).min(accounts - 1),
        };
        let from = one();
        let amount = fen(1);
        let (to, purpose) = match access {
            Access::Hot => (HOSPITAL, Purpose::Settle),
            Access::Uniform | Access::Zipf => {
                let other = one();
                (wallet(if other == from { (from + 1) % accounts } else { other }), Purpose::WalletTransfer)
            }
        };
        transfer(self.id(), purpose, vec![Leg { from: wallet(from), to, amount }])
    }

    /// So many more pay the hospital.
    pub async fn pay_hospital(&self, payments: u64) -> Result<()> {
        let mut rng = ChaCha8Rng::seed_from_u64(payments);
        let mut left = usize::try_from(payments)?;
        while left > 0 {
            let some = left.min(PAID);
            self.done((0..some).map(|_| self.some(&mut rng, Access::Hot)).collect()).await?;
            left -= some;
        }
        Ok(())
    }

    /// Loads the books for some time, the first tenth of which is not counted.
    pub async fn run(&self, load: &Load) -> Result<Measured> {
        let start = Instant::now();
        let warm = start + load.time / 10;
        let end = warm + load.time;
        let mut rngs: Vec<_> =
            (0..load.clients).map(|client| ChaCha8Rng::seed_from_u64(client as u64 + self.id())).collect();
        let clients = rngs.iter_mut().map(|rng| async move {
            let (mut waits, mut transfers) = (Vec::new(), 0);
            while Instant::now() < end {
                let asked: Vec<Asked> = (0..load.batch).map(|_| self.some(rng, load.access)).collect();
                let sent = Instant::now();
                self.done(asked).await?;
                if sent >= warm {
                    waits.push(sent.elapsed().as_secs_f64() * 1e3);
                    transfers += load.batch as u64;
                }
            }
            anyhow::Ok((waits, transfers))
        });
        let all = futures_util::future::try_join_all(clients).await?;
        let time = warm.elapsed();
        let transfers = all.iter().map(|(_, transfers)| transfers).sum();
        Ok(Measured::of(all.into_iter().flat_map(|(waits, _)| waits).collect(), transfers, time))
    }
}
