//! Why nothing was stored.

use std::fmt;

use sqlx::error::DatabaseError;

/// What went wrong with the store; no request was decided.
#[derive(Debug)]
pub enum StoreError {
    /// Another took the lock or the connection went: the same batch may be tried again.
    Again(String),
    /// Whether the transaction was carried out could not be learned. It is asked for by its batch later.
    Unclear(String),
    /// A batch of this id is there: an earlier try, whose answer was lost, was carried out after all.
    Stored,
    /// The disk is full or failing, or the database refuses. The writer stops, and says so.
    Halted(String),
    /// A row that cannot be read: the store was written by something else.
    Damaged(String),
    /// The store was written by a later version.
    TooNew { found: i64, known: i64 },
    /// The store was written by an earlier version, and is only looked at.
    TooOld { found: i64, known: i64 },
    /// An address that no kind of database has.
    NoAddress,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Again(cause) => write!(f, "the store is busy: {cause}"),
            StoreError::Unclear(cause) => write!(f, "it is not known whether the batch was stored: {cause}"),
            StoreError::Stored => write!(f, "the batch was stored before"),
            StoreError::Halted(cause) => write!(f, "the store does not take anything in: {cause}"),
            StoreError::Damaged(cause) => write!(f, "the store is damaged: {cause}"),
            StoreError::TooNew { found, known } => {
                write!(f, "the store has schema {found}, this program knows {known}")
            }
            StoreError::TooOld { found, known } => {
                write!(f, "the store has schema {found}, this program reads {known}: open it to write first")
            }
            StoreError::NoAddress => write!(f, "no address of a database; accepted: {}", crate::database::ADDRESSES),
        }
    }
}

impl std::error::Error for StoreError {}

/// What a database says, in our terms. Only what is known to pass by itself is tried again.
pub(crate) fn of_sql(cause: sqlx::Error) -> StoreError {
    let text = cause.to_string();
    match &cause {
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => StoreError::Again(text),
        sqlx::Error::Database(error) if names_a_batch_again(&**error) => StoreError::Stored,
        sqlx::Error::Database(error) => match error.code().as_deref() {
            // PostgreSQL: serialisation failure, deadlock, lock not available, going down or starting, no longer the
            // one that takes writes.
            Some("40001" | "40P01" | "55P03" | "57P01" | "57P02" | "57P03" | "25006") => StoreError::Again(text),
            // SQLite: busy or locked, and their further forms.
            Some("5" | "6" | "261" | "262" | "517") => StoreError::Again(text),
            _ => StoreError::Halted(text),
        },
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => StoreError::Damaged(text),
        _ => StoreError::Halted(text),
    }
}

/// PostgreSQL says in which table; SQLite only in words.
fn names_a_batch_again(error: &dyn DatabaseError) -> bool {
    error.is_unique_violation() && (error.table() == Some("batch") || error.message().ends_with("batch.id"))
}
