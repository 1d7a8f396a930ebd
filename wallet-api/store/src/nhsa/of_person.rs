//! All that institutions sent of one person.

use wallet_ledger::OwnerId;

use super::text;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::Arg;
use crate::{Filing, Movement, Visit};

impl Desk {
    pub async fn nhsa_visits_of(&self, owner: OwnerId) -> Result<Vec<Visit>, StoreError> {
        const SQL: &str = "SELECT code, mdtrt_id FROM nhsa_visit WHERE shard = $1 AND owner = $2
            ORDER BY code, mdtrt_id";
        let mut visits = Vec::new();
        for row in self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(owner.0))]).await? {
            visits.extend(self.nhsa_visit(&row.text(0)?, &row.text(1)?).await?);
        }
        Ok(visits)
    }

    /// Settlements of a visit and what took them back, in the order in which they came about.
    pub async fn nhsa_settlements_of(&self, code: &str, mdtrt_id: &str) -> Result<Vec<Movement>, StoreError> {
        const SQL: &str = "SELECT setl_id FROM nhsa_settlement WHERE shard = $1 AND code = $2 AND mdtrt_id = $3
            ORDER BY at, refund_of IS NOT NULL, setl_id";
        let mut settlements = Vec::new();
        for row in self.pools.rows(SQL, vec![self.here(), text(code), text(mdtrt_id)]).await? {
            settlements.extend(self.nhsa_settlement(code, &row.text(0)?).await?);
        }
        Ok(settlements)
    }

    /// 备案 of every kind, those that have ended too.
    pub async fn nhsa_filings_of(&self, owner: OwnerId) -> Result<Vec<Filing>, StoreError> {
        const SQL: &str = "SELECT code, filing, kind, from_day, until_day, body FROM nhsa_filing
            WHERE shard = $1 AND owner = $2 ORDER BY from_day, filing";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(owner.0))]).await?;
        let mut filings = Vec::new();
        for row in rows {
            let (code, filing, sealed) = (row.text(0)?, row.text(1)?, row.text(5)?);
            let body = self.unseal(&self.place_of_filing(&code, &filing), &sealed)?;
            let (kind, from, until) = (row.text(2)?, row.text(3)?, row.text(4)?);
            filings.push(Filing { code, filing, owner, kind, from, until, body });
        }
        Ok(filings)
    }
}
