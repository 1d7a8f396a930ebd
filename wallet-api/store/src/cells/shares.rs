//! Who is shared with across areas, and which orders wait for other areas.

use wallet_ledger::{Alarm, Cell, Link, Micros, Window};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::{from_body, id};
use crate::sql::{Arg, Row};

/// Something new of a relation whose taker is insured in another area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareNews {
    pub relation: u128,
    /// The taker, as a keyed digest of the identity number.
    pub person: [u8; 32],
    /// The area that insures the taker.
    pub area: String,
    pub ended: bool,
}

const NEWS: &str = "SELECT r.id, p.lookup, p.area, CASE WHEN r.ended_at IS NULL THEN 0 ELSE 1 END FROM relation AS r
    JOIN person AS p ON p.shard = r.shard AND p.owner = r.taker
    LEFT JOIN share_told AS t ON t.shard = r.shard AND t.relation = r.id
    WHERE r.shard = $1 AND r.kind = 'share' AND p.area = $2
    AND (t.ended IS NULL OR t.ended <> CASE WHEN r.ended_at IS NULL THEN 0 ELSE 1 END) ORDER BY r.id LIMIT $3";

impl Desk {
    /// Relations with people of another area that it does not know of as they are now.
    pub async fn share_news(&self, area: &str, most: u32) -> Result<Vec<ShareNews>, StoreError> {
        let args = vec![self.here(), Arg::Text(area.into()), Arg::Number(most.into())];
        let damaged = |_| StoreError::Damaged("person".into());
        let read = |row: &Row| {
            let person = row.bytes(1)?.try_into().map_err(damaged)?;
            Ok(ShareNews { relation: row.id(0)?, person, area: row.text(2)?, ended: row.number(3)? == 1 })
        };
        self.pools.rows(NEWS, args).await?.iter().map(read).collect()
    }

    /// The other area has taken it in.
    pub async fn share_told(&self, news: &ShareNews) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO share_told (shard, relation, ended) VALUES ($1, $2, $3)
            ON CONFLICT (shard, relation) DO UPDATE SET ended = excluded.ended";
        let args = vec![self.here(), Arg::Bytes(id(news.relation)), Arg::Number(news.ended.into())];
        self.once(SQL, args).await.map(drop)
    }

    /// What another area says of its relations with a person. One that ended does not begin again.
    pub async fn put_share(&self, area: u32, person: [u8; 32], relation: u128, ended: bool) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO shared_from (shard, person, area, relation, ended) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (shard, person, area, relation) DO UPDATE SET ended = excluded.ended
            WHERE shared_from.ended = 0";
        let args = vec![
            self.here(),
            Arg::Bytes(person.to_vec()),
            Arg::Number(area.into()),
            Arg::Bytes(id(relation)),
            Arg::Number(ended.into()),
        ];
        self.once(SQL, args).await.map(drop)
    }

    /// Areas from which somebody is shared with.
    pub async fn shared_from(&self, person: [u8; 32]) -> Result<Vec<u32>, StoreError> {
        const SQL: &str = "SELECT DISTINCT area FROM shared_from WHERE shard = $1 AND person = $2 AND ended = 0
            ORDER BY area LIMIT 32";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(person.to_vec())]).await?;
        let area = |row: &Row| u32::try_from(row.number(0)?).map_err(|_| StoreError::Damaged("shared_from".into()));
        rows.iter().map(area).collect()
    }

    /// Notes an order that is going to wait for other areas, so that it is gone on with whoever is killed.
    pub async fn await_areas(&self, order: u128, now: Micros) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO order_waiting (shard, id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        self.once(SQL, vec![self.here(), Arg::Bytes(id(order)), Arg::Number(now.0)]).await.map(drop)
    }

    pub async fn orders_waiting(&self, most: u32) -> Result<Vec<(u128, Micros)>, StoreError> {
        const SQL: &str = "SELECT id, since FROM order_waiting WHERE shard = $1 ORDER BY since, id LIMIT $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Number(most.into())]).await?;
        rows.iter().map(|row| Ok((row.id(0)?, Micros(row.number(1)?)))).collect()
    }

    /// It has ended.
    pub async fn awaited(&self, order: u128) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM order_waiting WHERE shard = $1 AND id = $2";
        self.once(SQL, vec![self.here(), Arg::Bytes(id(order))]).await.map(drop)
    }
}

/// What there is to look at of other cells, without the letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    pub cell: Option<Cell>,
    pub links: Vec<Link>,
    /// The latest first.
    pub windows: Vec<Window>,
    /// The latest first.
    pub alarms: Vec<Alarm>,
}

impl Desk {
    pub async fn cells_at_a_glance(&self, windows: u32, alarms: u32) -> Result<Glance, StoreError> {
        const CELL: &str = "SELECT body FROM cell WHERE shard = $1";
        const LINKS: &str = "SELECT body FROM link WHERE shard = $1 ORDER BY peer";
        const WINDOWS: &str = "SELECT body FROM clearing_window WHERE shard = $1 ORDER BY id DESC LIMIT $2";
        const ALARMS: &str = "SELECT body FROM cell_alarm WHERE shard = $1 ORDER BY at DESC, peer LIMIT $2";
        let mut open = self.pools.snapshot().await?;
        let most = |most: u32| vec![self.here(), Arg::Number(most.into())];
        let cell = open.rows(CELL, vec![self.here()]).await?;
        let cell = cell.first().map(|row| from_body("cell", &row.bytes(0)?)).transpose()?;
        let links = read_all("link", &open.rows(LINKS, vec![self.here()]).await?)?;
        let windows = read_all("clearing_window", &open.rows(WINDOWS, most(windows)).await?)?;
        let alarms = read_all("cell_alarm", &open.rows(ALARMS, most(alarms)).await?)?;
        Ok(Glance { cell, links, windows, alarms })
    }
}

fn read_all<T: for<'de> serde::Deserialize<'de>>(table: &str, rows: &[Row]) -> Result<Vec<T>, StoreError> {
    rows.iter().map(|row| from_body(table, &row.bytes(0)?)).collect()
}
