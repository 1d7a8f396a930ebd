//! Simulates the books of an area from a seed.
//!
//! Clients send requests over a network that loses, doubles and reorders; the program that writes crashes before
//! and after its commits; its clock jumps. Whatever happens, a request takes effect at most once, what was
//! acknowledged is there, and the balances are those of a model that knows none of the ledger's code.

mod area;
mod client;
mod model;
mod world;

pub use world::{Failure, Report, run};
