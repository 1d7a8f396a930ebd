//! Checking a store against its own journal and against heads that were published elsewhere.
//!
//! The journal is read in pages, and every row that a line made beside it. What is kept in memory is a balance for
//! each account, the holds that are pending, and what came back of transfers.

mod audit;
mod fault;
mod shelf;

use std::collections::BTreeMap;
use std::path::Path;

use wallet_ledger::{Head, check};

use crate::error::StoreError;
use crate::heads::{HeadPublic, SignedHead, read_heads};
use crate::journal::Whole;
use crate::postgres::PostgresStore;
use crate::sqlite::SqliteStore;
use audit::{AccountRow, Audit, Counts, Page};

pub use audit::{Heads, Published};
pub use fault::{Fault, Row};
use shelf::Shelf;

/// Lines, and accounts, that are read at a time.
const PAGE: u32 = 4_096;

/// Who may have signed heads. Where nobody is named, signatures are not looked at.
#[derive(Clone, Debug, Default)]
pub struct Signers(pub Vec<HeadPublic>);

impl Signers {
    fn published(&self, signed: &SignedHead) -> Published {
        let known = self.0.is_empty() || self.0.iter().any(|key| key.signed(signed));
        Published { head: signed.head, signed: known }
    }
}

/// What was looked at, where nothing is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sound {
    pub lines: u64,
    pub accounts: u64,
    pub heads: u64,
    pub head: Option<Head>,
}

/// How far a check is: so many of so many.
pub type Progress<'p> = &'p mut (dyn FnMut(u64, u64) + Send);

macro_rules! verifying {
    ($($store:ty),*) => {$(
        impl $store {
            /// The first fault, or what was found in order. Reads one state of the database, whoever writes meanwhile.
            pub async fn verify(
                &self,
                heads: Option<&Path>,
                signers: &Signers,
                progress: Progress<'_>,
            ) -> Result<Result<Sound, Fault>, StoreError> {
                // The file first: whatever is in it now is in the database already.
                let exported = match heads.map(|path| read_heads(path, crate::upkeep::Upkeep::shard(self))) {
                    None => Box::new(std::iter::empty()) as Heads<'_>,
                    Some(Err(cause)) => return Ok(Err(Fault::HeadFile(cause.to_string()))),
                    Some(Ok(exported)) => Box::new(exported.map(|head| Ok(signers.published(&head?)))),
                };
                run(self.shelf().await?, exported, signers, progress).await
            }
        }
    )*};
}

verifying!(SqliteStore, PostgresStore);

async fn run<S: Shelf>(
    mut shelf: S,
    exported: Heads<'_>,
    signers: &Signers,
    progress: Progress<'_>,
) -> Result<Result<Sound, Fault>, StoreError> {
    let end = shelf.end().await?;
    let (head, counts) = (end.peaks.head(), shelf.counts().await?);
    let accounts = shelf.account_count().await?;
    let total = head.size.saturating_add(accounts);
    let mut audit = Audit::new(end, exported);
    let mut after = i64::MIN;
    loop {
        let page = shelf.page(after, audit.lines(), PAGE, signers).await?;
        let Some(last) = page.lines.last() else { break };
        after = crate::rows::signed(last.number);
        if let Err(fault) = audit.page(&page) {
            return Ok(Err(fault));
        }
        progress(audit.lines(), total);
    }
    if let Err(fault) = audit.journal_ended() {
        return Ok(Err(fault));
    }
    let mut last = None;
    loop {
        let rows = shelf.accounts_after(last, PAGE).await?;
        let Some(row) = rows.last() else { break };
        last = Some(row.account.id);
        if let Some(fault) = rows.iter().find_map(|row| audit.account(row).err()) {
            return Ok(Err(fault));
        }
        progress(audit.lines().saturating_add(audit.accounts()), total);
    }
    let (lines, accounts) = (audit.lines(), audit.accounts());
    let heads = audit.heads_seen;
    Ok(audit.finish(counts).map(|()| Sound { lines, accounts, heads, head: Some(head) }))
}

/// The same of a store that was read as a whole.
pub fn first_fault(whole: &Whole, published: &[Head]) -> Result<Option<Fault>, StoreError> {
    let heads: Vec<_> = published.iter().map(|head| Ok(Published { head: *head, signed: true })).collect();
    let mut audit = Audit::new(whole.end.clone(), Box::new(heads.into_iter()));
    let counts = Counts {
        holds: whole.books.holds.len() as u64,
        transfers: whole.books.transfers.len() as u64,
        mentions: whole.mentions.len() as u64,
    };
    let page = Page {
        lines: whole.lines.clone(),
        accounts: whole.books.accounts.clone(),
        holds: whole.books.holds.clone(),
        transfers: whole.books.transfers.clone(),
        mentions: whole.mentions.clone(),
        heads: Vec::new(),
    };
    let columns: &BTreeMap<_, _> = &whole.columns;
    let rows = whole.books.accounts.values().map(|account| {
        let (posted, held) = columns.get(&account.id).copied().unwrap_or_default();
        AccountRow { account: account.clone(), posted, held }
    });
    let mut steps = || -> Result<(), Fault> {
        audit.page(&page)?;
        audit.journal_ended()?;
        rows.clone().try_for_each(|row| audit.account(&row))
    };
    let done = steps().and_then(|()| audit.finish(counts)).and_then(|()| check(&whole.books).map_err(Fault::Books));
    Ok(done.err())
}
