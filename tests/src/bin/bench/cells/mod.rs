//! Payments between two cells beside holds that are posted within one, on the same PostgreSQL: within one program, over
//! HTTP and through three brokers. A payment counts once the cell of treatment has decided it. Waits are told twice: at
//! the saturated rate and at half of it.
//!
//! Then how cost grows with history, relations and areas (`growth`).
//!
//! `ANXIN_BENCH_SECONDS` and `ANXIN_BENCH_ACCOUNTS` make it longer and larger.

mod country;
mod growth;
#[path = "../../../../../wallet-api/courier/tests/contract/server.rs"]
mod server;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anxin_brokers::Brokers;
use anyhow::{Result, ensure};
use wallet_courier::{Local, Nats, Way};

use crate::wallet::postgres::Server;
use crate::wallet::setting;
use crate::{Figure, Target};
use country::{Books, Country, HERE, Load, THERE};

const SECONDS: u64 = 20;
const ACCOUNTS: u64 = 10_000;
const CLIENTS: usize = 8;
/// Payments that a client asks for at a time.
const BATCH: usize = 64;
/// At half of the saturated rate more clients ask for less, so that none of them waits for itself.
const CLIENTS_AT_HALF: usize = 64;
const BATCH_AT_HALF: usize = 8;
const PATIENCE: Duration = Duration::from_secs(30);
/// Most that 99 of 100 batches wait at half the rate that each way carries.
const HALF_P99_MS: f64 = 150.0;

pub fn figures() -> Result<Vec<Figure>> {
    let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let mut figures = runtime()?.block_on(measured())?;
    // By then nothing of the first is there any more, neither brokers nor who takes notes from them.
    figures.extend(runtime()?.block_on(growth::figures())?);
    Ok(figures)
}

async fn measured() -> Result<Vec<Figure>> {
    let time = Duration::from_secs(setting("ANXIN_BENCH_SECONDS", SECONDS)?);
    let accounts = setting("ANXIN_BENCH_ACCOUNTS", ACCOUNTS)?;
    let postgres = Server::start()?;
    let country = Country::found(&postgres, accounts).await?;
    let within = country.within(time).await?;
    let mut figures = vec![Figure::new("cells_hold_and_post_within", within.rate, "/s", Target::None)];
    figures.extend(by(&country, &country.cells, time, within.rate, LOCAL, 0.5).await?);
    figures.extend(by(&country, &server::over_http(&country.cells).await, time, within.rate, HTTP, 0.25).await?);
    let brokers = Brokers::start()?;
    figures.extend(by(&country, &through(&brokers, &country.cells).await?, time, within.rate, NATS, 0.25).await?);
    country.agree().await?;
    Ok(figures)
}

type Names = [&'static str; 6];
const LOCAL: Names = [
    "cells_local",
    "cells_local_share",
    "cells_local_p50",
    "cells_local_p99",
    "cells_local_p50_at_half",
    "cells_local_p99_at_half",
];
const HTTP: Names = [
    "cells_http",
    "cells_http_share",
    "cells_http_p50",
    "cells_http_p99",
    "cells_http_p50_at_half",
    "cells_http_p99_at_half",
];
const NATS: Names = [
    "cells_nats",
    "cells_nats_share",
    "cells_nats_p50",
    "cells_nats_p99",
    "cells_nats_p50_at_half",
    "cells_nats_p99_at_half",
];
async fn by(
    country: &Country,
    way: &impl Way,
    time: Duration,
    within: f64,
    names: Names,
    least: f64,
) -> Result<Vec<Figure>> {
    let full = country.between(way, time, Load::Saturated(BATCH)).await?;
    let half = country.between(way, time, Load::Paced(BATCH_AT_HALF, full.rate / 2.0)).await?;
    let [rate, share, p50, p99, p50_at_half, p99_at_half] = names;
    Ok(vec![
        Figure::new(rate, full.rate, "/s", Target::None),
        Figure::new(share, full.rate / within, "share", Target::AtLeast(least)),
        Figure::new(p50, full.p50, "ms", Target::None),
        Figure::new(p99, full.p99, "ms", Target::None),
        Figure::new(p50_at_half, half.p50, "ms", Target::None),
        Figure::new(p99_at_half, half.p99, "ms", Target::AtMost(HALF_P99_MS)),
    ])
}

/// A way through the brokers to both, once it carries.
async fn through(brokers: &Brokers, cells: &Local<Books>) -> Result<Nats> {
    let nats = Nats::connect(&brokers.url()).await?;
    for (cell, courier) in &cells.0 {
        let (nats, cell, courier) = (nats.clone(), *cell, Arc::clone(courier));
        tokio::spawn(async move {
            let take = |note: Vec<u8>| {
                let courier = Arc::clone(&courier);
                async move { courier.take(&note).await }
            };
            nats.serve(cell, take).await;
        });
    }
    for (from, to) in [(HERE, THERE), (THERE, HERE)] {
        let since = Instant::now();
        while ask(cells, from, to, &nats).await.is_err() {
            ensure!(since.elapsed() < PATIENCE, "the brokers carry nothing");
        }
    }
    Ok(nats)
}

async fn ask(
    cells: &Local<Books>,
    from: wallet_ledger::CellId,
    to: wallet_ledger::CellId,
    way: &impl Way,
) -> Result<()> {
    let courier = cells.0.get(&from).ok_or_else(|| anyhow::anyhow!("no such cell"))?;
    Ok(courier.ask(way, to, b"there?".to_vec()).await.map(drop)?)
}
