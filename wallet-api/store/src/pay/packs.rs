use std::collections::BTreeMap;

use wallet_ledger::{Micros, OwnerId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::{Arg, Open, Row};

/// So many units out of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Take {
    /// 药品追溯码
    pub trace: String,
    pub drug: String,
    /// Units of a whole pack. As long as something of it is sold, what it was then sold as goes before this.
    pub content: u32,
    pub units: u32,
}

/// A pack, with every sale of it in the order in which they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    pub trace: String,
    pub drug: String,
    pub content: u32,
    pub sold: u32,
    /// Since when it waits to be looked at (待核).
    pub held_back: Option<Micros>,
    pub uses: Vec<PackSale>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackSale {
    /// The order.
    pub sale: u128,
    pub institution: OwnerId,
    pub units: u32,
    pub at: Micros,
    pub ended_at: Option<Micros>,
}

impl Pack {
    /// Whether so much of it can be sold as this drug.
    fn has(&self, take: &Take) -> bool {
        let content = if self.sold == 0 { take.content } else { self.content };
        let same = self.sold == 0 || self.drug == take.drug;
        self.held_back.is_none() && same && self.sold.saturating_add(take.units) <= content
    }
}

/// What one bill takes from each pack. The order of the packs is the same for all, so that no two bills wait for
/// each other.
fn by_pack(takes: &[Take]) -> BTreeMap<&str, Take> {
    let mut packs: BTreeMap<&str, Take> = BTreeMap::new();
    for take in takes {
        packs
            .entry(&take.trace)
            .and_modify(|pack| pack.units = pack.units.saturating_add(take.units))
            .or_insert_with(|| take.clone());
    }
    packs
}

impl Desk {
    /// Takes units out of packs for a sale. The first pack that has not so much is given back, and then the
    /// transaction is not to be kept.
    pub(crate) async fn take_packs(
        &self,
        open: &mut Open<'_>,
        sale: u128,
        institution: OwnerId,
        takes: &[Take],
        now: Micros,
    ) -> Result<Option<String>, StoreError> {
        const PUT: &str = "INSERT INTO drug_pack (shard, trace, drug, content, sold) VALUES ($1, $2, $3, $4, 0)
            ON CONFLICT (shard, trace) DO UPDATE SET drug = excluded.drug, content = excluded.content
            WHERE drug_pack.sold = 0 AND drug_pack.held_back IS NULL";
        const TAKE: &str = "UPDATE drug_pack SET sold = sold + $3
            WHERE shard = $1 AND trace = $2 AND held_back IS NULL AND sold + $3 <= content AND drug = $4";
        const USE: &str = "INSERT INTO drug_use (shard, trace, sale, institution, units, at)
            VALUES ($1, $2, $3, $4, $5, $6)";
        for (trace, take) in by_pack(takes) {
            let trace = || Arg::Text(trace.to_owned());
            let units = || Arg::Number(take.units.into());
            let new = vec![self.here(), trace(), Arg::Text(take.drug.clone()), Arg::Number(take.content.into())];
            open.run(PUT, new).await?;
            let drug = Arg::Text(take.drug.clone());
            if open.run(TAKE, vec![self.here(), trace(), units(), drug]).await? == 0 {
                return Ok(Some(take.trace));
            }
            let (sale, institution) = (Arg::Bytes(id(sale)), Arg::Bytes(id(institution.0)));
            open.run(USE, vec![self.here(), trace(), sale, institution, units(), Arg::Number(now.0)]).await?;
        }
        Ok(None)
    }

    /// The first pack of a bill that has not as much as it takes.
    pub async fn pack_short(&self, takes: &[Take]) -> Result<Option<String>, StoreError> {
        for (trace, take) in by_pack(takes) {
            let short = match self.pack(trace).await? {
                Some(pack) => !pack.has(&take),
                None => take.units > take.content,
            };
            if short {
                return Ok(Some(take.trace));
            }
        }
        Ok(None)
    }

    /// The packs of a sale that came to nothing: they never left the counter.
    pub async fn free_packs(&self, sale: u128, now: Micros) -> Result<(), StoreError> {
        const FREE: &str = "UPDATE drug_pack SET sold = sold - $3 WHERE shard = $1 AND trace = $2";
        let mut open = self.pools.change().await?;
        for (trace, units) in self.end_uses(&mut open, sale, None, now).await? {
            self.end_pack_afar(&mut open, sale, &trace, false).await?;
            open.run(FREE, vec![self.here(), Arg::Text(trace), Arg::Number(units)]).await?;
        }
        open.commit().await
    }

