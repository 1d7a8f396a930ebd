//! Amounts in whole fen, rates as exact decimals, and the one bridge between them.

mod exact;
mod fen;
mod rate;
mod split;

pub use exact::Exact;
pub use fen::{Fen, Rounding};
pub use rate::Rate;
pub use split::{Remainder, allot};
