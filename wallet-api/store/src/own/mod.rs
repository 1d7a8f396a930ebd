//! What people decide for themselves, and what is done for those who cannot.

mod erase;
mod names;
mod second_factor;
mod tables;
mod window;

pub use second_factor::{Attempt, SecondFactor};
pub use tables::{Held, TABLES};
pub use window::WindowAct;
