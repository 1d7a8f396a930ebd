//! What a window has in it, line by line, and what the journal says of it.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use wallet_ledger::{
    AccountId, Entry, Fact, Micros, Moved, Obligation, TransferId, Window, WindowId, WindowState, moved,
};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::journal::PAGE_MAX;
use crate::rows::{from_body, id, signed, unsigned};
use crate::sql::{Arg, Open};

const WINDOW: &str = "SELECT body FROM clearing_window WHERE shard = $1 AND id = $2";
const OF_WINDOW: &str = "SELECT body FROM obligation WHERE shard = $1 AND clearing_window = $2
    ORDER BY creditor, debtor, transfer";
const LAST_BEFORE: &str = "SELECT max(clearing_window) FROM obligation WHERE shard = $1 AND clearing_window < $2";
const IN_ANOTHER: &str =
    "SELECT 1 FROM obligation WHERE shard = $1 AND transfer = $2 AND clearing_window <> $3 LIMIT 1";

impl Desk {
    pub async fn window(&self, window: WindowId) -> Result<Option<Window>, StoreError> {
        let rows = self.pools.rows(WINDOW, vec![self.here(), Arg::Number(signed(window.0))]).await?;
        rows.first().map(|row| from_body("clearing_window", &row.bytes(0)?)).transpose()
    }

    /// Everything that is owed in a window; `None` where there is no such window.
    pub async fn obligations(&self, window: WindowId) -> Result<Option<Vec<Obligation>>, StoreError> {
        if self.window(window).await?.is_none() {
            return Ok(None);
        }
        self.owed_in(&mut self.pools.snapshot().await?, window).await.map(Some)
    }

    async fn owed_in(&self, open: &mut Open<'_>, window: WindowId) -> Result<Vec<Obligation>, StoreError> {
        let rows = open.rows(OF_WINDOW, vec![self.here(), Arg::Number(signed(window.0))]).await?;
        rows.iter().map(|row| from_body("obligation", &row.bytes(0)?)).collect()
    }

    /// What the journal says went through accounts in a window: the transfers of the window, and whatever was booked in
    /// its time and stands in no window at all.
    pub async fn moved_in_window(&self, window: WindowId, accounts: &[AccountId]) -> Result<Moved, StoreError> {
        let Some(Window { state, .. }) = self.window(window).await? else { return Ok(Moved::new()) };
        let mut open = self.pools.snapshot().await?;
        let owed = self.owed_in(&mut open, window).await?;
        let span = self.span(&mut open, window, state, &owed).await?;
        let of_window: BTreeSet<TransferId> = owed.iter().map(|o| o.key.transfer).collect();
        let mut all = Moved::new();
        for account in accounts {
            // What a plan books it books one instant after the other, from the one of what it comes to owe.
            let wanted = |entry: &Entry| match &entry.fact {
                Fact::Moved { transfer, .. } => span.contains(&entry.at) || of_window.contains(transfer),
                _ => false,
            };
            let mut entries = self.entries_since(&mut open, *account, *span.start()).await?;
            entries.retain(wanted);
            for (transfer, amount) in moved(&entries, *account) {
                if of_window.contains(&transfer) || !self.in_another(&mut open, transfer, window).await? {
                    let sum = all.entry(transfer).or_default();
                    *sum = sum.checked_add(amount).ok_or_else(|| StoreError::Damaged("journal".into()))?;
                }
            }
        }
        Ok(all)
    }

    /// From after the last claim before the window to its own last one, or until now.
    async fn span(
        &self,
        open: &mut Open<'_>,
        window: WindowId,
        state: WindowState,
        owed: &[Obligation],
    ) -> Result<RangeInclusive<Micros>, StoreError> {
        let rows = open.rows(LAST_BEFORE, vec![self.here(), Arg::Number(signed(window.0))]).await?;
        let before = match rows.first().map(|row| row.maybe_number(0)).transpose()?.flatten() {
            Some(number) => self.owed_in(open, WindowId(unsigned(number))).await?,
            None => Vec::new(),
        };
        let ended = before.iter().map(|o| o.at).max().map_or(Micros(i64::MIN), |at| at.plus(1));
        // Of two windows around a closing, claims may come in turn.
        let first = owed.iter().map(|o| o.at).min().map_or(ended, |at| at.min(ended));
        let last = match state {
            WindowState::Open => Some(Micros(i64::MAX)),
            _ => owed.iter().map(|o| o.at).max(),
        };
        // What is in no window after an empty one is found with the next.
        Ok(first..=last.unwrap_or(Micros(i64::MIN)))
    }

    /// Lines about an account from an instant on, the latest first.
    async fn entries_since(
        &self,
        open: &mut Open<'_>,
        account: AccountId,
        since: Micros,
    ) -> Result<Vec<Entry>, StoreError> {
        let (mut entries, mut before) = (Vec::new(), u64::MAX);
        loop {
            let lines = self.lines_before(open, account, before, PAGE_MAX).await?;
            for line in &lines {
                let entry = line.entry()?;
                if entry.at < since {
                    return Ok(entries);
                }
                entries.push(entry);
            }
            match lines.last() {
                Some(last) => before = last.number,
                None => return Ok(entries),
            }
        }
    }

    async fn in_another(
        &self,
        open: &mut Open<'_>,
        transfer: TransferId,
        window: WindowId,
    ) -> Result<bool, StoreError> {
        let args = vec![self.here(), Arg::Bytes(id(transfer.0)), Arg::Number(signed(window.0))];
        Ok(!open.rows(IN_ANOTHER, args).await?.is_empty())
    }
}
