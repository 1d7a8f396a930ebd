//! Looking after books: one program at a time, the one with the lease.

use wallet_ledger::{Command, Outcome};

use crate::batch::{Answer, own};
use crate::error::StoreError;
use crate::upkeep::Upkeep;
use crate::writer::{Refused, Writer};

/// Whoever holds this sweeps and signs.
pub const KEEPER: &str = "keeper";
/// The system itself among tenants, and the sweep among what it does.
const SYSTEM: u64 = 0;
const EXPIRE: u16 = 1;
/// Holds of one sweep at most: a batch has to stay short.
const SWEEP_MAX: u32 = 500;

/// Why a sweep did not come to its end.
#[derive(Debug)]
pub enum Unswept {
    Store(StoreError),
    Writer(Refused),
}

/// Ends holds whose deadline has passed, and says how many.
pub async fn sweep<U: Upkeep>(store: &U, writer: &Writer) -> Result<usize, Unswept> {
    let now = store.now().await.map_err(Unswept::Store)?;
    let due = store.due_holds(now, SWEEP_MAX).await.map_err(Unswept::Store)?;
    if due.is_empty() {
        return Ok(0);
    }
    // Named by the instant too: were a clock put back and the hold not due after all, that answer would be
    // kept under this name and given for ever.
    let expire = |id: wallet_ledger::HoldId| {
        let key = format!("expire-{:032x}-{}", id.0, now.0);
        own(SYSTEM, EXPIRE, key, Command::Expire { hold: id })
    };
    let answers = writer.ask(due.iter().map(|hold| expire(hold.id)).collect()).await.map_err(Unswept::Writer)?;
    Ok(answers.iter().filter_map(Answer::outcome).filter(|outcome| *outcome == Outcome::Done).count())
}
