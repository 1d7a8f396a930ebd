//! Three stories of the demonstration, each with links into pages that are filled in, and a way back to its beginning.

mod bill;
mod page;
mod words;

pub use page::Stories;
#[cfg(test)]
pub use words::Y;
