//! The binary as a person or a script meets it.

mod common;
mod estimate;
mod group;
mod import;
mod pack;
mod serve;
mod wallet;
