//! What has to be kept for some years is deleted when they are over.

use wallet_ledger::Micros;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::sql::{Arg, Row};

/// Relations that ended before an instant, as long as nothing is left in their quota, waits to be accepted, or is held
/// for a bill.
const RELATIONS: &str = "SELECT r.id FROM relation AS r WHERE r.shard = $1 AND r.ended_at < $2
    AND NOT EXISTS (SELECT 1 FROM account AS a WHERE a.shard = r.shard AND a.id = r.id
        AND (a.posted <> 0 OR a.held <> 0))
    AND NOT EXISTS (SELECT 1 FROM gift AS g JOIN hold AS h ON h.shard = g.shard AND h.id = g.hold
        WHERE g.shard = r.shard AND g.relation = r.id AND h.pending = 1)
    AND NOT EXISTS (SELECT 1 FROM hold AS h JOIN payment_draw AS d ON d.shard = h.shard AND d.payment = h.id
        WHERE h.shard = r.shard AND h.pending = 1 AND d.relation = r.id)
    ORDER BY r.ended_at, r.id LIMIT $3";
/// Invitations that nobody accepted.
const INVITATIONS: &str = "SELECT id FROM invitation WHERE shard = $1 AND until < $2 AND state <> 1
    ORDER BY until, id LIMIT $3";
const RESETS: &str = "SELECT id FROM factor_reset WHERE shard = $1 AND until < $2 ORDER BY until, id LIMIT $3";

/// All that stands under the id of a relation or invitation, which goes last. Draws stay, as the journal does: they are
/// between accounts.
const OF_RELATION: [&str; 9] = [
    "DELETE FROM notice WHERE shard = $1 AND relation = $2 AND owner IN (
        SELECT giver FROM relation WHERE shard = $1 AND id = $2
        UNION SELECT taker FROM relation WHERE shard = $1 AND id = $2
        UNION SELECT inviter FROM invitation WHERE shard = $1 AND id = $2
        UNION SELECT p.owner FROM invitation AS i JOIN person AS p ON p.shard = i.shard AND p.lookup = i.invitee
            WHERE i.shard = $1 AND i.id = $2)",
    "DELETE FROM consent WHERE shard = $1 AND relation = $2",
    "DELETE FROM nickname WHERE shard = $1 AND relation = $2",
    "DELETE FROM priority_change WHERE shard = $1 AND relation = $2",
    "DELETE FROM window_act WHERE shard = $1 AND relation = $2",
    "DELETE FROM gift WHERE shard = $1 AND relation = $2",
    "DELETE FROM share_told WHERE shard = $1 AND relation = $2",
    "DELETE FROM relation WHERE shard = $1 AND id = $2",
    "DELETE FROM invitation WHERE shard = $1 AND id = $2",
];
const OF_RESET: [&str; 2] = [
    "DELETE FROM notice WHERE shard = $1 AND relation = $2
        AND owner IN (SELECT person FROM factor_reset WHERE shard = $1 AND id = $2)",
    "DELETE FROM factor_reset WHERE shard = $1 AND id = $2",
];

impl Desk {
    /// Deletes what was over before an instant and has no money on it any more, at most so many of each kind, and says
    /// how many there were. The journal stays: it says nothing of who anybody is.
    pub async fn sweep_kept(&self, before: Micros, most: u32) -> Result<u64, StoreError> {
        let mut gone = 0;
        for (find, delete) in [(RELATIONS, &OF_RELATION[..]), (INVITATIONS, &OF_RELATION), (RESETS, &OF_RESET)] {
            gone += self.sweep_page(find, delete, before, most).await?;
        }
        Ok(gone)
    }

    /// Looks and deletes in one transaction.
    async fn sweep_page(
        &self,
        find: &'static str,
        delete: &[&'static str],
        before: Micros,
        most: u32,
    ) -> Result<u64, StoreError> {
        let mut open = self.pools.change().await?;
        let found = open.rows(find, vec![self.here(), Arg::Number(before.0), Arg::Number(most.into())]).await?;
        let ids = found.iter().map(|row: &Row| row.bytes(0)).collect::<Result<Vec<_>, _>>()?;
        for id in &ids {
            for sql in delete {
                open.run(sql, vec![self.here(), Arg::Bytes(id.clone())]).await?;
            }
        }
        open.commit().await?;
        Ok(u64::try_from(ids.len()).unwrap_or(u64::MAX))
    }
}
