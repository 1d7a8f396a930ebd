//! What two people agreed on, and what of a person decides whether they may. The money is in the books.

mod gifts;
mod invitations;
mod persons;
mod relations;
mod sharers;

pub use gifts::Gift;
pub use invitations::{Invitation, InvitationState};
pub use persons::Person;
pub use relations::{Consent, Relation};
pub use sharers::{SharedBy, SharersOf};
