use anxin_core::Fen;
use wallet_ledger::{Micros, OwnerId};

use super::text;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::{Arg, Row};
use crate::vault::Place;

/// A settlement, or what took one back: then the amounts are below zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    pub code: String,
    pub setl_id: String,
    pub mdtrt_id: String,
    pub owner: OwnerId,
    pub msgid: String,
    pub at: Micros,
    /// The civil day in China.
    pub day: String,
    pub insutype: String,
    pub clr_type: String,
    /// The settlement that this takes back.
    pub refund_of: Option<String>,
    /// Whether it takes back a part only: of those there may be several.
    pub part: bool,
    pub total: Fen,
    pub fund: Fen,
    pub acct: Fen,
    pub cash: Fen,
    /// What was answered.
    pub body: String,
}

const COLUMNS_OF_ONE: &str =
    "SELECT setl_id, mdtrt_id, owner, msgid, at, day, insutype, clr_type, refund_of, total, fund,
    acct, cash, body, part FROM nhsa_settlement WHERE shard = $1 AND code = $2 AND setl_id = $3";
const BY_REFUND: &str = "SELECT setl_id, mdtrt_id, owner, msgid, at, day, insutype, clr_type, refund_of, total, fund,
    acct, cash, body, part FROM nhsa_settlement WHERE shard = $1 AND code = $2 AND refund_of = $3 AND part = $4";
const OF_DAYS: &str = "SELECT setl_id, mdtrt_id, owner, msgid, at, day, insutype, clr_type, refund_of, total, fund,
    acct, cash, body, part FROM nhsa_settlement
    WHERE shard = $1 AND code = $2 AND day >= $3 AND day <= $4 ORDER BY at, setl_id LIMIT $5";

impl Desk {
    /// Keeps a settlement; the same number again changes nothing. Says whether it is there now: a settlement is
    /// taken back once.
    pub async fn nhsa_settled(&self, movement: &Movement) -> Result<bool, StoreError> {
        const SQL: &str =
            "INSERT INTO nhsa_settlement (shard, code, setl_id, mdtrt_id, owner, msgid, at, day, insutype,
            clr_type, refund_of, total, fund, acct, cash, body, part)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) ON CONFLICT DO NOTHING";
        let m = movement;
        let mut args = vec![self.here(), text(&m.code), text(&m.setl_id), text(&m.mdtrt_id)];
        args.extend([Arg::Bytes(id(m.owner.0)), text(&m.msgid), Arg::Number(m.at.0), text(&m.day)]);
        args.extend([text(&m.insutype), text(&m.clr_type), Arg::MaybeText(m.refund_of.clone())]);
        args.extend([m.total, m.fund, m.acct, m.cash].map(|fen| Arg::Number(fen.get())));
        args.push(self.seal(&self.place_of_settlement(&m.code, &m.setl_id), &m.body)?);
        args.push(Arg::Number(m.part.into()));
        if self.once(SQL, args).await? == 1 {
            return Ok(true);
        }
        Ok(self.nhsa_settlement(&m.code, &m.setl_id).await?.is_some())
    }

    pub async fn nhsa_settlement(&self, code: &str, setl_id: &str) -> Result<Option<Movement>, StoreError> {
        let rows = self.pools.rows(COLUMNS_OF_ONE, vec![self.here(), text(code), text(setl_id)]).await?;
        rows.first().map(|row| self.read_settlement(code, row)).transpose()
    }

    /// The latest settlement of a visit, taken back or not.
    pub async fn nhsa_settlement_of(&self, code: &str, mdtrt_id: &str) -> Result<Option<Movement>, StoreError> {
        const SQL: &str = "SELECT setl_id FROM nhsa_settlement
            WHERE shard = $1 AND code = $2 AND mdtrt_id = $3 AND refund_of IS NULL ORDER BY at DESC, setl_id LIMIT 1";
        let rows = self.pools.rows(SQL, vec![self.here(), text(code), text(mdtrt_id)]).await?;
        let Some(setl_id) = rows.first().map(|row| row.text(0)).transpose()? else { return Ok(None) };
        self.nhsa_settlement(code, &setl_id).await
    }

    /// What took all of a settlement back.
    pub async fn nhsa_taken_back(&self, code: &str, setl_id: &str) -> Result<Option<Movement>, StoreError> {
        Ok(self.nhsa_back(code, setl_id, false).await?.pop())
    }

    /// What took parts of a settlement back.
    pub async fn nhsa_parts_back(&self, code: &str, setl_id: &str) -> Result<Vec<Movement>, StoreError> {
        self.nhsa_back(code, setl_id, true).await
    }

    async fn nhsa_back(&self, code: &str, setl_id: &str, part: bool) -> Result<Vec<Movement>, StoreError> {
        let args = vec![self.here(), text(code), text(setl_id), Arg::Number(part.into())];
        self.pools.rows(BY_REFUND, args).await?.iter().map(|row| self.read_settlement(code, row)).collect()
    }

    /// Settlements of an institution from one day to another, in the order in which they came about.
    pub async fn nhsa_settlements(
        &self,
        code: &str,
        from: &str,
        to: &str,
        most: u32,
    ) -> Result<Vec<Movement>, StoreError> {
        let args = vec![self.here(), text(code), text(from), text(to), Arg::Number(most.into())];
        self.pools.rows(OF_DAYS, args).await?.iter().map(|row| self.read_settlement(code, row)).collect()
    }

    fn read_settlement(&self, code: &str, row: &Row) -> Result<Movement, StoreError> {
        let found = read(code, row)?;
        Ok(Movement { body: self.unseal(&self.place_of_settlement(code, &found.setl_id), &found.body)?, ..found })
    }

    fn place_of_settlement(&self, code: &str, setl_id: &str) -> Place {
        self.place("nhsa_settlement.body").text(code).text(setl_id)
    }

    /// Marks a message as taken back, whether or not it came.
    pub async fn nhsa_reverse(&self, code: &str, omsgid: &str, oinfno: &str, at: Micros) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO nhsa_reversed (shard, code, omsgid, oinfno, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING";
        self.once(SQL, vec![self.here(), text(code), text(omsgid), text(oinfno), Arg::Number(at.0)]).await.map(drop)
    }

    /// Whether a message was taken back.
    pub async fn nhsa_is_reversed(&self, code: &str, msgid: &str) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT 1 FROM nhsa_reversed WHERE shard = $1 AND code = $2 AND omsgid = $3";
        Ok(!self.pools.rows(SQL, vec![self.here(), text(code), text(msgid)]).await?.is_empty())
    }
}

/// The body is still sealed.
fn read(code: &str, row: &Row) -> Result<Movement, StoreError> {
    let fen = |at| Fen::new(row.number(at)?).ok_or_else(|| StoreError::Damaged("nhsa_settlement".into()));
    Ok(Movement {
        code: code.to_owned(),
        setl_id: row.text(0)?,
        mdtrt_id: row.text(1)?,
        owner: OwnerId(row.id(2)?),
        msgid: row.text(3)?,
        at: Micros(row.number(4)?),
        day: row.text(5)?,
        insutype: row.text(6)?,
        clr_type: row.text(7)?,
        refund_of: row.maybe_text(8)?,
        total: fen(9)?,
        fund: fen(10)?,
        acct: fen(11)?,
        cash: fen(12)?,
        body: row.text(13)?,
        part: row.number(14)? != 0,
    })
}
