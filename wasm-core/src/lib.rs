//! The rules of Chinese basic medical insurance, pure.
//!
//! Nothing in this crate reads a file, a clock, the network or a random number, and no amount is
//! ever a float. It is handed rule packs as bytes and answers with values, diagnostics and a trace
//! of how every figure came about.

pub mod benefit;
#[cfg(feature = "grouping")]
pub mod code;
pub mod date;
#[cfg(feature = "grouping")]
pub mod dip;
pub mod dispatch;
#[cfg(feature = "grouping")]
pub mod drg;
pub mod error;
#[cfg(feature = "family")]
pub mod family;
pub mod money;
pub mod pack;
#[cfg(feature = "grouping")]
pub mod preview;
pub mod proof;
pub mod rules;
pub mod text;

pub use date::Day;
pub use error::{Refusal, RefusalCode};
pub use money::{Fen, Rate, Rounding};
