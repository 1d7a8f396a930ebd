//! Draws that several cells pay for: each rule by itself, and every order of what may happen.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod draws;
mod letters;
mod model;
mod windows;
mod world;
