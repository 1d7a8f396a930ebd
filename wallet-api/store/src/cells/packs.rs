//! Packs whose sales are looked after in the books of another area, and those of other areas that are looked after here.

use wallet_ledger::{Micros, OwnerId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::pay::Take;
use crate::rows::id;
use crate::sql::{Arg, Open};

/// States of what another area was asked for: 0 asked, 1 to be given back, 2 sold, 3 came back. What was given back and
/// told is not kept.
const GIVE_BACK: i64 = 1;
const SOLD: i64 = 2;
const CAME_BACK: i64 = 3;

/// What an area has to be told of a sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacksNews {
    pub sale: u128,
    /// Under what it knows the sale.
    pub asked_as: u128,
    /// They came back; otherwise they never left the counter.
    pub came_back: bool,
    pub traces: Vec<String>,
}

impl Desk {
    /// Notes what other areas are going to be asked for, so that it is given back whatever becomes of this program. Not
    /// where that was noted before and is not given back yet: says whether it was noted.
    pub async fn ask_packs_afar(
        &self,
        sale: u128,
        asked_as: u128,
        packs: &[(u32, String)],
        now: Micros,
    ) -> Result<bool, StoreError> {
        const PUT: &str = "INSERT INTO pack_afar (shard, sale, trace, cell, asked_as, since, state)
            VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT DO NOTHING";
        let mut open = self.pools.change().await?;
        for (cell, trace) in packs {
            let (sale, asked_as) = (Arg::Bytes(id(sale)), Arg::Bytes(id(asked_as)));
            let (trace, cell) = (Arg::Text(trace.clone()), Arg::Number((*cell).into()));
            if open.run(PUT, vec![self.here(), sale, trace, cell, asked_as, Arg::Number(now.0)]).await? == 0 {
                return Ok(false);
            }
        }
        open.commit().await.map(|()| true)
    }

    /// The sale does not begin any more; gives the areas that have to be told.
    pub async fn give_up_packs_afar(&self, sale: u128) -> Result<Vec<u32>, StoreError> {
        const SQL: &str = "UPDATE pack_afar SET state = 1 WHERE shard = $1 AND sale = $2 AND state = 0";
        const AREAS: &str = "SELECT DISTINCT cell FROM pack_afar WHERE shard = $1 AND sale = $2 AND state = 1";
        let args = || vec![self.here(), Arg::Bytes(id(sale))];
        self.once(SQL, args()).await?;
        let damaged = |_| StoreError::Damaged("pack_afar".into());
        let rows = self.pools.rows(AREAS, args()).await?;
        rows.iter().map(|row| u32::try_from(row.number(0)?).map_err(damaged)).collect()
    }

    /// Sales that were asked for before and have not begun since do not begin any more.
    pub async fn give_up_old_packs_afar(&self, before: Micros) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE pack_afar SET state = 1 WHERE shard = $1 AND state = 0 AND since < $2";
        self.once(SQL, vec![self.here(), Arg::Number(before.0)]).await.map(drop)
    }

    /// In the transaction in which a sale begins: what other areas set aside for it is sold. `false` where it was given up.
    pub(crate) async fn sell_packs_afar(&self, open: &mut Open<'_>, sale: u128) -> Result<bool, StoreError> {
        const SELL: &str = "UPDATE pack_afar SET state = CASE WHEN state = 0 THEN 2 ELSE state END
            WHERE shard = $1 AND sale = $2 RETURNING state";
        for row in open.rows(SELL, vec![self.here(), Arg::Bytes(id(sale))]).await? {
            if row.number(0)? != SOLD {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// In the transaction in which packs of a sale are given back.
    pub(crate) async fn end_pack_afar(
        &self,
        open: &mut Open<'_>,
        sale: u128,
        trace: &str,
        came_back: bool,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE pack_afar SET state = $4 WHERE shard = $1 AND sale = $2 AND trace = $3 AND state = 2";
        let state = Arg::Number(if came_back { CAME_BACK } else { GIVE_BACK });
        let args = vec![self.here(), Arg::Bytes(id(sale)), Arg::Text(trace.to_owned()), state];
        open.run(SQL, args).await.map(drop)
    }

    /// What an area has to be told, of so many packs at most.
    pub async fn packs_news(&self, cell: u32, most: u32) -> Result<Vec<PacksNews>, StoreError> {
        const SQL: &str =
            "SELECT sale, asked_as, state, trace FROM pack_afar WHERE shard = $1 AND cell = $2 AND state IN (1, 3)
            ORDER BY sale, state, trace LIMIT $3";
        let args = vec![self.here(), Arg::Number(cell.into()), Arg::Number(most.into())];
        let mut all: Vec<PacksNews> = Vec::new();
        for row in self.pools.rows(SQL, args).await? {
            let (sale, asked_as, trace) = (row.id(0)?, row.id(1)?, row.text(3)?);
            let came_back = row.number(2)? == CAME_BACK;
            match all.last_mut().filter(|news| (news.sale, news.came_back) == (sale, came_back)) {
                Some(news) => news.traces.push(trace),
                None => all.push(PacksNews { sale, asked_as, came_back, traces: vec![trace] }),
            }
        }
        Ok(all)
    }

    /// The area has taken it in.
    pub async fn packs_told(&self, news: &PacksNews) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM pack_afar WHERE shard = $1 AND sale = $2 AND trace = $3 AND state IN (1, 3)";
        let mut open = self.pools.change().await?;
        for trace in &news.traces {
            open.run(SQL, vec![self.here(), Arg::Bytes(id(news.sale)), Arg::Text(trace.clone())]).await?;
        }
        open.commit().await
    }

    /// Takes packs for a sale in another area, once however often it is asked; the first of which there is not so much is
    /// given back, and then none is taken. What was given back is not taken for the same sale again.
    pub async fn take_packs_for(
        &self,
        sale: u128,
        area: OwnerId,
        takes: &[Take],
        now: Micros,
    ) -> Result<Option<String>, StoreError> {
        const TAKEN: &str = "SELECT count(*), count(ended_at) FROM drug_use WHERE shard = $1 AND sale = $2";
        let mut open = self.pools.change().await?;
        let rows = open.rows(TAKEN, vec![self.here(), Arg::Bytes(id(sale))]).await?;
        let (taken, ended) = match rows.first() {
            Some(row) => (row.number(0)?, row.number(1)?),
            None => (0, 0),
        };
        if taken > 0 {
            return Ok(takes.first().filter(|_| ended > 0).map(|take| take.trace.clone()));
        }
        match self.take_packs(&mut open, sale, area, takes, now).await? {
            Some(short) => Ok(Some(short)),
            None => open.commit().await.map(|()| None),
        }
    }
}
