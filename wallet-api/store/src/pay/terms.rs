use wallet_ledger::OwnerId;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::{Arg, Row};

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
        rows.first().map(provider).transpose()
    }

    /// Who has a 定点医药机构编号.
    pub async fn provider_with(&self, code: &str) -> Result<Option<Provider>, StoreError> {
        const SQL: &str = "SELECT owner, code, area, level, kind FROM provider WHERE shard = $1 AND code = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Text(code.into())]).await?;
        rows.first().map(provider).transpose()
    }

    /// Writes down how somebody is insured.
    pub async fn put_insured(&self, owner: OwnerId, body: &str) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO insured (shard, owner, body) VALUES ($1, $2, $3)
            ON CONFLICT (shard, owner) DO UPDATE SET body = excluded.body";
        let body = self.seal(&self.place("insured.body").id(owner.0), body)?;
        self.once(SQL, vec![self.here(), Arg::Bytes(id(owner.0)), body]).await.map(drop)
    }

    pub async fn insured(&self, owner: OwnerId) -> Result<Option<String>, StoreError> {
        const SQL: &str = "SELECT body FROM insured WHERE shard = $1 AND owner = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(owner.0))]).await?;
        let place = self.place("insured.body").id(owner.0);
        rows.first().map(|row| self.unseal(&place, &row.text(0)?)).transpose()
    }

    pub async fn benefit_year(&self, owner: OwnerId, year: i64) -> Result<YearRow, StoreError> {
        const SQL: &str = "SELECT version, body FROM benefit_year WHERE shard = $1 AND owner = $2 AND year = $3";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(owner.0)), Arg::Number(year)]).await?;
        let place = self.place("benefit_year.body").id(owner.0).number(year);
        let read = |row: &Row| Ok(YearRow { version: row.number(0)?, body: Some(self.unseal(&place, &row.text(1)?)?) });
        rows.first().map_or(Ok(YearRow::default()), read)
    }
}

fn provider(row: &Row) -> Result<Provider, StoreError> {
    Ok(Provider {
        owner: OwnerId(row.id(0)?),
        code: row.text(1)?,
        area: row.text(2)?,
        level: row.text(3)?,
        kind: row.text(4)?,
    })
}
