//! What people decide for themselves, and what is done for those who cannot.

mod erase;
mod names;
mod reset;
mod retention;
mod second_factor;
mod tables;
mod uncoded;
mod window;

pub use reset::FactorReset;
pub use second_factor::{Attempt, SecondFactor};
pub use tables::{Held, TABLES};
pub use window::WindowAct;
