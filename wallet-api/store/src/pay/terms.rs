use wallet_ledger::OwnerId;

use super::codes::TokenRow;
use super::orders::OrderRow;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::family::Person;
use crate::people::maybe;
use crate::rows::id;
use crate::sql::{Arg, Row};
use crate::vault::Place;

/// 定点医药机构, as far as it decides a settlement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    pub owner: OwnerId,
    /// 定点医药机构编号
    pub code: String,
    /// 医保区划 of where it is.
    pub area: String,
    /// As the core's rules name it.
    pub level: String,
    pub kind: String,
}

/// What a year has used up, and the version that a change of it has to name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearRow {
    /// 0 where there is none yet.
    pub version: i64,
    pub body: Option<String>,
}

/// Both sides of a bill as they are on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    pub person: Person,
    /// `None` where the institution settles nothing.
    pub provider: Option<Provider>,
    /// How the person is insured, as it was written down.
    pub insured: Option<String>,
    /// The year that was asked for.
    pub year: YearRow,
}

/// What [`Desk::read_sides`] reads.
macro_rules! columns {
    () => {
        "n.owner, n.lookup, n.area, n.cover, n.born, n.without_phone, n.died, n.lookup_key, i.body, y.version, y.body,
        p.owner, p.code, p.area, p.level, p.kind"
    };
}

/// What a till's request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtTill {
    pub token: TokenRow,
    /// `None` where nobody knows the person.
    pub sides: Option<Sides>,
    /// The order that was asked for, where there is one already.
    pub order: Option<OrderRow>,
}

