//! What the national settlement interface has to remember. Every statement asks for the institution together with
//! the row: what another one sent is not there.

mod files;
mod filings;
mod lists;
mod members;
mod messages;
mod of_person;
mod prepaid;
mod settlements;
mod signing;
mod visits;

pub use files::Filed;
pub use filings::Filing;
pub use lists::SettlementList;
pub use members::{Heading, Institution, InstitutionKey, Sender};
pub use messages::{Message, Numbered, Numbers, SEQUENCE_MAX, Taken};
pub use prepaid::Prepaid;
pub use settlements::Movement;
pub use signing::Signing;
pub use visits::{Fee, Visit, VisitState};

use crate::sql::Arg;

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}
