//! Logins, sessions and corrections: what stands beside the books. Nothing here says who a person is.

use wallet_ledger::{Micros, OwnerId, TransferId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::{Arg, Open, Row};

/// Who may log in to the issuer of demonstrations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    pub name: String,
    /// In the form that password hashes are kept in (PHC).
    pub password: String,
    pub subject: u128,
    pub role: String,
    pub acts_for: Option<u128>,
}

/// A time somebody is logged in for, with all the tokens that come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    pub id: u128,
    pub subject: u128,
    pub role: String,
    pub acts_for: Option<u128>,
    pub until: Micros,
}

/// What became of a refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rotation {
    Renewed(SessionRow),
    /// It had been used before: whoever has its successor is thrown out too.
    Reused,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionState {
    Asked,
    Approved,
    Refused,
}

impl CorrectionState {
    const ALL: [CorrectionState; 3] = [CorrectionState::Asked, CorrectionState::Approved, CorrectionState::Refused];

    fn number(self) -> i64 {
        match self {
            CorrectionState::Asked => 0,
            CorrectionState::Approved => 1,
            CorrectionState::Refused => 2,
        }
    }
}

/// A transfer that somebody wants taken back, and what another said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub id: u128,
    pub transfer: TransferId,
    pub reason: u16,
    pub asked_by: u128,
    pub asked_at: Micros,
    pub state: CorrectionState,
    pub decided_by: Option<u128>,
    pub decided_at: Option<Micros>,
}

const SESSION: &str = "SELECT s.id, s.subject, s.role, s.acts_for, s.until FROM refresh AS r
    JOIN session AS s ON s.shard = r.shard AND s.id = r.session WHERE r.shard = $1 AND r.digest = $2";
const CORRECTION: &str = "SELECT id, transfer, reason, asked_by, asked_at, state, decided_by, decided_at
    FROM correction WHERE shard = $1 AND id = $2";
const REVOKE: &str = "INSERT INTO revoked (shard, name, until) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

