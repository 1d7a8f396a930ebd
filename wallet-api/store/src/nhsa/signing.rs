use wallet_ledger::{Micros, OwnerId};

use super::text;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::Arg;

/// An operator's working day, from signing in to signing out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    pub code: String,
    pub sign_no: String,
    pub opter: String,
    /// The civil day in China.
    pub day: String,
    pub at: Micros,
}

impl Desk {
    /// Signs an operator in, and says by which number: the one of today if there is one that has not ended.
    pub async fn nhsa_sign_in(&self, signing: &Signing) -> Result<String, StoreError> {
        const ADD: &str = "INSERT INTO nhsa_signing (shard, code, sign_no, opter, day, at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        const FIND: &str = "SELECT sign_no FROM nhsa_signing
            WHERE shard = $1 AND code = $2 AND opter = $3 AND day = $4 ORDER BY ended_at IS NOT NULL, at DESC LIMIT 1";
        let Signing { code, sign_no, opter, day, at } = signing;
        let mut open = self.pools.change().await?;
        let args = vec![self.here(), text(code), text(sign_no), text(opter), text(day), Arg::Number(at.0)];
        open.run(ADD, args).await?;
        let rows = open.rows(FIND, vec![self.here(), text(code), text(opter), text(day)]).await?;
        let sign_no = rows.first().ok_or_else(|| StoreError::Damaged("nhsa_signing".into()))?.text(0)?;
        open.commit().await?;
        Ok(sign_no)
    }

    /// Ends it. Says whether there is such a number of this operator; ending it again changes nothing.
    pub async fn nhsa_sign_out(&self, code: &str, sign_no: &str, opter: &str, at: Micros) -> Result<bool, StoreError> {
        const END: &str = "UPDATE nhsa_signing SET ended_at = $5
            WHERE shard = $1 AND code = $2 AND sign_no = $3 AND opter = $4 AND ended_at IS NULL";
        const FIND: &str = "SELECT 1 FROM nhsa_signing
            WHERE shard = $1 AND code = $2 AND sign_no = $3 AND opter = $4 AND ended_at IS NOT NULL";
        let args = vec![self.here(), text(code), text(sign_no), text(opter)];
        let mut open = self.pools.change().await?;
        let mut end = args.clone();
        end.push(Arg::Number(at.0));
        open.run(END, end).await?;
        let there = !open.rows(FIND, args).await?.is_empty();
        open.commit().await?;
        Ok(there)
    }

    /// Writes down that somebody was identified at an institution.
    /// Until `until` the institution may look after them, until `settles_until` have a bill settled.
    pub async fn nhsa_saw(
        &self,
        code: &str,
        psn_no: &str,
        owner: OwnerId,
        until: Micros,
        settles_until: Micros,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO nhsa_seen (shard, code, psn_no, owner, until, settles_until)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (shard, code, psn_no) DO UPDATE SET
            until = excluded.until, settles_until = excluded.settles_until WHERE nhsa_seen.owner = excluded.owner";
        let args = vec![
            self.here(),
            text(code),
            text(psn_no),
            Arg::Bytes(id(owner.0)),
            Arg::Number(until.0),
            Arg::Number(settles_until.0),
        ];
        self.once(SQL, args).await.map(drop)
    }

    /// Whether a person was identified lately enough for a bill of theirs to be settled.
    pub async fn nhsa_settles(&self, code: &str, psn_no: &str, now: Micros) -> Result<bool, StoreError> {
        const SQL: &str =
            "SELECT 1 FROM nhsa_seen WHERE shard = $1 AND code = $2 AND psn_no = $3 AND settles_until > $4";
        let args = vec![self.here(), text(code), text(psn_no), Arg::Number(now.0)];
        Ok(!self.pools.rows(SQL, args).await?.is_empty())
    }

    /// Whom a number means at an institution that identified them.
    pub async fn nhsa_seen(&self, code: &str, psn_no: &str, now: Micros) -> Result<Option<OwnerId>, StoreError> {
        const SQL: &str = "SELECT owner FROM nhsa_seen WHERE shard = $1 AND code = $2 AND psn_no = $3 AND until > $4";
        let args = vec![self.here(), text(code), text(psn_no), Arg::Number(now.0)];
        self.pools.rows(SQL, args).await?.first().map(|row| row.id(0).map(OwnerId)).transpose()
    }
}
