//! Amounts in whole fen, rates as exact decimals, and the one bridge between them.

mod exact;
mod fen;
mod rate;

pub use exact::Exact;
pub use fen::{Fen, Rounding};
pub use rate::Rate;