impl Desk {
    pub async fn put_login(&self, login: Login) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO login (shard, name, password, subject, role, acts_for)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (shard, name) DO UPDATE SET password = excluded.password";
        let Login { name, password, subject, role, acts_for } = login;
        let args = vec![
            self.here(),
            Arg::Text(name),
            Arg::Text(password),
            Arg::Bytes(id(subject)),
            Arg::Text(role),
            maybe(acts_for),
        ];
        self.once(SQL, args).await.map(drop)
    }

    pub async fn login(&self, name: &str) -> Result<Option<Login>, StoreError> {
        const SQL: &str = "SELECT name, password, subject, role, acts_for FROM login WHERE shard = $1 AND name = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Text(name.into())]).await?;
        let read = |row: &Row| {
            Ok(Login {
                name: row.text(0)?,
                password: row.text(1)?,
                subject: row.id(2)?,
                role: row.text(3)?,
                acts_for: row.maybe_id(4)?,
            })
        };
        rows.first().map(read).transpose()
    }

    pub async fn put_institution(&self, owner: OwnerId, name: &str) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO institution (shard, owner, name) VALUES ($1, $2, $3)
            ON CONFLICT (shard, owner) DO UPDATE SET name = excluded.name";
        self.once(SQL, vec![self.here(), Arg::Bytes(id(owner.0)), Arg::Text(name.into())]).await.map(drop)
    }

    pub(crate) async fn once(&self, sql: &'static str, args: Vec<Arg>) -> Result<u64, StoreError> {
        self.pools.run(sql, args).await
    }

    /// Begins a session with its first refresh token.
    pub async fn begin_session(&self, session: &SessionRow, digest: [u8; 32]) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO session (shard, id, subject, role, acts_for, until)
            VALUES ($1, $2, $3, $4, $5, $6)";
        let mut open = self.pools.change().await?;
        let args = vec![
            self.here(),
            Arg::Bytes(id(session.id)),
            Arg::Bytes(id(session.subject)),
            Arg::Text(session.role.clone()),
            maybe(session.acts_for),
            Arg::Number(session.until.0),
        ];
        open.run(SQL, args).await?;
        self.add_refresh(&mut open, session.id, digest).await?;
        open.commit().await
    }

    async fn add_refresh(&self, open: &mut Open<'_>, session: u128, digest: [u8; 32]) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO refresh (shard, digest, session, used) VALUES ($1, $2, $3, 0)";
        open.run(SQL, vec![self.here(), Arg::Bytes(digest.to_vec()), Arg::Bytes(id(session))]).await.map(drop)
    }

    /// Takes a refresh token in exchange for the next. One that was used before ends the session.
    pub async fn rotate(&self, old: [u8; 32], new: [u8; 32], now: Micros) -> Result<Rotation, StoreError> {
        const USE: &str = "UPDATE refresh SET used = 1 WHERE shard = $1 AND digest = $2 AND used = 0";
        let mut open = self.pools.change().await?;
        let old = || vec![self.here(), Arg::Bytes(old.to_vec())];
        let fresh = open.run(USE, old()).await? == 1;
        let rows = open.rows(SESSION, old()).await?;
        let Some(session) = rows.first().map(session).transpose()? else { return Ok(Rotation::Unknown) };
        if self.is_revoked(&mut open, session.id).await? || session.until <= now {
            return Ok(Rotation::Unknown);
        }
        let rotation = if fresh {
            self.add_refresh(&mut open, session.id, new).await?;
            Rotation::Renewed(session)
        } else {
            self.revoke_in(&mut open, &name_of(session.id), session.until).await?;
            Rotation::Reused
        };
        open.commit().await?;
        Ok(rotation)
    }

    async fn is_revoked(&self, open: &mut Open<'_>, session: u128) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT until FROM revoked WHERE shard = $1 AND name = $2";
        Ok(!open.rows(SQL, vec![self.here(), Arg::Text(name_of(session))]).await?.is_empty())
    }

    async fn revoke_in(&self, open: &mut Open<'_>, name: &str, until: Micros) -> Result<(), StoreError> {
        open.run(REVOKE, vec![self.here(), Arg::Text(name.into()), Arg::Number(until.0)]).await.map(drop)
    }

    /// Ends a session or a single token.
    pub async fn revoke(&self, name: &str, until: Micros) -> Result<(), StoreError> {
        self.once(REVOKE, vec![self.here(), Arg::Text(name.into()), Arg::Number(until.0)]).await.map(drop)
    }

    /// All that was revoked and would still count.
    pub async fn revoked(&self, now: Micros) -> Result<Vec<String>, StoreError> {
        const SQL: &str = "SELECT name FROM revoked WHERE shard = $1 AND until > $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Number(now.0)]).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    /// Asks for a correction; the same id again changes nothing.
    pub async fn ask_correction(&self, asked: &Correction) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO correction (shard, id, transfer, reason, asked_by, asked_at, state)
            VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            Arg::Bytes(id(asked.id)),
            Arg::Bytes(id(asked.transfer.0)),
            Arg::Number(asked.reason.into()),
            Arg::Bytes(id(asked.asked_by)),
            Arg::Number(asked.asked_at.0),
        ];
        self.once(SQL, args).await.map(drop)
    }

    pub async fn correction(&self, correction: u128) -> Result<Option<Correction>, StoreError> {
        let rows = self.pools.rows(CORRECTION, vec![self.here(), Arg::Bytes(id(correction))]).await?;
        rows.first().map(read_correction).transpose()
    }

    /// Whether somebody approved that a transfer is taken back, whom the table knows as another than who asked for it.
    pub(crate) async fn is_to_be_corrected(&self, transfer: TransferId) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT 1 FROM correction WHERE shard = $1 AND transfer = $2 AND state = $3";
        let approved = Arg::Number(CorrectionState::Approved.number());
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(transfer.0)), approved]).await?;
        Ok(!rows.is_empty())
    }

    /// Decides a correction that nobody decided yet, never by who asked for it. Says whether it is decided so now,
    /// by this very person.
    pub async fn decide_correction(
        &self,
        correction: u128,
        by: u128,
        state: CorrectionState,
        now: Micros,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE correction SET state = $3, decided_by = $4, decided_at = $5
            WHERE shard = $1 AND id = $2 AND state = 0 AND asked_by <> $4";
        let args = vec![
            self.here(),
            Arg::Bytes(id(correction)),
            Arg::Number(state.number()),
            Arg::Bytes(id(by)),
            Arg::Number(now.0),
        ];
        self.once(SQL, args).await?;
        let now = self.correction(correction).await?;
        Ok(now.is_some_and(|c| c.state == state && c.decided_by == Some(by)))
    }
}

/// How a session is named where it is revoked.
fn name_of(session: u128) -> String {
    format!("{session:032x}")
}

pub fn maybe(number: Option<u128>) -> Arg {
    number.map_or(Arg::NoBytes, |number| Arg::Bytes(id(number)))
}

fn session(row: &Row) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        id: row.id(0)?,
        subject: row.id(1)?,
        role: row.text(2)?,
        acts_for: row.maybe_id(3)?,
        until: Micros(row.number(4)?),
    })
}

fn read_correction(row: &Row) -> Result<Correction, StoreError> {
    let damaged = || StoreError::Damaged("correction".into());
    let number = row.number(5)?;
    let state = CorrectionState::ALL.into_iter().find(|state| state.number() == number).ok_or_else(damaged)?;
    Ok(Correction {
        id: row.id(0)?,
        transfer: TransferId(row.id(1)?),
        reason: u16::try_from(row.number(2)?).map_err(|_| damaged())?,
        asked_by: row.id(3)?,
        asked_at: Micros(row.number(4)?),
        state,
        decided_by: row.maybe_id(6)?,
        decided_at: row.maybe_number(7)?.map(Micros),
    })
}
