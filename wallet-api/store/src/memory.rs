//! Books in memory: for simulations and tests. Nothing outlives the program.

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::{Mutex, MutexGuard};
use wallet_ledger::{
    Account, AccountId, Books, CellId, CellNeeds, DatedLimits, Micros, Pool, RequestKey, Stored, Window, WindowState,
};

use crate::batch::{Asked, Changes, End, Line, Wanted};
use crate::clock::Clock;
use crate::error::StoreError;
use crate::heads::SignedHead;
use crate::work::{BatchId, Committed, KnownRows, Work, carry_out};

#[derive(Debug)]
pub struct MemoryStore {
    pub(crate) tables: Mutex<Tables>,
    limits: DatedLimits,
    pub(crate) clock: Clock,
}

#[derive(Clone, Debug, Default)]
pub struct Tables {
    pub books: Books,
    pub requests: BTreeMap<RequestKey, Stored>,
    pub lines: Vec<Line>,
    pub mentions: BTreeSet<(AccountId, u64)>,
    pub batches: BTreeSet<u128>,
    pub end: End,
    pub heads: BTreeMap<u64, SignedHead>,
    /// Who has which lease, and until when.
    pub leases: BTreeMap<String, (u128, Micros)>,
}

impl MemoryStore {
    pub fn new(limits: impl Into<DatedLimits>, clock: Clock) -> MemoryStore {
        MemoryStore { tables: Mutex::default(), limits: limits.into(), clock }
    }

    pub async fn commit(&self, batch: BatchId, asked: &[Asked]) -> Result<Committed, StoreError> {
        let tables = self.tables.lock().await;
        let work = MemoryWork { tables, written: None, clock: self.clock.clone() };
        carry_out(work, batch, asked, &self.limits).await
    }

    /// Whether a batch was stored.
    pub async fn has(&self, batch: BatchId) -> Result<bool, StoreError> {
        Ok(self.tables.lock().await.batches.contains(&batch.0))
    }
}

struct MemoryWork<'s> {
    tables: MutexGuard<'s, Tables>,
    /// Becomes part of the tables with the commit.
    written: Option<(BatchId, Changes)>,
    clock: Clock,
}

impl Work for MemoryWork<'_> {
    async fn end(&mut self) -> Result<End, StoreError> {
        Ok(self.tables.end.clone())
    }

    async fn clock(&mut self) -> Result<Micros, StoreError> {
        Ok(self.clock.here())
    }

    /// Nobody has died: people are known here by their accounts alone.
    async fn known(&mut self, wanted: &Wanted) -> Result<KnownRows, StoreError> {
        let (requests, books) = (&self.tables.requests, &self.tables.books);
        let kept = wanted.keys.iter().filter_map(|key| requests.get_key_value(key));
        Ok(KnownRows {
            requests: kept.map(|(key, stored)| (key.clone(), stored.clone())).collect(),
            died: BTreeSet::new(),
            holds: wanted.holds.iter().filter_map(|id| books.holds.get(id).cloned()).collect(),
            transfers: wanted.transfers.iter().filter_map(|id| books.transfers.get(id).cloned()).collect(),
        })
    }

    async fn accounts(&mut self, ids: &BTreeSet<AccountId>) -> Result<Vec<Account>, StoreError> {
        Ok(ids.iter().filter_map(|id| self.tables.books.accounts.get(id).cloned()).collect())
    }

    async fn pool(&mut self, needs: &CellNeeds) -> Result<Pool, StoreError> {
        if !needs.cell {
            return Ok(Pool::default());
        }
        let Pool { cell, links, draws, windows, inbox, .. } = &self.tables.books.pool;
        let linked = |peer: &CellId| needs.every_link || needs.links.contains(peer);
        let agreed = |state| matches!(state, WindowState::Closed | WindowState::Settled);
        let wanted = |window: &Window| !agreed(window.state) || needs.windows.contains(&window.id);
        Ok(Pool {
            cell: cell.clone(),
            links: links.iter().filter(|(peer, _)| linked(peer)).map(|(peer, link)| (*peer, link.clone())).collect(),
            draws: needs.draws.iter().filter_map(|id| Some((*id, draws.get(id)?.clone()))).collect(),
            windows: windows.iter().filter(|(_, w)| wanted(w)).map(|(id, w)| (*id, w.clone())).collect(),
            inbox: needs.inbox.iter().filter_map(|letter| Some((*letter, *inbox.get(letter)?))).collect(),
            ..Pool::default()
        })
    }

    async fn write(&mut self, batch: BatchId, changes: &Changes) -> Result<(), StoreError> {
        self.written = Some((batch, changes.clone()));
        Ok(())
    }

    async fn commit(mut self) -> Result<(), StoreError> {
        let Some((batch, changes)) = self.written.take() else { return Ok(()) };
        let tables = &mut *self.tables;
        tables.books.accounts.extend(changes.accounts.into_iter().map(|a| (a.id, a)));
        tables.books.holds.extend(changes.holds.into_iter().map(|h| (h.id, h)));
        tables.books.transfers.extend(changes.transfers.into_iter().map(|t| (t.id, t)));
        tables.books.last = changes.end.last;
        tables.books.pool.apply(&changes.pool);
        tables.requests.extend(changes.requests);
        let named = |line: &Line| line.accounts.iter().map(|account| (*account, line.number)).collect::<Vec<_>>();
        tables.mentions.extend(changes.lines.iter().flat_map(named));
        tables.lines.extend(changes.lines);
        tables.batches.insert(batch.0);
        tables.end = changes.end;
        Ok(())
    }
}
