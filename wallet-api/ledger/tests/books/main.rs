//! The books against a model that is too simple to be wrong, and at every edge that has a name.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod flags;
mod history;
mod limits;
mod machines;
mod model;
mod quota;
mod refunds;
mod relatives;
mod routes;
mod town;
mod two;
mod two_phase;
