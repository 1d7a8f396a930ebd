//! What the national settlement interface has to remember. Every statement asks for the institution together with
//! the row: what another one sent is not there.

mod files;
mod members;
mod messages;
mod settlements;
mod signing;
mod visits;

pub use files::Filed;
pub use members::{Institution, InstitutionKey};
pub use messages::{Message, Numbered, SEQUENCE_MAX, Taken};
pub use settlements::Movement;
pub use signing::Signing;
pub use visits::{Fee, Visit, VisitState};

use crate::sql::Arg;

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}
