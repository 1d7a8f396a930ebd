//! The wallet behind the interface: the books, who may ask them, and what is answered.

mod book;
mod convert;
mod csv;
mod open;
mod show;
mod underway;

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, RwLock};

use wallet_store::{Clock, Database, Desk, HeadPublic, StoreError, Writer};

use crate::auth::{Issuer, KeyRing, Limits, SecondFactors, Subject};
use crate::cells::Cells;
use crate::family::Family;
use crate::metrics::Metrics;
use crate::nhsa::Nhsa;
use crate::notices::Bell;
use crate::pay::Pay;
use crate::problem::ApiError;
use crate::seed::stories::Stories;
use wallet_types::TransportCode;

pub use book::{Done, Key, Operation, Order, derived};
pub use convert::{instant, kind, micros, purpose, state};
pub use csv::{csv_of, harmless};
pub use open::WalletError;
pub(crate) use open::keep_demonstration;
pub use show::{PAGE, correction_out};
pub(crate) use underway::Underway;

/// Everything that answers for the wallet.
pub struct Wallet {
    pub(crate) database: Database,
    pub(crate) desk: Desk,
    pub(crate) writer: Writer,
    pub(crate) keys: Arc<KeyRing>,
    /// Who signs the journal.
    pub(crate) signers: Vec<HeadPublic>,
    pub(crate) audience: String,
    pub(crate) issuer: Option<Issuer>,
    pub(crate) limits: Limits,
    pub(crate) second_factors: SecondFactors,
    /// Years for which bills and consents are kept after a deletion.
    pub(crate) keep_years: u32,
    pub(crate) batch_items: usize,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) family: Family,
    pub(crate) bell: Arc<Bell>,
    pub(crate) underway: Arc<Underway>,
    pub(crate) nhsa: Nhsa,
    pub(crate) pay: Pay,
    /// `None` where no other area is known.
    pub(crate) cells: Option<Cells>,
    /// `None` where people are real.
    pub(crate) stories: Option<Stories>,
    revoked: RwLock<HashSet<String>>,
}

impl fmt::Debug for Wallet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wallet")
    }
}

impl Wallet {
    /// Whether a token, or the session it is of, no longer counts.
    pub(crate) fn is_revoked(&self, subject: &Subject) -> bool {
        match self.revoked.read() {
            Ok(revoked) => subject.marks.iter().any(|mark| revoked.contains(mark)),
            // A thread died holding the list: nobody can say what is on it.
            Err(_) => true,
        }
    }

    /// Ends a session or a token here at once, and elsewhere within [`open::REFRESH`].
    pub(crate) async fn revoke(&self, name: &str) -> Result<(), StoreError> {
        if let Ok(mut revoked) = self.revoked.write() {
            revoked.insert(name.to_owned());
        }
        let until = self.issuer.as_ref().map_or_else(|| Clock::Own.here(), Issuer::last_until);
        self.desk.revoke(name, until).await
    }

    /// Reads again what other programs on the same database revoked.
    pub(crate) async fn refresh_revoked(&self) -> Result<(), StoreError> {
        let names = self.desk.revoked(Clock::Own.here()).await?;
        if let Ok(mut revoked) = self.revoked.write() {
            *revoked = names.into_iter().collect();
        }
        Ok(())
    }

    /// Whether the store answers and takes requests in, and anybody's token can be checked.
    pub(crate) async fn is_ready(&self) -> bool {
        !self.writer.is_halted() && !self.keys.now().keys.is_empty() && self.desk.answers().await.is_ok()
    }

    /// Waits until what was asked before is stored.
    pub async fn finish(&self) {
        // Nothing is asked; the answer comes after those of all that wait.
        let _ = self.writer.ask(Vec::new()).await;
    }
}

/// What a failing store means to a client. The cause goes to the log only.
impl From<StoreError> for ApiError {
    fn from(cause: StoreError) -> Self {
        tracing::error!(%cause, "the store");
        ApiError::Transport(match cause {
            StoreError::Again(_) => TransportCode::Busy,
            StoreError::Unclear(_) | StoreError::Stored => TransportCode::Unclear,
            StoreError::Halted(_) => TransportCode::Busy,
            StoreError::Damaged(_) | StoreError::TooNew { .. } | StoreError::TooOld { .. } | StoreError::NoAddress => {
                TransportCode::Internal
            }
        })
    }
}
