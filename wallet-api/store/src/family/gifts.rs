use wallet_ledger::{HoldId, Micros, OwnerId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::{Arg, Row};

/// A transfer from one relative's wallet to another's; what became of it is the hold's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gift {
    pub hold: HoldId,
    pub relation: u128,
    pub giver: OwnerId,
    pub taker: OwnerId,
    pub made_at: Micros,
}

impl Desk {
    /// Notes a transfer before it is booked; one that was refused is noted for nothing.
    pub async fn put_gift(&self, gift: &Gift) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO gift (shard, hold, relation, giver, taker, made_at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            Arg::Bytes(id(gift.hold.0)),
            Arg::Bytes(id(gift.relation)),
            Arg::Bytes(id(gift.giver.0)),
            Arg::Bytes(id(gift.taker.0)),
            Arg::Number(gift.made_at.0),
        ];
        self.once(SQL, args).await.map(drop)
    }

    /// A transfer that somebody gave or is to take.
    pub async fn gift(&self, owner: OwnerId, hold: HoldId) -> Result<Option<Gift>, StoreError> {
        const SQL: &str = "SELECT hold, relation, giver, taker, made_at FROM gift
            WHERE shard = $1 AND hold = $2 AND (giver = $3 OR taker = $3)";
        let args = vec![self.here(), Arg::Bytes(id(hold.0)), Arg::Bytes(id(owner.0))];
        self.pools.rows(SQL, args).await?.first().map(read).transpose()
    }

    /// The latest transfers that somebody gave or was given.
    pub async fn gifts(&self, owner: OwnerId) -> Result<Vec<Gift>, StoreError> {
        const SQL: &str = "SELECT hold, relation, giver, taker, made_at FROM gift
            WHERE shard = $1 AND (giver = $2 OR taker = $2) ORDER BY made_at DESC, hold LIMIT 100";
        self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(owner.0))]).await?.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<Gift, StoreError> {
    Ok(Gift {
        hold: HoldId(row.id(0)?),
        relation: row.id(1)?,
        giver: OwnerId(row.id(2)?),
        taker: OwnerId(row.id(3)?),
        made_at: Micros(row.number(4)?),
    })
}
