//! Ways that carry, and ways that do not always.

use std::sync::Mutex;

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use wallet_courier::{Local, Lost, Way};
use wallet_ledger::CellId;

use crate::server::over_http;
use crate::town::{HERE, HOSPITAL, Memory, PERSON, THERE, cells, settled};

/// Loses notes and answers, carries notes twice, and brings old ones again later.
struct Bad<'w, W> {
    way: &'w W,
    chance: Mutex<ChaCha8Rng>,
    old: Mutex<Vec<(CellId, Vec<u8>)>>,
}

impl<W> Bad<'_, W> {
    fn happens(&self) -> bool {
        self.chance.lock().unwrap().random_ratio(1, 3)
    }

    fn one_of_old(&self) -> Option<(CellId, Vec<u8>)> {
        let old = self.old.lock().unwrap();
        let at = self.chance.lock().unwrap().random_range(0..=old.len());
        old.get(at).cloned()
    }
}

impl<W: Way> Way for Bad<'_, W> {
    async fn send(&self, to: CellId, note: Vec<u8>) -> Result<Vec<u8>, Lost> {
        self.old.lock().unwrap().push((to, note.clone()));
        if self.happens() {
            return Err(Lost);
        }
        if let Some((to, old)) = self.one_of_old() {
            let _ = self.way.send(to, old).await;
        }
        if self.happens() {
            self.way.send(to, note.clone()).await?;
        }
        let answer = self.way.send(to, note).await?;
        if self.happens() { Err(Lost) } else { Ok(answer) }
    }
}

pub async fn draws_end(cells: &Local<Memory>, way: &impl Way, rounds: usize) {
    for draw in 0..100 {
        cells.0[&THERE].desk.begin(draw, HERE, 10);
        cells.0[&HERE].desk.begin(1_000 + draw, THERE, 20);
    }
    for _ in 0..rounds {
        for (from, to) in [(HERE, THERE), (THERE, HERE)] {
            // What was lost goes again in the next round.
            let _ = cells.0[&from].round(way, to, 1).await;
        }
    }
    for (from, to) in [(HERE, THERE), (THERE, HERE)] {
        assert_eq!(cells.0[&from].round(way, to, 1).await, Ok(0), "nothing is left");
    }
    settled(cells);
    let (here, there) = (&cells.0[&HERE].desk, &cells.0[&THERE].desk);
    assert_eq!((here.posted(PERSON), here.posted(HOSPITAL)), (99_000, 2_000));
    assert_eq!((there.posted(PERSON), there.posted(HOSPITAL)), (98_000, 1_000));
}

#[tokio::test]
async fn every_draw_ends_on_a_good_way() {
    let cells = cells();
    draws_end(&cells, &cells, 10).await;
}

#[tokio::test]
async fn every_draw_ends_on_a_bad_way() {
    for seed in 0..5 {
        let cells = cells();
        let chance = Mutex::new(ChaCha8Rng::seed_from_u64(seed));
        let way = Bad { way: &cells, chance, old: Mutex::default() };
        draws_end(&cells, &way, 80).await;
    }
}

#[tokio::test]
async fn every_draw_ends_over_http() {
    let cells = cells();
    draws_end(&cells, &over_http(&cells).await, 10).await;
}

#[tokio::test]
async fn every_draw_ends_over_a_bad_http() {
    let cells = cells();
    let http = over_http(&cells).await;
    let chance = Mutex::new(ChaCha8Rng::seed_from_u64(7));
    draws_end(&cells, &Bad { way: &http, chance, old: Mutex::default() }, 80).await;
}

/// A peer that is away costs nothing but time.
#[tokio::test]
async fn what_a_peer_that_is_away_is_owed_waits() {
    let all = cells();
    all.0[&THERE].desk.begin(1, HERE, 10);
    let nobody: Local<Memory> = Local(Default::default());
    for _ in 0..3 {
        assert_eq!(all.0[&THERE].round(&nobody, HERE, 1).await, Err(Lost.into()));
    }
    assert_eq!(all.0[&THERE].round(&all, HERE, 1).await, Ok(1));
}

/// Says how far letters were acknowledged in the sender's books when a note was sent, and how far while it was on its way.
struct Watches<'w> {
    cells: &'w Local<Memory>,
    seen: Mutex<Vec<(u64, u64)>>,
}

impl Way for Watches<'_> {
    async fn send(&self, to: CellId, note: Vec<u8>) -> Result<Vec<u8>, Lost> {
        let acked = || self.cells.0[&THERE].desk.books().pool.links[&to].acked;
        let before = acked();
        tokio::task::yield_now().await;
        self.seen.lock().unwrap().push((before, acked()));
        self.cells.send(to, note).await
    }
}

#[tokio::test]
async fn a_note_does_not_wait_until_the_one_before_is_in_the_books() {
    let all = cells();
    (0..600).for_each(|draw| all.0[&THERE].desk.begin(draw, HERE, 1));
    let way = Watches { cells: &all, seen: Mutex::default() };
    assert_eq!(all.0[&THERE].round(&way, HERE, 2).await, Ok(512));
    let acked = || all.0[&THERE].desk.books().pool.links[&HERE].acked;
    assert_eq!(acked(), 512, "the last answer, too");
    assert_eq!(all.0[&THERE].round(&way, HERE, 16).await, Ok(88));
    assert_eq!(*way.seen.lock().unwrap(), [(0, 0), (0, 256), (512, 512)]);
    assert_eq!(acked(), 600);
}
