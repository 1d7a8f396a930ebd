//! A window that is closed with more and more areas, each of which owes something in it: how long the books take for the
//! closing itself, and until everybody has heard of it and closed it, too.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use wallet_ledger::{AccountId, AccountKind, CellCommand, CellId, DrawId, Letter, Message, WindowId, WindowState};
use wallet_store::Asked;

use super::super::BATCH;
use super::super::country::{Books, HOSPITAL, THERE, agree, begin, cell, found, open, person};
use super::{milliseconds, told};
use crate::Figure;
use crate::wallet::postgres::Server;

const AREAS: [(u32, &str, &str); 4] = [
    (2, "window_close_2", "window_closed_2"),
    (20, "window_close_20", "window_closed_20"),
    (200, "window_close_200", "window_closed_200"),
    (2_000, "window_close_2000", "window_closed_2000"),
];
const FIRST: u32 = 100_001;
const WINDOW: WindowId = WindowId(1);

pub async fn figures(postgres: &Server, most: u64) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (areas, close, closed) in AREAS.into_iter().filter(|(areas, ..)| u64::from(*areas) <= most) {
        let peers: Vec<CellId> = (FIRST..FIRST + areas).map(CellId).collect();
        let books = owed(postgres, &peers).await?;
        let began = Instant::now();
        books.done(vec![cell("close".into(), CellCommand::CloseWindow)]).await?;
        figures.push(told(close, milliseconds(began.elapsed())));
        // The third letter to each says that it is closed, after the question and the decision.
        let sums = BTreeMap::new();
        in_turn(&books, &peers, |peer| {
            [letter(peer, 2, Message::Closed { window: WINDOW, sums: sums.clone() }), acked(peer, 3)].to_vec()
        })
        .await?;
        figures.push(told(closed, milliseconds(began.elapsed())));
        ensure!(state(&books).await? == WindowState::Closed, "not everybody has closed it");
    }
    Ok(figures)
}

/// Books in which each of the areas owes for a draw of its own.
async fn owed(postgres: &Server, peers: &[CellId]) -> Result<Books> {
    let books = Books::open(postgres, THERE).await?;
    books.done(vec![open(HOSPITAL, AccountKind::Institution), found(THERE)]).await?;
    in_turn(&books, peers, |peer| [open(clearing(peer), AccountKind::Clearing), agree(peer, clearing(peer))].to_vec())
        .await?;
    in_turn(&books, peers, |peer| vec![begin(draw(peer).0, peer, person(0))]).await?;
    in_turn(&books, peers, |peer| vec![letter(peer, 1, Message::Prepared { draw: draw(peer) }), acked(peer, 2)])
        .await?;
    let pool = books.store.pool_of_cells().await?;
    let claims = pool.windows.get(&WINDOW).context("no window")?.claims.len();
    ensure!(claims == peers.len(), "{claims} areas owe something");
    Ok(books)
}

async fn in_turn(books: &Books, peers: &[CellId], each: impl Fn(CellId) -> Vec<Asked>) -> Result<()> {
    for some in peers.chunks(BATCH) {
        books.done(some.iter().flat_map(|peer| each(*peer)).collect()).await?;
    }
    Ok(())
}

async fn state(books: &Books) -> Result<WindowState> {
    Ok(books.store.pool_of_cells().await?.windows.get(&WINDOW).context("no window")?.state)
}

fn draw(peer: CellId) -> DrawId {
    DrawId(peer.0.into())
}

fn clearing(peer: CellId) -> AccountId {
    AccountId(peer.0.into())
}

fn letter(from: CellId, number: u64, message: Message) -> Asked {
    let letter = Letter { from, to: THERE, number, message };
    cell("letters".into(), CellCommand::Receive { letter, denied: false })
}

fn acked(peer: CellId, received: u64) -> Asked {
    cell("letters".into(), CellCommand::Acked { peer, received })
}
