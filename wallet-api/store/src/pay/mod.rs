//! What settling a bill needs beside the books: who treats, how the patient is insured, orders, and payment codes.

mod codes;
mod guesses;
mod orders;
mod packs;
mod terms;

pub use codes::{CodeRow, TokenRow};
pub use orders::{OrderRow, Written, YearChange};
pub use packs::{Pack, PackSale, Take};
pub use terms::{Provider, YearRow};
