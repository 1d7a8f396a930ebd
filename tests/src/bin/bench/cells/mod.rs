//! Payments between two cells beside holds that are posted within one, on the same PostgreSQL: within one program, over
//! HTTP and through three brokers. A payment counts once the cell of treatment has decided it.
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

use crate::wallet::load::Measured;
use crate::wallet::postgres::Server;
use crate::wallet::setting;
use crate::{Figure, Target};
use country::{Books, Country, HERE, THERE};

const SECONDS: u64 = 20;
const ACCOUNTS: u64 = 10_000;
const CLIENTS: usize = 8;
/// Payments that a client asks for at a time, as many as letters go into a note.
const BATCH: usize = 64;
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
    let local = loaded(&country, &country.cells, time).await?;
    let http = loaded(&country, &server::over_http(&country.cells).await, time).await?;
    let brokers = Brokers::start()?;
    let nats = loaded(&country, &through(&brokers, &country.cells).await?, time).await?;
    country.agree().await?;
    let mut figures = vec![Figure::new("cells_hold_and_post_within", within.rate, "/s", Target::None)];
    for (names, [full, half], least) in [
        (
            ["cells_local", "cells_local_share", "cells_local_p50", "cells_local_p99", "cells_local_half_p99"],
            local,
            0.5,
        ),
        (["cells_http", "cells_http_share", "cells_http_p50", "cells_http_p99", "cells_http_half_p99"], http, 0.25),
        (["cells_nats", "cells_nats_share", "cells_nats_p50", "cells_nats_p99", "cells_nats_half_p99"], nats, 0.25),
    ] {
        figures.push(Figure::new(names[0], full.rate, "/s", Target::None));
        figures.push(Figure::new(names[1], full.rate / within.rate, "share", Target::AtLeast(least)));
        figures.push(Figure::new(names[2], full.p50, "ms", Target::None));
        figures.push(Figure::new(names[3], full.p99, "ms", Target::None));
        figures.push(Figure::new(names[4], half.p99, "ms", Target::AtMost(HALF_P99_MS)));
    }
    Ok(figures)
}

/// As fast as it goes, and then at half that rate.
async fn loaded(country: &Country, way: &impl Way, time: Duration) -> Result<[Measured; 2]> {
    let full = country.between(way, time, None).await?;
    let half = country.between(way, time, Some(full.rate / 2.0)).await?;
    Ok([full, half])
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