    /// The packs of a sale, all or these, came back: they are not sold before somebody looked at them. Again changes
    /// nothing.
    pub async fn hold_back_packs(&self, sale: u128, only: Option<&[String]>, now: Micros) -> Result<(), StoreError> {
        const HOLD: &str = "UPDATE drug_pack SET held_back = $3 WHERE shard = $1 AND trace = $2";
        let mut open = self.pools.change().await?;
        for (trace, _) in self.end_uses(&mut open, sale, only, now).await? {
            self.end_pack_afar(&mut open, sale, &trace, true).await?;
            open.run(HOLD, vec![self.here(), Arg::Text(trace), Arg::Number(now.0)]).await?;
        }
        open.commit().await
    }

    /// Ends uses that have not ended, and says which.
    async fn end_uses(
        &self,
        open: &mut Open<'_>,
        sale: u128,
        only: Option<&[String]>,
        now: Micros,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        const OF_SALE: &str = "SELECT trace, units FROM drug_use
            WHERE shard = $1 AND sale = $2 AND ended_at IS NULL ORDER BY trace";
        const END: &str = "UPDATE drug_use SET ended_at = $4
            WHERE shard = $1 AND trace = $2 AND sale = $3 AND ended_at IS NULL";
        let mut ended = Vec::new();
        for row in open.rows(OF_SALE, vec![self.here(), Arg::Bytes(id(sale))]).await? {
            let (trace, units) = (row.text(0)?, row.number(1)?);
            if only.is_some_and(|only| !only.contains(&trace)) {
                continue;
            }
            let args = vec![self.here(), Arg::Text(trace.clone()), Arg::Bytes(id(sale)), Arg::Number(now.0)];
            if open.run(END, args).await? == 1 {
                ended.push((trace, units));
            }
        }
        Ok(ended)
    }

    /// Somebody looked at a pack that came back: what came back of it can be sold again, or the pack is done with.
    /// Says whether it waited.
    pub async fn look_at_pack(&self, trace: &str, sound: bool) -> Result<bool, StoreError> {
        const SOUND: &str = "UPDATE drug_pack SET held_back = NULL, sold = (SELECT coalesce(sum(u.units), 0)
            FROM drug_use AS u WHERE u.shard = $1 AND u.trace = $2 AND u.ended_at IS NULL)
            WHERE shard = $1 AND trace = $2 AND held_back IS NOT NULL";
        const DONE: &str = "UPDATE drug_pack SET held_back = NULL, sold = content
            WHERE shard = $1 AND trace = $2 AND held_back IS NOT NULL";
        let sql = if sound { SOUND } else { DONE };
        Ok(self.once(sql, vec![self.here(), Arg::Text(trace.into())]).await? == 1)
    }

    pub async fn pack(&self, trace: &str) -> Result<Option<Pack>, StoreError> {
        const PACK: &str = "SELECT drug, content, sold, held_back FROM drug_pack WHERE shard = $1 AND trace = $2";
        const USES: &str = "SELECT sale, institution, units, at, ended_at FROM drug_use
            WHERE shard = $1 AND trace = $2 ORDER BY at, sale";
        let named = || vec![self.here(), Arg::Text(trace.into())];
        let rows = self.pools.rows(PACK, named()).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let uses = self.pools.rows(USES, named()).await?;
        Ok(Some(Pack {
            trace: trace.to_owned(),
            drug: row.text(0)?,
            content: units(row, 1)?,
            sold: units(row, 2)?,
            held_back: row.maybe_number(3)?.map(Micros),
            uses: uses.iter().map(sale).collect::<Result<_, _>>()?,
        }))
    }
}

fn units(row: &Row, at: usize) -> Result<u32, StoreError> {
    u32::try_from(row.number(at)?).map_err(|_| StoreError::Damaged("drug_pack".into()))
}

fn sale(row: &Row) -> Result<PackSale, StoreError> {
    Ok(PackSale {
        sale: row.id(0)?,
        institution: OwnerId(row.id(1)?),
        units: units(row, 2)?,
        at: Micros(row.number(3)?),
        ended_at: row.maybe_number(4)?.map(Micros),
    })
}
