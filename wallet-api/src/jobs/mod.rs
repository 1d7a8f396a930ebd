//! What goes on beside the requests.

mod keeper;
mod retention;

pub use keeper::{Keeper, Stop};
