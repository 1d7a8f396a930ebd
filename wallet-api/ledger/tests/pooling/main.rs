//! Draws that several cells pay for: each rule by itself, and every order of what may happen.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../../../../wasm-core/fuzz/src/dice.rs"]
mod dice;
mod draws;
mod letters;
mod model;
mod strange;
mod windows;
mod world;
