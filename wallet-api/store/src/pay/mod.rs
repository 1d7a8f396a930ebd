//! What settling a bill needs beside the books: who treats, how the patient is insured, orders, and payment codes.

mod batches;
mod codes;
mod differences;
mod guesses;
mod offers;
mod orders;
mod packs;
mod proposals;
mod records;
mod rx;
mod standings;
mod terms;

pub use batches::{BatchRow, ClearingItem};
pub use codes::{CodeRow, TokenRow};
pub use differences::{Difference, Sums};
pub use offers::Offer;
pub use orders::{OrderRow, Uses, Written, YearChange};
pub use packs::{Pack, PackSale, Take};
pub use proposals::{Proposal, ProposalState};
pub use records::{Records, RecordsOf};
pub use rx::{Practitioner, Rx, RxReview};
pub use standings::Standing;
pub(crate) use standings::{holds, keeps_out};
pub use terms::{AtTill, Provider, Sides, YearRow};
