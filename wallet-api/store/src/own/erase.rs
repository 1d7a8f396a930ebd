use wallet_ledger::OwnerId;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::Arg;

/// What nobody has to keep. The books name people by opaque ids only, and stay whole.
const ERASE: [&str; 5] = [
    "DELETE FROM nickname WHERE shard = $1 AND owner = $2",
    "DELETE FROM second_factor WHERE shard = $1 AND owner = $2",
    "DELETE FROM notice WHERE shard = $1 AND owner = $2",
    "DELETE FROM notice_seen WHERE shard = $1 AND owner = $2",
    // One that was accepted is part of a relation.
    "DELETE FROM invitation WHERE shard = $1 AND inviter = $2 AND state <> 1",
];

impl Desk {
    /// Deletes all of it or nothing.
    pub async fn erase(&self, owner: OwnerId) -> Result<(), StoreError> {
        let mut open = self.pools.change().await?;
        for sql in ERASE {
            open.run(sql, vec![self.here(), Arg::Bytes(id(owner.0))]).await?;
        }
        open.commit().await
    }
}
