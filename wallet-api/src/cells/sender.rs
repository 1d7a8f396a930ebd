//! Carries what is under way, lets timers of draws go off, closes windows when it is time, goes on with orders that
//! waited, and tells other areas of new relations. Of several programs on the same books one does it, who has the lease.

use std::collections::BTreeMap;
use std::sync::Weak;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use wallet_courier::NOTES;
use wallet_ledger::{CellCommand, CellId};
use wallet_types::Id;

use super::Cells;
use super::ask::{NEWS_MAX, Question, Share};
use crate::hex::hex;
use crate::problem::ApiError;
use crate::wallet::Wallet;

const LEASE: &str = "courier";
/// Between two rounds where nothing calls for one.
const EACH: Duration = Duration::from_millis(500);
/// Who does not answer is tried again after this, and then after twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
const AT_ONCE: u32 = 64;
/// For how long a mark is kept whose order never came.
const ORPHANED: i64 = 3_600_000_000;

/// When a peer that did not answer is tried again.
struct Pause {
    until: Instant,
    length: Duration,
}

/// Until the wallet is gone.
pub(crate) async fn keep_sending(wallet: Weak<Wallet>, me: u128) {
    let mut pauses: BTreeMap<CellId, Pause> = BTreeMap::new();
    let mut closed = None;
    loop {
        let Some(open) = wallet.upgrade() else { return };
        let Some(cells) = &open.cells else { return };
        // Who can book nothing leaves the letters to who can.
        let lease = if open.writer.is_halted() { Ok(false) } else { open.database.lease(LEASE, me).await };
        match lease {
            Ok(true) => {
                if let Err(cause) = open.close_by_the_clock(cells, &mut closed).await {
                    tracing::warn!(%cause, "the window was not closed");
                }
                round(&open, cells, &mut pauses).await;
            }
            Ok(false) => {}
            Err(cause) => tracing::warn!(%cause, "no lease for letters"),
        }
        let _ = tokio::time::timeout(EACH, cells.wake.notified()).await;
    }
}

async fn round(wallet: &Wallet, cells: &Cells, pauses: &mut BTreeMap<CellId, Pause>) {
    if let Err(cause) = wallet.tick_draws().await {
        tracing::warn!(%cause, "draws that are due were not looked at");
    }
    let now = Instant::now();
    let due = cells.peers().filter(|peer| pauses.get(peer).is_none_or(|pause| pause.until <= now));
    let sent = due.map(|peer| async move { (peer, wallet.send_to(cells, peer).await) });
    for (peer, arrived) in join_all(sent).await {
        if arrived {
            pauses.remove(&peer);
            continue;
        }
        let length = pauses.get(&peer).map_or(FIRST_PAUSE, |pause| (pause.length * 2).min(LONGEST_PAUSE));
        pauses.insert(peer, Pause { until: Instant::now() + length, length });
    }
    if let Err(cause) = wallet.go_on_with_waiting().await {
        tracing::warn!(%cause, "orders that waited were not gone on with");
    }
}

impl Wallet {
    /// Everything that is under way to a peer, and news of relations; whether it answers.
    async fn send_to(&self, cells: &Cells, peer: CellId) -> bool {
        if let Err(cause) = cells.courier(self).round(&cells.carrier, peer, NOTES).await {
            tracing::warn!(%peer, %cause, "letters wait");
            return false;
        }
        match self.tell_packs(cells, peer).await {
            Ok(true) => {}
            Ok(false) => return false,
            Err(cause) => tracing::warn!(%peer, %cause, "what became of packs waits"),
        }
        match self.tell_shares(cells, peer).await {
            Ok(told) => told,
            Err(cause) => {
                tracing::warn!(%peer, %cause, "news of relations wait");
                true
            }
        }
    }

    /// Tells the area that insures the takers of relations what became of those.
    async fn tell_shares(&self, cells: &Cells, peer: CellId) -> Result<bool, ApiError> {
        let most = u32::try_from(NEWS_MAX).unwrap_or(1);
        let news = self.desk.share_news(&peer.to_string(), most).await?;
        if news.is_empty() {
            return Ok(true);
        }
        let share = |one: &wallet_store::ShareNews| Share {
            relation: Id(one.relation),
            person: hex(&one.person),
            ended: one.ended,
        };
        let question = Question::Shares { news: news.iter().map(share).collect() };
        let question = serde_json::to_vec(&question).unwrap_or_default();
        if cells.courier(self).ask(&cells.carrier, peer, question).await.is_err() {
            return Ok(false);
        }
        for one in &news {
            self.desk.share_told(one).await?;
        }
        Ok(true)
    }

    async fn tick_draws(&self) -> Result<(), ApiError> {
        let due = self.database.draws_due(self.now(), AT_ONCE).await?;
        self.tell_cells(due.into_iter().map(|draw| CellCommand::Tick { draw }).collect()).await
    }

    /// Orders that other areas have answered by now are ended, whether or not anybody asks for them. One that cannot be
    /// gone on with keeps no other waiting.
    async fn go_on_with_waiting(&self) -> Result<(), ApiError> {
        for (order, since) in self.desk.orders_waiting(AT_ONCE).await? {
            let there = match self.go_on_afar(order).await {
                Ok(there) => there,
                Err(cause) => {
                    tracing::warn!(%cause, "an order that waits for other areas was not gone on with");
                    continue;
                }
            };
            let orphaned = there.is_none() && since.plus(ORPHANED) < self.now();
            if orphaned || there == Some(true) {
                self.desk.awaited(order).await?;
            }
        }
        Ok(())
    }
}
