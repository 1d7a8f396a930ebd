//! Who lost their authenticator stands at a window: one operator sees them and their paper, a second one grants it, and
//! after a while they may set up another. They are told of each step, and may say that it was not them.

use wallet_ledger::{Micros, OwnerId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::notices::{Notice, NoticeKind};
use crate::rows::id;
use crate::sql::{Arg, Open, Row};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorReset {
    pub id: u128,
    pub person: OwnerId,
    /// The kind of document that showed who it was.
    pub document: String,
    /// Number of what was signed on paper.
    pub paper: String,
    pub asked_by: u128,
    pub asked_at: Micros,
    pub granted_by: Option<u128>,
    /// From when on another may be set up.
    pub ready_at: Option<Micros>,
    /// The first instant at which it does not count any more.
    pub until: Micros,
    /// How it ended, once it did.
    pub ended: Option<String>,
}

impl FactorReset {
    pub fn is_ready(&self, now: Micros) -> bool {
        self.ended.is_none() && self.ready_at.is_some_and(|ready| ready <= now) && now < self.until
    }
}

const ALL: &str = "SELECT id, person, document, paper, asked_by, asked_at, granted_by, ready_at, until, ended
    FROM factor_reset WHERE shard = $1 ORDER BY asked_at DESC, id LIMIT $2";
const ONE: &str = "SELECT id, person, document, paper, asked_by, asked_at, granted_by, ready_at, until, ended
    FROM factor_reset WHERE shard = $1 AND id = $2";
const OF: &str = "SELECT id, person, document, paper, asked_by, asked_at, granted_by, ready_at, until, ended
    FROM factor_reset WHERE shard = $1 AND person = $2 ORDER BY asked_at DESC, id LIMIT 50";

impl Desk {
    /// Writes down that somebody asked, and tells them. Says whether nobody had before: of a person one counts at a time.
    pub async fn ask_reset(&self, reset: &FactorReset) -> Result<bool, StoreError> {
        const OVER: &str = "UPDATE factor_reset SET ended_at = $3, ended = 'over'
            WHERE shard = $1 AND person = $2 AND ended_at IS NULL AND until <= $3";
        const PUT: &str = "INSERT INTO factor_reset (shard, id, person, document, paper, asked_by, asked_at, until)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
        let person = Arg::Bytes(id(reset.person.0));
        let put = vec![
            self.here(),
            Arg::Bytes(id(reset.id)),
            person.clone(),
            Arg::Text(reset.document.clone()),
            self.seal(&self.place("factor_reset.paper").id(reset.id), &reset.paper)?,
            Arg::Bytes(id(reset.asked_by)),
            Arg::Number(reset.asked_at.0),
            Arg::Number(reset.until.0),
        ];
        let mut open = self.pools.change().await?;
        open.run(OVER, vec![self.here(), person, Arg::Number(reset.asked_at.0)]).await?;
        if open.run(PUT, put).await? == 0 {
            return Ok(false);
        }
        self.tell_of_reset(&mut open, NoticeKind::ResetAsked, reset, reset.asked_at).await?;
        open.commit().await?;
        Ok(true)
    }

    /// Grants one that waits, by somebody else than who asked, and tells the person. Says whether it is granted by this.
    pub async fn grant_reset(
        &self,
        reset: &FactorReset,
        by: u128,
        now: Micros,
        ready: Micros,
        until: Micros,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE factor_reset SET granted_by = $3, granted_at = $4, ready_at = $5, until = $6
            WHERE shard = $1 AND id = $2 AND granted_by IS NULL AND ended_at IS NULL AND until > $4 AND asked_by <> $3";
        let mut args = vec![self.here(), Arg::Bytes(id(reset.id)), Arg::Bytes(id(by))];
        args.extend([now, ready, until].map(|at| Arg::Number(at.0)));
        let mut open = self.pools.change().await?;
        if open.run(SQL, args).await? == 0 {
            return Ok(false);
        }
        self.tell_of_reset(&mut open, NoticeKind::ResetGranted, reset, now).await?;
        open.commit().await?;
        Ok(true)
    }

    /// Ends what somebody says they did not ask for, with the authenticator that was offered by it.
    pub async fn object_to_reset(&self, person: OwnerId, now: Micros) -> Result<bool, StoreError> {
        const TAKE_BACK: &str = "UPDATE second_factor SET offered = NULL WHERE shard = $1 AND owner = $2";
        let mut open = self.pools.change().await?;
        if !self.end_reset(&mut open, person, now, "objected").await? {
            return Ok(false);
        }
        open.run(TAKE_BACK, vec![self.here(), Arg::Bytes(id(person.0))]).await?;
        open.commit().await?;
        Ok(true)
    }

    /// Says whether there was one that still counted.
    pub(super) async fn end_reset(
        &self,
        open: &mut Open<'_>,
        person: OwnerId,
        now: Micros,
        how: &str,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE factor_reset SET ended_at = $3, ended = $4
            WHERE shard = $1 AND person = $2 AND ended_at IS NULL AND until > $3";
        let args = vec![self.here(), Arg::Bytes(id(person.0)), Arg::Number(now.0), Arg::Text(how.to_owned())];
        Ok(open.run(SQL, args).await? > 0)
    }

    pub async fn reset(&self, reset: u128) -> Result<Option<FactorReset>, StoreError> {
        let rows = self.pools.rows(ONE, vec![self.here(), Arg::Bytes(id(reset))]).await?;
        rows.first().map(|row| self.read_reset(row)).transpose()
    }

    /// What was ever asked for somebody, the latest first.
    pub async fn resets_of(&self, person: OwnerId) -> Result<Vec<FactorReset>, StoreError> {
        let rows = self.pools.rows(OF, vec![self.here(), Arg::Bytes(id(person.0))]).await?;
        rows.iter().map(|row| self.read_reset(row)).collect()
    }

    pub async fn resets(&self, most: u32) -> Result<Vec<FactorReset>, StoreError> {
        let rows = self.pools.rows(ALL, vec![self.here(), Arg::Number(most.into())]).await?;
        rows.iter().map(|row| self.read_reset(row)).collect()
    }

    async fn tell_of_reset(
        &self,
        open: &mut Open<'_>,
        kind: NoticeKind,
        reset: &FactorReset,
        at: Micros,
    ) -> Result<(), StoreError> {
        let (owner, relation) = (reset.person, reset.id);
        self.tell_in(open, &Notice { owner, kind, at, relation, amount: None, institution: None }).await
    }

    fn read_reset(&self, row: &Row) -> Result<FactorReset, StoreError> {
        let reset = row.id(0)?;
        Ok(FactorReset {
            id: reset,
            person: OwnerId(row.id(1)?),
            document: row.text(2)?,
            paper: self.unseal(&self.place("factor_reset.paper").id(reset), &row.text(3)?)?,
            asked_by: row.id(4)?,
            asked_at: Micros(row.number(5)?),
            granted_by: row.maybe_id(6)?,
            ready_at: row.maybe_number(7)?.map(Micros),
            until: Micros(row.number(8)?),
            ended: row.maybe_text(9)?,
        })
    }
}
