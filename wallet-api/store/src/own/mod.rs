//! What people decide for themselves, and what is done for those who cannot.

mod erase;
mod names;
mod second_factor;
mod window;

pub use second_factor::{Attempt, SecondFactor};
pub use window::WindowAct;
