//! 追溯码 across areas: each pack has a home, the area whose books say whether it was sold. Who sells one of another area's
//! asks there before the sale begins, and tells it when the pack comes back.

use std::collections::BTreeMap;

use anxin_core::proof::leaf_hash;
use wallet_ledger::{CellId, OwnerId, home_of};
use wallet_store::{PacksNews, Take};
use wallet_types::{Id, TransportCode};

use super::Cells;
use super::ask::{PACKS_MAX, PackDeed, PackTake, PacksAnswer, Question};
use crate::problem::ApiError;
use crate::wallet::Wallet;

/// A sale that was asked for so long ago and has not begun does not begin any more.
const GIVEN_UP: i64 = 60_000_000;
/// Packs of which one area is told at a time.
const NEWS: u32 = 512;
const CODE_LETTERS: std::ops::RangeInclusive<usize> = 8..=100;

fn sixteen(text: &str) -> u128 {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = leaf_hash(text.as_bytes());
    u128::from_be_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
}

/// The sale of another area, which may not name those of a third one.
fn sale_of(peer: CellId, asked_as: Id) -> u128 {
    sixteen(&format!("{peer} {asked_as}"))
}

impl Cells {
    /// Packs by the area that looks after them, without those of this one.
    fn of_others<'t>(&self, takes: &'t [Take]) -> BTreeMap<CellId, Vec<&'t Take>> {
        let mut homes: BTreeMap<CellId, Vec<&Take>> = BTreeMap::new();
        for take in takes {
            let home = home_of(&take.trace, self.peers().chain([self.id]));
            if let Some(home) = home.filter(|home| *home != self.id) {
                homes.entry(home).or_default().push(take);
            }
        }
        homes
    }
}

impl Wallet {
    /// Has other areas set aside what a sale takes of their packs. Done before the sale is kept, which then sells them.
    ///
    /// # Errors
    /// When one was sold before, or an area does not answer: nobody here knows then whether it was.
    pub(crate) async fn reserve_afar(&self, sale: u128, takes: &[Take]) -> Result<(), ApiError> {
        let Some(cells) = &self.cells else { return Ok(()) };
        let homes = cells.of_others(takes);
        if homes.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let asked_as = sixteen(&format!("{sale} {}", now.0));
        let named = |(cell, takes): (&CellId, &Vec<&Take>)| {
            takes.iter().map(|take| (cell.0, take.trace.clone())).collect::<Vec<_>>()
        };
        let mut packs: Vec<(u32, String)> = homes.iter().flat_map(named).collect();
        packs.sort();
        packs.dedup();
        if !self.desk.ask_packs_afar(sale, asked_as, &packs, now).await? {
            return Err(ApiError::Transport(TransportCode::Busy));
        }
        for (home, takes) in homes {
            let deed = PackDeed::Take(takes.into_iter().map(PackTake::of).collect());
            let refused = match self.ask_packs(cells, home, asked_as, deed).await {
                Some(PacksAnswer { short: None }) => continue,
                Some(PacksAnswer { short: Some(_) }) => {
                    self.metrics.alarmed("pack_reused");
                    ApiError::Rules { code: TransportCode::PackTaken, condition: "lines".into(), rule: String::new() }
                }
                None => ApiError::Transport(TransportCode::Busy),
            };
            self.release_afar(sale).await?;
            return Err(refused);
        }
        Ok(())
    }

    /// The sale does not begin: what other areas set aside for it is theirs again, at once where they answer.
    pub(crate) async fn release_afar(&self, sale: u128) -> Result<(), ApiError> {
        let Some(cells) = &self.cells else { return Ok(()) };
        for home in self.desk.give_up_packs_afar(sale).await? {
            self.tell_packs(cells, CellId(home)).await?;
        }
        Ok(())
    }

    async fn ask_packs(&self, cells: &Cells, home: CellId, asked_as: u128, deed: PackDeed) -> Option<PacksAnswer> {
        let question = serde_json::to_vec(&Question::Packs { sale: Id(asked_as), deed }).ok()?;
        let answer = cells.courier(self).ask(&cells.carrier, home, question).await;
        let answer =
            answer.inspect_err(|cause| tracing::warn!(%home, %cause, "an area does not say whether packs were sold"));
        serde_json::from_slice(&answer.ok()?).ok()
    }

    /// Tells an area of its packs that came back; whether it answers.
    pub(super) async fn tell_packs(&self, cells: &Cells, home: CellId) -> Result<bool, ApiError> {
        self.desk.give_up_old_packs_afar(self.now().plus(-GIVEN_UP)).await?;
        for news in self.desk.packs_news(home.0, NEWS).await? {
            let PacksNews { asked_as, came_back, ref traces, .. } = news;
            let deed = if came_back { PackDeed::HoldBack(traces.clone()) } else { PackDeed::Free };
            if self.ask_packs(cells, home, asked_as, deed).await.is_none() {
                return Ok(false);
            }
            self.desk.packs_told(&news).await?;
        }
        Ok(true)
    }

    /// What another area does with packs that are looked after here.
    pub(super) async fn packs_of_peer(&self, peer: CellId, sale: Id, deed: PackDeed) -> Result<PacksAnswer, ApiError> {
        let (sale, now) = (sale_of(peer, sale), self.now());
        let short = match deed {
            PackDeed::Take(takes) => {
                let takes: Option<Vec<Take>> = takes.into_iter().map(PackTake::checked).collect();
                let takes = takes.filter(|takes| takes.len() <= PACKS_MAX);
                let takes = takes.ok_or(ApiError::Transport(TransportCode::NoteRefused))?;
                self.desk.take_packs_for(sale, OwnerId(peer.0.into()), &takes, now).await?
            }
            PackDeed::Free => {
                self.desk.free_packs(sale, now).await?;
                None
            }
            PackDeed::HoldBack(traces) => {
                self.desk.hold_back_packs(sale, Some(&traces), now).await?;
                None
            }
        };
        Ok(PacksAnswer { short })
    }
}

impl PackTake {
    fn of(take: &Take) -> PackTake {
        let Take { trace, drug, content, units } = take.clone();
        PackTake { trace, drug, content, units }
    }

    /// As a line of this area's own would have to be.
    fn checked(self) -> Option<Take> {
        let PackTake { trace, drug, content, units } = self;
        let shaped = CODE_LETTERS.contains(&trace.len()) && trace.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let some = units > 0 && units <= content && i32::try_from(content).is_ok();
        (shaped && some && drug.len() <= 100).then_some(Take { trace, drug, content, units })
    }
}
