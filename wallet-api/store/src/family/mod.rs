//! What two people agreed on, and what of a person decides whether they may. The money is in the books.

mod gifts;
mod invitations;
mod persons;
mod relations;

pub use gifts::Gift;
pub use invitations::{Invitation, InvitationState};
pub use persons::Person;
pub(crate) use relations::read_relation;
pub use relations::{Consent, Relation};
