//! Family accounts: who may share, how much, where money comes from, and what happens then.

mod fields;
mod form;
mod page;
mod result;
mod words;

pub use page::Family;
#[cfg(test)]
pub use words::F;
