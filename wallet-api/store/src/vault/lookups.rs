//! Digests of identity numbers go on to the last key. A number is nowhere to digest it anew, so that each key digests
//! what the one before made; a row names the key that it has come to, and whoever was stopped goes on where it was.

use crate::desk::Desk;
use crate::error::StoreError;
use crate::sql::{Arg, Row};

/// Rows of one transaction.
const PAGE: i64 = 500;

/// A table with a digest in it.
struct Table {
    place: &'static str,
    find: &'static str,
    put: &'static str,
}

/// Invitations go first: whoever has come to the last key looks there alone for what is for them.
const TABLES: [Table; 2] = [
    Table {
        place: "invitation.invitee",
        find: "SELECT id, invitee, lookup_key FROM invitation WHERE shard = $1 AND lookup_key <> $2 AND id > $3
            ORDER BY id LIMIT $4",
        put: "UPDATE invitation SET invitee = $4, lookup_key = $5 WHERE shard = $1 AND id = $2 AND invitee = $3",
    },
    Table {
        place: "person.lookup",
        find: "SELECT owner, lookup, lookup_key FROM person WHERE shard = $1 AND lookup_key <> $2 AND owner > $3
            ORDER BY owner LIMIT $4",
        put: "UPDATE person SET lookup = $4, lookup_key = $5 WHERE shard = $1 AND owner = $2 AND lookup = $3",
    },
];

/// A digest, the row that has it, and the name of its key.
type Held = (Vec<u8>, [u8; 32], String);

impl Desk {
    /// Takes every digest on to the key `last`, and says of each table how many those were. `forward` is what a digest
    /// by a key of this name is under the last one; `None` where the key is not there.
    pub async fn renew_lookups(
        &self,
        last: &str,
        forward: impl Fn(&str, [u8; 32]) -> Option<[u8; 32]>,
        mut told: impl FnMut(&'static str, u64),
    ) -> Result<u64, StoreError> {
        let mut all = 0;
        for table in &TABLES {
            let (mut of_table, mut after) = (0, Vec::new());
            loop {
                let rows = self.digests(table, last, after).await?;
                let Some(end) = rows.last() else { break };
                after = end.0.clone();
                of_table += self.renew_page(table, last, rows, &forward).await?;
            }
            told(table.place, of_table);
            all += of_table;
        }
        Ok(all)
    }

    async fn digests(&self, table: &Table, last: &str, after: Vec<u8>) -> Result<Vec<Held>, StoreError> {
        let args = vec![self.here(), Arg::Text(last.to_owned()), Arg::Bytes(after), Arg::Number(PAGE)];
        let damaged = |_| StoreError::Damaged(table.place.into());
        let read = |row: &Row| Ok((row.bytes(0)?, row.bytes(1)?.try_into().map_err(damaged)?, row.text(2)?));
        self.pools.rows(table.find, args).await?.iter().map(read).collect()
    }

    /// A digest that somebody wrote anew meanwhile is by the last key already.
    async fn renew_page(
        &self,
        table: &Table,
        last: &str,
        rows: Vec<Held>,
        forward: impl Fn(&str, [u8; 32]) -> Option<[u8; 32]>,
    ) -> Result<u64, StoreError> {
        let mut open = self.pools.change().await?;
        let mut changed = 0;
        for (row, digest, key) in rows {
            let missing =
                || StoreError::Damaged(format!("{}: made by the key {key:?}, which is not there", table.place));
            let next = forward(&key, digest).ok_or_else(missing)?;
            let [digest, next] = [digest, next].map(|digest| Arg::Bytes(digest.to_vec()));
            let args = vec![self.here(), Arg::Bytes(row), digest, next, Arg::Text(last.to_owned())];
            changed += open.run(table.put, args).await?;
        }
        open.commit().await?;
        Ok(changed)
    }
}
