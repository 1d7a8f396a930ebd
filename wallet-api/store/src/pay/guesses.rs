use wallet_ledger::Micros;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::Arg;

impl Desk {
    /// How many codes that were none somebody sent, and until when that is remembered.
    pub async fn guesses(&self, who: u128, now: Micros) -> Result<(u32, Micros), StoreError> {
        const SQL: &str = "SELECT count, until FROM pay_guess WHERE shard = $1 AND who = $2 AND until > $3";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(who)), Arg::Number(now.0)]).await?;
        let Some(row) = rows.first() else { return Ok((0, now)) };
        Ok((u32::try_from(row.number(0)?).unwrap_or(u32::MAX), Micros(row.number(1)?)))
    }

    /// One more. What was remembered long enough is forgotten.
    pub async fn guessed(&self, who: u128, now: Micros, until: Micros) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO pay_guess (shard, who, count, until) VALUES ($1, $2, 1, $4)
            ON CONFLICT (shard, who) DO UPDATE SET
            count = CASE WHEN pay_guess.until > $3 THEN pay_guess.count + 1 ELSE 1 END,
            until = CASE WHEN pay_guess.until > $3 THEN pay_guess.until ELSE excluded.until END";
        let args = vec![self.here(), Arg::Bytes(id(who)), Arg::Number(now.0), Arg::Number(until.0)];
        self.once(SQL, args).await.map(drop)
    }

    /// What became of a payment of a demonstration: the first to say so is believed by all.
    pub async fn demo_charge(&self, charge: u128, paid: bool) -> Result<bool, StoreError> {
        const PUT: &str = "INSERT INTO demo_charge (shard, charge, paid) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        const FIND: &str = "SELECT paid FROM demo_charge WHERE shard = $1 AND charge = $2";
        let named = || vec![self.here(), Arg::Bytes(id(charge))];
        let mut put = named();
        put.push(Arg::Number(paid.into()));
        let mut open = self.pools.change().await?;
        open.run(PUT, put).await?;
        let rows = open.rows(FIND, named()).await?;
        open.commit().await?;
        rows.first().map_or(Ok(paid), |row| Ok(row.number(0)? == 1))
    }
}
