//! What somebody moved in a day without a code.

use anxin_core::Fen;
use wallet_ledger::OwnerId;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::Arg;

impl Desk {
    /// Counts an amount to what goes without a code on a day, unless that would be more than `most`; says whether it may
    /// go. However many ask at once, one is counted after the other, and the same request once.
    pub async fn count_uncoded(
        &self,
        owner: OwnerId,
        request: [u8; 32],
        day: i64,
        amount: Fen,
        most: Fen,
    ) -> Result<bool, StoreError> {
        const ONCE: &str = "INSERT INTO uncoded_request (shard, owner, request, day) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING";
        const ADD: &str = "INSERT INTO uncoded_day (shard, owner, day, amount) VALUES ($1, $2, $3, $4)
            ON CONFLICT (shard, owner, day) DO UPDATE SET amount = uncoded_day.amount + excluded.amount
            WHERE uncoded_day.amount + excluded.amount <= $5";
        if amount > most {
            return Ok(false);
        }
        let named = || vec![self.here(), Arg::Bytes(id(owner.0))];
        let mut open = self.pools.change().await?;
        let once = [named(), vec![Arg::Bytes(request.to_vec()), Arg::Number(day)]].concat();
        if open.run(ONCE, once).await? == 0 {
            return Ok(true);
        }
        let numbers = [day, amount.get(), most.get()].map(Arg::Number);
        if open.run(ADD, [named(), numbers.to_vec()].concat()).await? == 0 {
            return Ok(false);
        }
        open.commit().await?;
        Ok(true)
    }

    /// Forgets what was counted before a day.
    pub async fn forget_uncoded(&self, before: i64) -> Result<(), StoreError> {
        const FORGET: [&str; 2] = [
            "DELETE FROM uncoded_request WHERE shard = $1 AND day < $2",
            "DELETE FROM uncoded_day WHERE shard = $1 AND day < $2",
        ];
        let mut open = self.pools.change().await?;
        for sql in FORGET {
            open.run(sql, vec![self.here(), Arg::Number(before)]).await?;
        }
        open.commit().await
    }
}
