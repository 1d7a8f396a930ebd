//! A page of a hospital's statement, by how many have paid it: the newest page, and the oldest, for which balances are
//! worked back from now.

use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use wallet_ledger::Limits;
use wallet_store::{Actor, Clock, Desk, PostgresStore, Vault};

use super::{looked, told};
use crate::Figure;
use crate::wallet::load::{HOSPITAL, SHARD, Town};
use crate::wallet::postgres::Server;

const PAGE: u32 = 50;
const WALLETS: u64 = 1_000;
const LINES: [(u64, &str, &str); 4] = [
    (1_000, "statement_newest_1000", "statement_oldest_1000"),
    (10_000, "statement_newest_10000", "statement_oldest_10000"),
    (100_000, "statement_newest_100000", "statement_oldest_100000"),
    (1_000_000, "statement_newest_1000000", "statement_oldest_1000000"),
];

pub async fn figures(postgres: &Server, most: u64) -> Result<Vec<Figure>> {
    let database = postgres.database()?;
    let store = PostgresStore::open(database.options(), SHARD, Limits::default(), Clock::Own).await?;
    let desk = store.desk(Arc::new(Vault::demo()));
    let town = Town::found(Arc::new(store), WALLETS).await?;
    town.pay_hospital(PAGE.into()).await?;
    let (mut lines, mut figures) = (u64::from(PAGE), Vec::new());
    let first = newest(&desk).await? + 1;
    for (count, at_the_end, at_the_begin) in LINES.into_iter().filter(|(count, ..)| *count <= most) {
        town.pay_hospital(count - lines).await?;
        lines = count;
        figures.push(told(at_the_end, looked(async || page(&desk, u64::MAX).await).await?));
        figures.push(told(at_the_begin, looked(async || page(&desk, first).await).await?));
    }
    Ok(figures)
}

async fn newest(desk: &Desk) -> Result<u64> {
    let page = desk.statement(Actor::Area, HOSPITAL, u64::MAX, 1).await?;
    page.and_then(|page| page.first().map(|line| line.number)).context("no line")
}

async fn page(desk: &Desk, before: u64) -> Result<()> {
    let page = desk.statement(Actor::Area, HOSPITAL, before, PAGE).await?.context("no hospital")?;
    ensure!(page.len() == usize::try_from(PAGE)?, "{} lines before {before}", page.len());
    Ok(())
}
