//! One contract for every way that notes can go: draws end, once, whatever the way does to them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod broker;
mod notes;
mod server;
mod town;
mod ways;
