//! How cost grows over three orders of magnitude: with an account's history, a person's relations, and areas.
//!
//! `ANXIN_BENCH_MOST` leaves out whatever is larger, to look whether it works at all.

mod areas;
mod history;
mod relations;

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::wallet::postgres::Server;
use crate::wallet::setting;
use crate::{Figure, Target};

/// Looks at the same, of which the middle counts.
const LOOKS: usize = 21;

pub async fn figures() -> Result<Vec<Figure>> {
    let (postgres, most) = (Server::start()?, setting("ANXIN_BENCH_MOST", u64::MAX)?);
    let mut figures = history::figures(&postgres, most).await?;
    figures.extend(relations::figures(&postgres, most).await?);
    figures.extend(areas::figures(&postgres, most).await?);
    Ok(figures)
}

fn told(name: &'static str, milliseconds: f64) -> Figure {
    Figure::new(name, milliseconds, "ms", Target::None)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn middle(mut waits: Vec<f64>) -> f64 {
    waits.sort_by(f64::total_cmp);
    waits.get(waits.len() / 2).copied().unwrap_or_default()
}

/// The middle of several looks, in milliseconds; the first, for which nothing was read yet, is not counted.
async fn looked(look: impl AsyncFn() -> Result<()>) -> Result<f64> {
    look().await?;
    let mut waits = Vec::new();
    for _ in 0..LOOKS {
        let began = Instant::now();
        look().await?;
        waits.push(milliseconds(began.elapsed()));
    }
    Ok(middle(waits))
}
