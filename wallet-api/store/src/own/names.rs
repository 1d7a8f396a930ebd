//! What people call their relatives, and whose money they draw on first.

use std::collections::HashMap;

use wallet_ledger::{Micros, OwnerId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::family::Relation;
use crate::notices::{Notice, NoticeKind};
use crate::rows::id;
use crate::sql::{Arg, Row};

impl Desk {
    /// Keeps what one side of a relation calls the other; an empty name takes it away.
    pub async fn put_nickname(&self, relation: u128, owner: OwnerId, name: &str) -> Result<(), StoreError> {
        const PUT: &str = "INSERT INTO nickname (shard, relation, owner, name) VALUES ($1, $2, $3, $4)
            ON CONFLICT (shard, relation, owner) DO UPDATE SET name = excluded.name";
        const DROP: &str = "DELETE FROM nickname WHERE shard = $1 AND relation = $2 AND owner = $3";
        let mut args = vec![self.here(), Arg::Bytes(id(relation)), Arg::Bytes(id(owner.0))];
        if name.is_empty() {
            return self.once(DROP, args).await.map(drop);
        }
        args.push(self.seal(&self.place("nickname.name").id(relation).id(owner.0), name)?);
        self.once(PUT, args).await.map(drop)
    }

    /// What somebody calls their relatives, by relation.
    pub async fn nicknames(&self, owner: OwnerId) -> Result<HashMap<u128, String>, StoreError> {
        const SQL: &str = "SELECT relation, name FROM nickname WHERE shard = $1 AND owner = $2";
        let read = |row: &Row| {
            let relation = row.id(0)?;
            let place = self.place("nickname.name").id(relation).id(owner.0);
            Ok((relation, self.unseal(&place, &row.text(1)?)?))
        };
        self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(owner.0))]).await?.iter().map(read).collect()
    }

    /// Says which number a relation has in the order of drawing. The change stays on record, and the other side is told.
    pub async fn set_priority(
        &self,
        relation: &Relation,
        by: OwnerId,
        priority: u8,
        now: Micros,
    ) -> Result<(), StoreError> {
        const SET: &str = "UPDATE relation SET priority = $3 WHERE shard = $1 AND id = $2 AND priority <> $3";
        const NOTE: &str = "INSERT INTO priority_change (shard, relation, at, changed_by, was, is_now)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (shard, relation, at) DO UPDATE SET is_now = excluded.is_now";
        let mut open = self.pools.change().await?;
        let set = vec![self.here(), Arg::Bytes(id(relation.id)), Arg::Number(priority.into())];
        if open.run(SET, set).await? == 0 {
            return Ok(());
        }
        let note = vec![
            self.here(),
            Arg::Bytes(id(relation.id)),
            Arg::Number(now.0),
            Arg::Bytes(id(by.0)),
            Arg::Number(relation.priority.into()),
            Arg::Number(priority.into()),
        ];
        open.run(NOTE, note).await?;
        let owner = if relation.giver == by { relation.taker } else { relation.giver };
        let (kind, relation) = (NoticeKind::OrderChanged, relation.id);
        self.tell_in(&mut open, &Notice { owner, kind, at: now, relation, amount: None, institution: None }).await?;
        open.commit().await
    }
}