impl Desk {
    pub async fn put_provider(&self, provider: &Provider) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO provider (shard, owner, code, area, level, kind)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (shard, owner) DO UPDATE SET code = excluded.code,
            area = excluded.area, level = excluded.level, kind = excluded.kind";
        let args = vec![
            self.here(),
            Arg::Bytes(id(provider.owner.0)),
            Arg::Text(provider.code.clone()),
            Arg::Text(provider.area.clone()),
            Arg::Text(provider.level.clone()),
            Arg::Text(provider.kind.clone()),
        ];
        self.once(SQL, args).await.map(drop)
    }

    pub async fn provider(&self, owner: OwnerId) -> Result<Option<Provider>, StoreError> {
        const SQL: &str = "SELECT owner, code, area, level, kind FROM provider WHERE shard = $1 AND owner = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(owner.0))]).await?;
        rows.first().map(|row| provider(row, 0)).transpose()
    }

    /// All that decides a bill of a person at an institution in a year, in one reading of one moment. `None` where
    /// nobody knows the person.
    pub async fn sides(&self, institution: OwnerId, person: OwnerId, year: i64) -> Result<Option<Sides>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM person AS n
            LEFT JOIN insured AS i ON i.shard = n.shard AND i.owner = n.owner
            LEFT JOIN benefit_year AS y ON y.shard = n.shard AND y.owner = n.owner AND y.year = $4
            LEFT JOIN provider AS p ON p.shard = n.shard AND p.owner = $3
            WHERE n.shard = $1 AND n.owner = $2"
        );
        let args = vec![self.here(), Arg::Bytes(id(person.0)), Arg::Bytes(id(institution.0)), Arg::Number(year)];
        self.pools.rows(SQL, args).await?.first().map(|row| self.read_sides(row, person, year)).transpose()
    }

    /// The same for who shows a token, with the token, and with an order if it is there. `None` where there is no such
    /// token; the institution is the one that it was made for.
    pub async fn at_till(
        &self,
        digest: [u8; 32],
        year: i64,
        order: Option<u128>,
    ) -> Result<Option<AtTill>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            ", t.digest, t.patient, t.institution, t.until, t.body, t.spent,
            o.id, o.institution, o.patient, o.state, o.version, o.made_at, o.changed_at, o.body FROM pay_token AS t
            LEFT JOIN person AS n ON n.shard = t.shard AND n.owner = t.patient
            LEFT JOIN insured AS i ON i.shard = t.shard AND i.owner = t.patient
            LEFT JOIN benefit_year AS y ON y.shard = t.shard AND y.owner = t.patient AND y.year = $3
            LEFT JOIN provider AS p ON p.shard = t.shard AND p.owner = t.institution
            LEFT JOIN pay_order AS o ON o.shard = t.shard AND o.id = $4
            WHERE t.shard = $1 AND t.digest = $2"
        );
        let args = vec![self.here(), Arg::Bytes(digest.to_vec()), Arg::Number(year), maybe(order)];
        let rows = self.pools.rows(SQL, args).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let token = self.read_token(row, 16)?;
        let sides = row.maybe_id(0)?.map(|_| self.read_sides(row, token.patient, year)).transpose()?;
        let order = row.maybe_id(22)?.map(|_| self.read_order_at(row, [22, 23, 24, 25, 26, 27, 28, 29])).transpose()?;
        Ok(Some(AtTill { token, sides, order }))
    }

    /// Keeps a token as [`Desk::put_token`] does, and reads both of its sides.
    pub async fn put_token_at(&self, token: &TokenRow, year: i64) -> Result<(TokenRow, Option<Sides>), StoreError> {
        const SQL: &str = concat!(
            "WITH kept AS (
                INSERT INTO pay_token (shard, digest, patient, institution, until, body)
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING shard
            ) SELECT ",
            columns!(),
            ", (SELECT count(*) FROM kept) FROM person AS n
            LEFT JOIN insured AS i ON i.shard = n.shard AND i.owner = n.owner
            LEFT JOIN benefit_year AS y ON y.shard = n.shard AND y.owner = n.owner AND y.year = $7
            LEFT JOIN provider AS p ON p.shard = n.shard AND p.owner = $4
            WHERE n.shard = $1 AND n.owner = $3"
        );
        if self.pools.reads_and_writes_at_once() {
            let mut args = self.new_token(token)?;
            args.push(Arg::Number(year));
            if let Some(row) = self.pools.rows(SQL, args).await?.first() {
                let sides = self.read_sides(row, token.patient, year)?;
                let kept = if row.number(16)? == 1 { token.clone() } else { self.put_token(token).await? };
                return Ok((kept, Some(sides)));
            }
        }
        let kept = self.put_token(token).await?;
        Ok((kept, self.sides(token.institution, token.patient, year).await?))
    }

    /// Both sides, whose columns are the first of a row.
    fn read_sides(&self, row: &Row, person: OwnerId, year: i64) -> Result<Sides, StoreError> {
        let open = |place: &Place, body: Option<String>| body.map(|body| self.unseal(place, &body)).transpose();
        Ok(Sides {
            person: self.read_person(row)?,
            provider: row.maybe_id(11)?.map(|_| provider(row, 11)).transpose()?,
            insured: open(&self.place_of_terms(person), row.maybe_text(8)?)?,
            year: YearRow {
                version: row.maybe_number(9)?.unwrap_or_default(),
                body: open(&self.place_of_year(person, year), row.maybe_text(10)?)?,
            },
        })
    }

    /// Who has a 定点医药机构编号.
    pub async fn provider_with(&self, code: &str) -> Result<Option<Provider>, StoreError> {
        const SQL: &str = "SELECT owner, code, area, level, kind FROM provider WHERE shard = $1 AND code = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Text(code.into())]).await?;
        rows.first().map(|row| provider(row, 0)).transpose()
    }

    /// Writes down how somebody is insured.
    pub async fn put_insured(&self, owner: OwnerId, body: &str) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO insured (shard, owner, body) VALUES ($1, $2, $3)
            ON CONFLICT (shard, owner) DO UPDATE SET body = excluded.body";
        let body = self.seal(&self.place_of_terms(owner), body)?;
        self.once(SQL, vec![self.here(), Arg::Bytes(id(owner.0)), body]).await.map(drop)
    }

    pub async fn insured(&self, owner: OwnerId) -> Result<Option<String>, StoreError> {
        const SQL: &str = "SELECT body FROM insured WHERE shard = $1 AND owner = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(owner.0))]).await?;
        let place = self.place_of_terms(owner);
        rows.first().map(|row| self.unseal(&place, &row.text(0)?)).transpose()
    }

    pub async fn benefit_year(&self, owner: OwnerId, year: i64) -> Result<YearRow, StoreError> {
        const SQL: &str = "SELECT version, body FROM benefit_year WHERE shard = $1 AND owner = $2 AND year = $3";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(owner.0)), Arg::Number(year)]).await?;
        let place = self.place_of_year(owner, year);
        let read = |row: &Row| Ok(YearRow { version: row.number(0)?, body: Some(self.unseal(&place, &row.text(1)?)?) });
        rows.first().map_or(Ok(YearRow::default()), read)
    }

    fn place_of_terms(&self, owner: OwnerId) -> Place {
        self.place("insured.body").id(owner.0)
    }

    pub(super) fn place_of_year(&self, owner: OwnerId, year: i64) -> Place {
        self.place("benefit_year.body").id(owner.0).number(year)
    }
}

/// A provider whose columns begin at a place of a row.
fn provider(row: &Row, at: usize) -> Result<Provider, StoreError> {
    Ok(Provider {
        owner: OwnerId(row.id(at)?),
        code: row.text(at + 1)?,
        area: row.text(at + 2)?,
        level: row.text(at + 3)?,
        kind: row.text(at + 4)?,
    })
}
