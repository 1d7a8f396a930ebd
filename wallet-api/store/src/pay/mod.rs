//! What settling a bill needs beside the books: who treats, how the patient is insured, and orders.

mod orders;
mod terms;

pub use orders::{OrderRow, Written, YearChange};
pub use terms::{Provider, YearRow};
