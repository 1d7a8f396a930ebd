//! Carries letters between cells.
//!
//! A courier takes what is under way in a cell's books to its receiver, in batches that are signed with the cell's SM2
//! key, and gives the receiver's word back to the books: nothing else ends a letter. The way between may lose, repeat and
//! reorder whatever it likes; the books know each letter by its number.

mod courier;
mod http;
mod local;
mod nats;
mod seal;

pub use courier::{BATCH_MAX, Courier, CourierError, Desk, DeskError, Lost, NOTES, Way};
pub use http::Http;
pub use local::Local;
pub use nats::{BrokerError, Nats};
pub use seal::{Content, KeyError, NOTE_MAX, Note, OpenError, Peers, Seal};
