use wallet_ledger::{Micros, OwnerId};

use super::messages::{Came, came};
use super::text;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::pay::keeps_out;
use crate::rows::id;
use crate::sql::{Arg, Row};

/// A hospital or pharmacy as the interface knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Institution {
    /// 定点医药机构编号
    pub code: String,
    /// Whose accounts are meant.
    pub owner: OwnerId,
    pub name: String,
    /// From when on its agreement is suspended (暂停协议).
    pub suspended_from: Option<Micros>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstitutionKey {
    pub code: String,
    /// SM2 public key as a point that is not compressed.
    pub point: [u8; 65],
    pub valid_from: Micros,
    /// The first instant at which it does not hold any more.
    pub valid_until: Micros,
}

/// What a message says of itself, before anybody knows whether it is true.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    pub code: &'a str,
    pub msgid: &'a str,
    pub sign_no: &'a str,
    pub opter: &'a str,
    /// The civil day in China on which it came.
    pub day: &'a str,
}

/// Who a message is from, if one of the keys signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub institution: Institution,
    /// Those that hold now.
    pub keys: Vec<[u8; 65]>,
    /// Whether something keeps the institution from new settlements today.
    pub suspended: bool,
    /// Whether the operator is signed in by that number today.
    pub signed_in: bool,
    /// The message as it came before.
    pub(super) before: Option<Came>,
}

impl Desk {
    pub async fn put_nhsa_institution(&self, institution: &Institution) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO nhsa_institution (shard, code, owner, name, suspended_from)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (shard, code) DO UPDATE SET owner = excluded.owner,
            name = excluded.name, suspended_from = excluded.suspended_from";
        let args = vec![
            self.here(),
            text(&institution.code),
            Arg::Bytes(id(institution.owner.0)),
            text(&institution.name),
            Arg::MaybeNumber(institution.suspended_from.map(|at| at.0)),
        ];
        self.once(SQL, args).await.map(drop)
    }

    pub async fn nhsa_institution(&self, code: &str) -> Result<Option<Institution>, StoreError> {
        const SQL: &str = "SELECT owner, name, suspended_from FROM nhsa_institution WHERE shard = $1 AND code = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), text(code)]).await?;
        rows.first().map(|row| institution(code, row)).transpose()
    }

    pub async fn put_nhsa_key(&self, key: &InstitutionKey) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO nhsa_key (shard, code, point, valid_from, valid_until)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (shard, code, point) DO UPDATE
            SET valid_from = excluded.valid_from, valid_until = excluded.valid_until";
        let args = vec![
            self.here(),
            text(&key.code),
            Arg::Bytes(key.point.to_vec()),
            Arg::Number(key.valid_from.0),
            Arg::Number(key.valid_until.0),
        ];
        self.once(SQL, args).await.map(drop)
    }

    /// Who a message says that it is from, with all that is to be known of the two before it is carried out.
    pub async fn nhsa_sender(&self, heading: &Heading<'_>, at: Micros) -> Result<Option<Sender>, StoreError> {
        const SQL: &str = concat!(
            "SELECT i.owner, i.name, i.suspended_from, k.point, m.digest, m.reply, m.answer,
            (SELECT count(*) FROM standing WHERE shard = $1 AND ",
            keeps_out!("i.code", "$7"),
            "), (SELECT count(*) FROM nhsa_signing AS d WHERE d.shard = $1 AND d.code = i.code AND d.sign_no = $5
                AND d.opter = $6 AND d.day = $7 AND d.ended_at IS NULL)
            FROM nhsa_institution AS i
            LEFT JOIN nhsa_key AS k ON k.shard = $1 AND k.code = i.code AND k.valid_from <= $3 AND k.valid_until > $3
            LEFT JOIN nhsa_message AS m ON m.shard = $1 AND m.code = i.code AND m.msgid = $4
            WHERE i.shard = $1 AND i.code = $2 ORDER BY k.valid_from DESC LIMIT 4"
        );
        let Heading { code, msgid, sign_no, opter, day } = *heading;
        let mut args = vec![self.here(), text(code), Arg::Number(at.0)];
        args.extend([msgid, sign_no, opter, day].map(text));
        let rows = self.pools.rows(SQL, args).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let mut keys = Vec::new();
        for row in &rows {
            if let Some(point) = row.maybe_bytes(3)? {
                keys.push(point.try_into().map_err(|_| StoreError::Damaged("nhsa_key".into()))?);
            }
        }
        let institution = institution(code, first)?;
        let before = first.maybe_bytes(4)?.map(|_| came(first, 4)).transpose()?;
        let (suspended, signed_in) = (first.number(7)? > 0, first.number(8)? > 0);
        Ok(Some(Sender { institution, keys, suspended, signed_in, before }))
    }
}

fn institution(code: &str, row: &Row) -> Result<Institution, StoreError> {
    Ok(Institution {
        code: code.to_owned(),
        owner: OwnerId(row.id(0)?),
        name: row.text(1)?,
        suspended_from: row.maybe_number(2)?.map(Micros),
    })
}
