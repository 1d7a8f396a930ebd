//! Where a store's time comes from.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use wallet_ledger::Micros;

/// A clock of this program, or the database's own.
#[derive(Clone, Default)]
pub enum Clock {
    /// The database's, so that several programs on one database have one clock; SQLite and memory have
    /// this machine's.
    #[default]
    Own,
    /// Somebody else's: a simulation's or a test's.
    Given(Arc<dyn Fn() -> Micros + Send + Sync>),
}

impl Clock {
    /// What the clock shows, or this machine's time.
    pub fn here(&self) -> Micros {
        match self {
            Clock::Given(clock) => clock(),
            Clock::Own => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
            }
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self, Clock::Own) { "Own" } else { "Given" })
    }
}
