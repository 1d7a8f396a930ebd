//! What a window has in it, line by line.

use wallet_ledger::{Obligation, WindowId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::{from_body, signed};
use crate::sql::Arg;

const WINDOW: &str = "SELECT 1 FROM clearing_window WHERE shard = $1 AND id = $2";
const OF_WINDOW: &str = "SELECT body FROM obligation WHERE shard = $1 AND clearing_window = $2
    ORDER BY creditor, debtor, transfer";

impl Desk {
    /// Everything that is owed in a window; `None` where there is no such window.
    pub async fn obligations(&self, window: WindowId) -> Result<Option<Vec<Obligation>>, StoreError> {
        let args = || vec![self.here(), Arg::Number(signed(window.0))];
        if self.pools.rows(WINDOW, args()).await?.is_empty() {
            return Ok(None);
        }
        let rows = self.pools.rows(OF_WINDOW, args()).await?;
        rows.iter().map(|row| from_body("obligation", &row.bytes(0)?)).collect::<Result<_, _>>().map(Some)
    }
}
