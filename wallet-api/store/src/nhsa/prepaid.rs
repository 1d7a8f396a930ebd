use anxin_core::Fen;
use wallet_ledger::Micros;

use super::text;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::sql::{Arg, Row};

/// 预缴金 that came in, or below zero what went out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepaid {
    pub sn: String,
    pub msgid: String,
    pub at: Micros,
    pub amount: Fen,
}

const OF_VISIT: &str = "SELECT sn, msgid, at, amount FROM nhsa_prepaid
    WHERE shard = $1 AND code = $2 AND mdtrt_id = $3 ORDER BY at, sn";

impl Desk {
    /// Adds lines to what is prepaid of a visit, all or none, and gives back all there are then. `None` where a number
    /// stands for another line already, or more would go out than is there.
    pub async fn nhsa_prepay(
        &self,
        code: &str,
        mdtrt_id: &str,
        lines: &[Prepaid],
    ) -> Result<Option<Vec<Prepaid>>, StoreError> {
        // Whoever changes the same visit at once waits here, so that both see what the other took.
        const LOCK: &str = "UPDATE nhsa_visit SET msgid = msgid WHERE shard = $1 AND code = $2 AND mdtrt_id = $3";
        const ADD: &str = "INSERT INTO nhsa_prepaid (shard, code, mdtrt_id, sn, msgid, at, amount)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let named = || vec![self.here(), text(code), text(mdtrt_id)];
        let mut open = self.pools.change().await?;
        open.run(LOCK, named()).await?;
        for line in lines {
            let mut args = named();
            args.extend([text(&line.sn), text(&line.msgid)]);
            args.extend([Arg::Number(line.at.0), Arg::Number(line.amount.get())]);
            open.run(ADD, args).await?;
        }
        let rows = open.rows(OF_VISIT, named()).await?;
        let all = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let same = |line: &Prepaid| {
            all.iter().any(|kept| (&kept.sn, &kept.msgid, kept.amount) == (&line.sn, &line.msgid, line.amount))
        };
        let left = Fen::checked_sum(all.iter().map(|line| line.amount));
        if !lines.iter().all(same) || left.is_none_or(|left| left.is_negative()) {
            return Ok(None);
        }
        open.commit().await?;
        Ok(Some(all))
    }

    /// The visit that a line of this number is of, and the line.
    pub async fn nhsa_prepaid_by(&self, code: &str, sn: &str) -> Result<Option<(String, Prepaid)>, StoreError> {
        const SQL: &str = "SELECT sn, msgid, at, amount, mdtrt_id FROM nhsa_prepaid
            WHERE shard = $1 AND code = $2 AND sn = $3";
        let rows = self.pools.rows(SQL, vec![self.here(), text(code), text(sn)]).await?;
        rows.first().map(|row| Ok((row.text(4)?, read(row)?))).transpose()
    }

    pub async fn nhsa_prepaid(&self, code: &str, mdtrt_id: &str) -> Result<Vec<Prepaid>, StoreError> {
        let rows = self.pools.rows(OF_VISIT, vec![self.here(), text(code), text(mdtrt_id)]).await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<Prepaid, StoreError> {
    let amount = Fen::new(row.number(3)?).ok_or_else(|| StoreError::Damaged("nhsa_prepaid".into()))?;
    Ok(Prepaid { sn: row.text(0)?, msgid: row.text(1)?, at: Micros(row.number(2)?), amount })
}
