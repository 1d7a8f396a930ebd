//! One transaction of a store, in the steps that every store takes.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use wallet_ledger::{
    Account, AccountId, Books, CellNeeds, DatedLimits, Head, Hold, Micros, OwnerId, Pool, RequestKey, Stored, Transfer,
};

use crate::batch::{Answer, Asked, Changes, End, Loaded, Wanted, decide_all};
use crate::error::StoreError;

/// Names a transaction, so that it can be asked for when the answer to its COMMIT was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BatchId(pub u128);

/// Rows that a batch names itself.
#[derive(Debug, Default)]
pub struct KnownRows {
    pub requests: BTreeMap<RequestKey, Stored>,
    /// Of the people, who has died.
    pub died: BTreeSet<OwnerId>,
    pub holds: Vec<Hold>,
    pub transfers: Vec<Transfer>,
}

/// A transaction that is open. Dropping it undoes it.
pub trait Work: Send {
    /// The store's clock.
    fn clock(&mut self) -> impl Future<Output = Result<Micros, StoreError>> + Send;
    /// Locks the end of the journal: from here on nobody else writes.
    fn end(&mut self) -> impl Future<Output = Result<End, StoreError>> + Send;
    /// Requests, holds and transfers that a batch names, and which of its people have died.
    fn known(&mut self, wanted: &Wanted) -> impl Future<Output = Result<KnownRows, StoreError>> + Send;
    fn accounts(&mut self, ids: &BTreeSet<AccountId>) -> impl Future<Output = Result<Vec<Account>, StoreError>> + Send;
    /// What is needed of other cells.
    fn pool(&mut self, needs: &CellNeeds) -> impl Future<Output = Result<Pool, StoreError>> + Send;
    fn write(&mut self, batch: BatchId, changes: &Changes) -> impl Future<Output = Result<(), StoreError>> + Send;
    fn commit(self) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// What a batch came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// One for each request, in their order.
    pub answers: Vec<Answer>,
    /// The journal's head afterwards.
    pub head: Head,
}

/// Decides a batch and stores what it changes, as a whole or not at all.
pub async fn carry_out<W: Work>(
    mut work: W,
    batch: BatchId,
    asked: &[Asked],
    limits: &DatedLimits,
) -> Result<Committed, StoreError> {
    let end = work.end().await?;
    let mut wanted = Wanted::of(asked);
    let KnownRows { requests: known, died, holds, transfers } = work.known(&wanted).await?;
    let mut books = Books { limits: limits.clone(), ..Books::default() };
    books.holds = holds.into_iter().map(|h| (h.id, h)).collect();
    books.transfers = transfers.into_iter().map(|t| (t.id, t)).collect();
    books.pool = work.pool(&wanted.cells).await?;
    wanted.add_named_by(&books);
    let mut accounts = work.accounts(&wanted.accounts).await?;
    // A refund may go to the account that a dissolved quota was set aside in.
    let parents: BTreeSet<AccountId> =
        accounts.iter().filter_map(|a| a.parent).filter(|id| !wanted.accounts.contains(id)).collect();
    if !parents.is_empty() {
        accounts.extend(work.accounts(&parents).await?);
    }
    books.accounts = accounts.into_iter().map(|a| (a.id, a)).collect();
    let clock = work.clock().await?;
    let (answers, changes) = decide_all(asked, books, Loaded { known, died, end }, clock);
    let head = changes.head();
    if !changes.is_empty() {
        work.write(batch, &changes).await?;
        work.commit().await?;
    }
    Ok(Committed { answers, head })
}
