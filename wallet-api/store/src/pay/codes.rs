use wallet_ledger::{Micros, OwnerId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::people::maybe;
use crate::rows::id;
use crate::sql::{Arg, Open, Row};
use crate::vault::Place;

/// A payment code as it is kept: by a keyed digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRow {
    pub digest: [u8; 32],
    pub owner: OwnerId,
    /// 代办人: who shows it for the owner.
    pub agent: Option<u128>,
    pub made_at: Micros,
    /// The first instant at which it is not taken any more.
    pub until: Micros,
}

/// What a till may do for a patient, by a keyed digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    pub digest: [u8; 32],
    pub patient: OwnerId,
    pub institution: OwnerId,
    pub until: Micros,
    /// What it is bound to beside the institution.
    pub body: String,
    /// The order that it was spent on.
    pub spent: Option<u128>,
}

impl Desk {
    /// Keeps a new code. Those that its owner had before are good until `grace` at the longest.
    pub async fn put_code(&self, code: &CodeRow, grace: Micros) -> Result<(), StoreError> {
        const SHORTEN: &str = "UPDATE pay_code SET until = $3
            WHERE shard = $1 AND owner = $2 AND until > $3 AND burnt IS NULL";
        const PUT: &str = "INSERT INTO pay_code (shard, digest, owner, agent, made_at, until)
            VALUES ($1, $2, $3, $4, $5, $6)";
        let mut open = self.pools.change().await?;
        let owner = || Arg::Bytes(id(code.owner.0));
        open.run(SHORTEN, vec![self.here(), owner(), Arg::Number(grace.0)]).await?;
        let args = vec![
            self.here(),
            Arg::Bytes(code.digest.to_vec()),
            owner(),
            maybe(code.agent),
            Arg::Number(code.made_at.0),
            Arg::Number(code.until.0),
        ];
        open.run(PUT, args).await?;
        open.commit().await
    }

    /// Burns a code for one request of `who`, unless they sent so many that were none. Wrong, used by another request and
    /// expired take the same statements and are the same: nothing.
    pub async fn burn_code(
        &self,
        digest: [u8; 32],
        request: [u8; 32],
        now: Micros,
        (who, guesses): (u128, u32),
    ) -> Result<Option<CodeRow>, StoreError> {
        const BURN: &str = "UPDATE pay_code SET burnt = $3
            WHERE shard = $1 AND digest = $2 AND burnt IS NULL AND until > $4
            AND NOT EXISTS (SELECT 1 FROM pay_guess AS g
                WHERE g.shard = $1 AND g.who = $5 AND g.until > $4 AND g.count >= $6)
            RETURNING digest, owner, agent, made_at, until";
        let args = vec![
            self.here(),
            Arg::Bytes(digest.to_vec()),
            Arg::Bytes(request.to_vec()),
            Arg::Number(now.0),
            Arg::Bytes(id(who)),
            Arg::Number(guesses.into()),
        ];
        self.pools.run_returning(BURN, args).await?.first().map(code).transpose()
    }

    /// The code that this very request burnt before.
    pub async fn burnt_code(&self, digest: [u8; 32], request: [u8; 32]) -> Result<Option<CodeRow>, StoreError> {
        const FIND: &str = "SELECT digest, owner, agent, made_at, until FROM pay_code
            WHERE shard = $1 AND digest = $2 AND burnt = $3";
        let args = vec![self.here(), Arg::Bytes(digest.to_vec()), Arg::Bytes(request.to_vec())];
        self.pools.rows(FIND, args).await?.first().map(code).transpose()
    }

    /// Keeps a token, and gives back the one that is kept: the same one again changes nothing.
    pub async fn put_token(&self, token: &TokenRow) -> Result<TokenRow, StoreError> {
        const SQL: &str = "INSERT INTO pay_token (shard, digest, patient, institution, until, body)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        if self.once(SQL, self.new_token(token)?).await? == 1 {
            return Ok(token.clone());
        }
        self.token(token.digest).await?.ok_or_else(|| StoreError::Damaged("pay_token".into()))
    }

    /// What is written of a new token.
    pub(super) fn new_token(&self, token: &TokenRow) -> Result<Vec<Arg>, StoreError> {
        Ok(vec![
            self.here(),
            Arg::Bytes(token.digest.to_vec()),
            Arg::Bytes(id(token.patient.0)),
            Arg::Bytes(id(token.institution.0)),
            Arg::Number(token.until.0),
            self.seal(&self.place_of_token(&token.digest), &token.body)?,
        ])
    }

    pub async fn token(&self, digest: [u8; 32]) -> Result<Option<TokenRow>, StoreError> {
        const SQL: &str = "SELECT digest, patient, institution, until, body, spent FROM pay_token
            WHERE shard = $1 AND digest = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(digest.to_vec())]).await?;
        rows.first().map(|row| self.read_token(row, 0)).transpose()
    }

    /// A token whose columns begin at a place of a row.
    pub(super) fn read_token(&self, row: &Row, at: usize) -> Result<TokenRow, StoreError> {
        let digest = digest(row, at)?;
        Ok(TokenRow {
            digest,
            patient: OwnerId(row.id(at + 1)?),
            institution: OwnerId(row.id(at + 2)?),
            until: Micros(row.number(at + 3)?),
            body: self.unseal(&self.place_of_token(&digest), &row.text(at + 4)?)?,
            spent: row.maybe_id(at + 5)?,
        })
    }

    fn place_of_token(&self, digest: &[u8; 32]) -> Place {
        self.place("pay_token.body").part(digest)
    }

    /// Spends a token on an order, and says whether it is spent on this one now.
    pub(super) async fn spend_token(
        &self,
        open: &mut Open<'_>,
        digest: [u8; 32],
        order: u128,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE pay_token SET spent = $3 WHERE shard = $1 AND digest = $2 AND spent IS NULL";
        Ok(open.run(SQL, vec![self.here(), Arg::Bytes(digest.to_vec()), Arg::Bytes(id(order))]).await? == 1)
    }
}

pub(super) fn digest(row: &Row, at: usize) -> Result<[u8; 32], StoreError> {
    row.bytes(at)?.try_into().map_err(|_| StoreError::Damaged("digest".into()))
}

fn code(row: &Row) -> Result<CodeRow, StoreError> {
    Ok(CodeRow {
        digest: digest(row, 0)?,
        owner: OwnerId(row.id(1)?),
        agent: row.maybe_id(2)?,
        made_at: Micros(row.number(3)?),
        until: Micros(row.number(4)?),
    })
}
