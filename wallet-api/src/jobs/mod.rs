//! What goes on beside the requests.

mod keeper;

pub use keeper::{Keeper, Stop};
