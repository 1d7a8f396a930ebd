use wallet_ledger::{Micros, OwnerId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::{Arg, Row};

/// What is shared with somebody's authenticator.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// `None` until somebody has shown that their authenticator has it.
    pub secret: Option<Vec<u8>>,
    /// One that was offered and not confirmed.
    pub offered: Option<Vec<u8>>,
    /// The last step of which a code was taken.
    pub step: i64,
    /// The request that took it.
    pub spent: Option<[u8; 32]>,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactor").field("step", &self.step).finish_non_exhaustive()
    }
}

/// Whether a code may be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Nobody has a second factor by this name.
    None,
    /// There were too many; how many microseconds are left.
    Wait(i64),
    Look(SecondFactor),
}

const FIND: &str = "SELECT secret, offered, step, spent, tries_until FROM second_factor
    WHERE shard = $1 AND owner = $2";

impl Desk {
    pub async fn second_factor(&self, owner: OwnerId) -> Result<Option<SecondFactor>, StoreError> {
        let rows = self.pools.rows(FIND, vec![self.here(), Arg::Bytes(id(owner.0))]).await?;
        rows.first().map(|row| self.read_factor(owner, row)).transpose()
    }

    /// Counts an attempt before its code is looked at: however many come at once, no more than `most` are looked at in
    /// `within`.
    pub async fn attempt_second_factor(
        &self,
        owner: OwnerId,
        now: Micros,
        most: i64,
        within: i64,
    ) -> Result<Attempt, StoreError> {
        const COUNT: &str = "UPDATE second_factor SET tries = CASE WHEN tries_until <= $3 THEN 1 ELSE tries + 1 END,
            tries_until = CASE WHEN tries_until <= $3 THEN $4 ELSE tries_until END
            WHERE shard = $1 AND owner = $2 AND (tries < $5 OR tries_until <= $3)";
        let named = vec![self.here(), Arg::Bytes(id(owner.0))];
        let mut count = named.clone();
        count.extend([Arg::Number(now.0), Arg::Number(now.plus(within).0), Arg::Number(most)]);
        let mut open = self.pools.change().await?;
        let counted = open.run(COUNT, count).await? == 1;
        let rows = open.rows(FIND, named).await?;
        open.commit().await?;
        let Some(row) = rows.first() else { return Ok(Attempt::None) };
        if counted {
            return self.read_factor(owner, row).map(Attempt::Look);
        }
        Ok(Attempt::Wait(row.number(4)?.saturating_sub(now.0)))
    }

    /// Takes the code of a step for one request. Says whether it is taken by this one now: an earlier step, or the same
    /// one for another request, is not.
    pub async fn spend_second_factor(&self, owner: OwnerId, step: i64, request: [u8; 32]) -> Result<bool, StoreError> {
        const SPEND: &str = "UPDATE second_factor SET step = $3, spent = $4, tries = 0
            WHERE shard = $1 AND owner = $2 AND (step < $3 OR (step = $3 AND spent = $4))";
        let args = vec![self.here(), Arg::Bytes(id(owner.0)), Arg::Number(step), Arg::Bytes(request.to_vec())];
        Ok(self.once(SPEND, args).await? == 1)
    }

    /// Offers a secret. The one that is confirmed holds until this one is.
    pub async fn offer_second_factor(&self, owner: OwnerId, secret: &[u8]) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO second_factor (shard, owner, offered, step, tries, tries_until)
            VALUES ($1, $2, $3, 0, 0, 0) ON CONFLICT (shard, owner) DO UPDATE SET offered = excluded.offered";
        let sealed = self.vault.seal(&self.place("second_factor.offered").id(owner.0), secret)?;
        self.once(SQL, vec![self.here(), Arg::Bytes(id(owner.0)), Arg::Text(sealed)]).await.map(drop)
    }

    /// Makes the offered secret the one that holds, by a code of it; whoever came to a window for another has it now. Says
    /// whether the offer still stood.
    pub async fn confirm_second_factor(
        &self,
        owner: OwnerId,
        secret: &[u8],
        step: i64,
        now: Micros,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE second_factor SET secret = $3, offered = NULL, step = $4, spent = NULL, tries = 0
            WHERE shard = $1 AND owner = $2 AND offered IS NOT NULL";
        let sealed = self.vault.seal(&self.place("second_factor.secret").id(owner.0), secret)?;
        let args = vec![self.here(), Arg::Bytes(id(owner.0)), Arg::Text(sealed), Arg::Number(step)];
        let mut open = self.pools.change().await?;
        if open.run(SQL, args).await? == 0 {
            return Ok(false);
        }
        self.end_reset(&mut open, owner, now, "used").await?;
        open.commit().await?;
        Ok(true)
    }

    fn read_factor(&self, owner: OwnerId, row: &Row) -> Result<SecondFactor, StoreError> {
        let open = |column, at| {
            let stored = row.maybe_text(at)?;
            stored.map(|stored| self.vault.open(&self.place(column).id(owner.0), stored.as_bytes())).transpose()
        };
        let spent = row.maybe_bytes(3)?.map(|bytes| bytes.try_into());
        Ok(SecondFactor {
            secret: open("second_factor.secret", 0)?,
            offered: open("second_factor.offered", 1)?,
            step: row.number(2)?,
            spent: spent.transpose().map_err(|_| StoreError::Damaged("second_factor".into()))?,
        })
    }
}
