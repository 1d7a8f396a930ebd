//! What lies outside the page: the browser, the rule packs, and the core.

pub mod browser;
pub mod cells;
pub mod engine;
pub mod own_packs;
pub mod packs;
pub mod words;
