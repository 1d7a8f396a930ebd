//! Letters that nobody will ask for again are forgotten: their windows are closed with everybody, so each of them was
//! taken in. What they caused stays in the journal.

use wallet_ledger::Window;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::{from_body, signed};
use crate::sql::Arg;

const CLOSED: &str = "SELECT body FROM clearing_window WHERE shard = $1 AND agreed = 1 ORDER BY id DESC LIMIT $2";
const FORGET: &str = "DELETE FROM letter_out WHERE shard = $1 AND peer = $2 AND last < $3
    AND last <= (SELECT acked FROM link WHERE shard = $1 AND peer = $2)";

impl Desk {
    /// Forgets what was written before the last `kept` closed windows began; says how many sheets of them.
    pub async fn forget_letters(&self, kept: u32) -> Result<u64, StoreError> {
        let args = vec![self.here(), Arg::Number(i64::from(kept) + 1)];
        let rows = self.pools.rows(CLOSED, args).await?;
        let mut forgotten = 0;
        let Some(oldest) = rows.get(usize::try_from(kept).unwrap_or(usize::MAX)) else { return Ok(forgotten) };
        let window: Window = from_body("clearing_window", &oldest.bytes(0)?)?;
        for (peer, told) in window.told {
            let args = vec![self.here(), Arg::Number(peer.0.into()), Arg::Number(signed(told))];
            forgotten += self.once(FORGET, args).await?;
        }
        Ok(forgotten)
    }
}
