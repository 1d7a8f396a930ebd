use anxin_core::Fen;
use wallet_ledger::{Micros, OwnerId};

use crate::desk::{Desk, OfSide};
use crate::error::StoreError;
use crate::journal::PAGE_MAX;
use crate::pay::OrderRow;
use crate::permit::Actor;
use crate::rows::id;
use crate::sql::{Arg, Row};

/// What one order adds to what an institution is owed, or takes off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClearingItem {
    pub id: u128,
    pub order: u128,
    pub at: Micros,
    pub pooled: Fen,
    pub account: Fen,
}

/// 清算批次 as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRow {
    pub id: u128,
    pub institution: OwnerId,
    /// Counts its changes, from 1.
    pub version: i64,
    pub made_at: Micros,
    pub body: String,
}

const LATEST: OfSide = OfSide {
    patient: None,
    institution: "SELECT id, institution, version, made_at, body FROM clearing_batch
        WHERE shard = $1 AND institution = $2 ORDER BY made_at DESC, id LIMIT $3",
    all: "SELECT id, institution, version, made_at, body FROM clearing_batch
        WHERE shard = $1 ORDER BY made_at DESC, id LIMIT $2",
};

impl Desk {
    /// Orders of an institution that changed since an instant, and not those that were only made.
    pub async fn orders_changed(
        &self,
        institution: OwnerId,
        since: Micros,
        after: u128,
        most: u32,
    ) -> Result<Vec<OrderRow>, StoreError> {
        const SQL: &str = "SELECT id, institution, patient, state, version, made_at, changed_at, body FROM pay_order
            WHERE shard = $1 AND institution = $2 AND (changed_at > $3 OR (changed_at = $3 AND id > $4))
            ORDER BY changed_at, id LIMIT $5";
        let args = vec![
            self.here(),
            Arg::Bytes(id(institution.0)),
            Arg::Number(since.0),
            Arg::Bytes(id(after)),
            Arg::Number(most.min(PAGE_MAX).into()),
        ];
        self.pools.rows(SQL, args).await?.iter().map(|row| self.read_order(row)).collect()
    }

    /// Which of these items no batch has.
    pub async fn undeclared(&self, items: Vec<ClearingItem>) -> Result<Vec<ClearingItem>, StoreError> {
        const SQL: &str = "SELECT 1 FROM clearing_item WHERE shard = $1 AND item = $2";
        let mut open = self.pools.snapshot().await?;
        let mut free = Vec::new();
        for item in items {
            if open.rows(SQL, vec![self.here(), Arg::Bytes(id(item.id))]).await?.is_empty() {
                free.push(item);
            }
        }
        Ok(free)
    }

    /// Keeps a new batch with its items, all or nothing: an item is declared once. Says whether it is kept now; the
    /// same batch again changes nothing.
    pub async fn declare_batch(&self, batch: &BatchRow, items: &[ClearingItem]) -> Result<bool, StoreError> {
        const PUT: &str = "INSERT INTO clearing_batch (shard, id, institution, version, made_at, body)
            VALUES ($1, $2, $3, 1, $4, $5) ON CONFLICT DO NOTHING";
        const ITEM: &str = "INSERT INTO clearing_item (shard, item, batch, of_order, at, pooled, account)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let mut open = self.pools.change().await?;
        let args = vec![
            self.here(),
            Arg::Bytes(id(batch.id)),
            Arg::Bytes(id(batch.institution.0)),
            Arg::Number(batch.made_at.0),
            Arg::Text(batch.body.clone()),
        ];
        if open.run(PUT, args).await? == 0 {
            return Ok(true);
        }
        for item in items {
            let args = vec![
                self.here(),
                Arg::Bytes(id(item.id)),
                Arg::Bytes(id(batch.id)),
                Arg::Bytes(id(item.order)),
                Arg::Number(item.at.0),
                Arg::Number(item.pooled.get()),
                Arg::Number(item.account.get()),
            ];
            if open.run(ITEM, args).await? == 0 {
                return Ok(false);
            }
        }
        open.commit().await?;
        Ok(true)
    }

    /// Changes a batch that is still of the version that it was read with, and says whether it was. With `free`, its
    /// items can be declared again.
    pub async fn change_batch(&self, batch: &BatchRow, free: bool) -> Result<bool, StoreError> {
        const SET: &str = "UPDATE clearing_batch SET version = version + 1, body = $4
            WHERE shard = $1 AND id = $2 AND version = $3";
        const FREE: &str = "DELETE FROM clearing_item WHERE shard = $1 AND batch = $2";
        let mut open = self.pools.change().await?;
        let args =
            vec![self.here(), Arg::Bytes(id(batch.id)), Arg::Number(batch.version), Arg::Text(batch.body.clone())];
        if open.run(SET, args).await? == 0 {
            return Ok(false);
        }
        if free {
            open.run(FREE, vec![self.here(), Arg::Bytes(id(batch.id))]).await?;
        }
        open.commit().await?;
        Ok(true)
    }

    /// A batch of which the actor is one side.
    pub async fn clearing_batch(&self, actor: Actor, batch: u128) -> Result<Option<BatchRow>, StoreError> {
        const SQL: &str = "SELECT id, institution, version, made_at, body FROM clearing_batch
            WHERE shard = $1 AND id = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(batch))]).await?;
        let found = rows.first().map(read).transpose()?;
        Ok(found.filter(|batch| actor.is_side(batch.institution, None)))
    }

    /// The latest batches of which the actor is one side.
    pub async fn clearing_batches(&self, actor: Actor, most: u32) -> Result<Vec<BatchRow>, StoreError> {
        let most = Arg::Number(most.min(PAGE_MAX).into());
        self.of_side(actor, &LATEST, vec![most]).await?.iter().map(read).collect()
    }

    /// The statement of a batch.
    pub async fn clearing_items(&self, batch: u128) -> Result<Vec<ClearingItem>, StoreError> {
        const SQL: &str = "SELECT item, of_order, at, pooled, account FROM clearing_item
            WHERE shard = $1 AND batch = $2 ORDER BY at, item";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(batch))]).await?;
        rows.iter().map(item).collect()
    }
}

fn read(row: &Row) -> Result<BatchRow, StoreError> {
    Ok(BatchRow {
        id: row.id(0)?,
        institution: OwnerId(row.id(1)?),
        version: row.number(2)?,
        made_at: Micros(row.number(3)?),
        body: row.text(4)?,
    })
}

fn item(row: &Row) -> Result<ClearingItem, StoreError> {
    let fen = |at| Fen::new(row.number(at)?).ok_or_else(|| StoreError::Damaged("clearing_item".into()));
    Ok(ClearingItem {
        id: row.id(0)?,
        order: row.id(1)?,
        at: Micros(row.number(2)?),
        pooled: fen(3)?,
        account: fen(4)?,
    })
}
