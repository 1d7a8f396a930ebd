//! Reading the journal for an auditor: what the last days have that stands out.

use std::collections::BTreeMap;

use wallet_ledger::{Account, AccountId, Fact, Flag, Holder, Micros, Movement, Patterns, Purpose, flags};

use crate::desk::{Desk, line};
use crate::error::StoreError;
use crate::journal::PAGE_MAX;
use crate::rows::{from_body, id, signed};
use crate::sql::{Arg, Open};

const BEFORE: &str = "SELECT number, at, body, leaf, above FROM journal WHERE shard = $1 AND number < $2
    ORDER BY number DESC LIMIT $3";
const ACCOUNT: &str = "SELECT body FROM account WHERE shard = $1 AND id = $2";

/// What was looked at, and what stands out in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Striking {
    pub flags: Vec<Flag>,
    /// The first line that was looked at and the one after the last; `None` if there was none.
    pub lines: Option<(u64, u64)>,
    /// Whether there were more lines in that time than are looked at at once.
    pub cut: bool,
}

impl Desk {
    /// Looks through the lines since an instant, at most so many of them and the latest first.
    pub async fn striking(&self, since: Micros, most: usize, patterns: &Patterns) -> Result<Striking, StoreError> {
        let mut open = self.pools.snapshot().await?;
        let (mut movements, mut lines, mut cut) = (Vec::new(), None::<(u64, u64)>, false);
        let (mut before, mut seen) = (i64::MAX, 0_usize);
        'pages: loop {
            let rows = vec![self.here(), Arg::Number(before), Arg::Number(PAGE_MAX.into())];
            let rows = open.rows(BEFORE, rows).await?;
            for row in &rows {
                let line = line(row)?;
                if Micros(line.at) < since {
                    break 'pages;
                }
                if seen == most {
                    cut = true;
                    break 'pages;
                }
                seen += 1;
                before = signed(line.number);
                lines = Some((line.number, lines.map_or(line.number + 1, |(_, end)| end)));
                let entry = line.entry()?;
                if let Fact::Moved { transfer, purpose, legs, of, .. } = entry.fact
                    && is_looked_at(purpose)
                {
                    movements.push(Movement { line: line.number, at: entry.at, transfer, purpose, legs, of });
                }
            }
            if rows.is_empty() {
                break;
            }
        }
        movements.reverse();
        let holders = self.holders(&mut open, &movements).await?;
        Ok(Striking { flags: flags(&movements, &holders, patterns), lines, cut })
    }

    async fn holders(
        &self,
        open: &mut Open<'_>,
        movements: &[Movement],
    ) -> Result<BTreeMap<AccountId, Holder>, StoreError> {
        let mut holders = BTreeMap::new();
        for account in movements.iter().flat_map(|m| &m.legs).flat_map(|leg| [leg.from, leg.to]) {
            if holders.contains_key(&account) {
                continue;
            }
            let rows = open.rows(ACCOUNT, vec![self.here(), Arg::Bytes(id(account.0))]).await?;
            if let Some(row) = rows.first() {
                let found: Account = from_body("account", &row.bytes(0)?)?;
                holders.insert(account, Holder { kind: found.kind, owner: found.owner });
            }
        }
        Ok(holders)
    }
}

fn is_looked_at(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::WalletTransfer | Purpose::Settle | Purpose::Refund | Purpose::Correction)
}
