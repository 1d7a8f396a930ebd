use wallet_ledger::OwnerId;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::family::Person;
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
        const SQL: &str = "SELECT n.owner, n.lookup, n.area, n.cover, n.born, n.without_phone, n.died, n.lookup_key,
            i.body, y.version, y.body, p.owner, p.code, p.area, p.level, p.kind FROM person AS n
            LEFT JOIN insured AS i ON i.shard = n.shard AND i.owner = n.owner
            LEFT JOIN benefit_year AS y ON y.shard = n.shard AND y.owner = n.owner AND y.year = $4
            LEFT JOIN provider AS p ON p.shard = n.shard AND p.owner = $3
            WHERE n.shard = $1 AND n.owner = $2";
        let args = vec![self.here(), Arg::Bytes(id(person.0)), Arg::Bytes(id(institution.0)), Arg::Number(year)];
        let rows = self.pools.rows(SQL, args).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let open = |place: &Place, body: Option<String>| body.map(|body| self.unseal(place, &body)).transpose();
        Ok(Some(Sides {
            person: self.read_person(row)?,
            provider: row.maybe_id(11)?.map(|_| provider(row, 11)).transpose()?,
            insured: open(&self.place_of_terms(person), row.maybe_text(8)?)?,
            year: YearRow {
                version: row.maybe_number(9)?.unwrap_or_default(),
                body: open(&self.place_of_year(person, year), row.maybe_text(10)?)?,
            },
        }))
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
