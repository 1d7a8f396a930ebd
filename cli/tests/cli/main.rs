//! The binary as a person or a script meets it.

mod common;
mod estimate;
mod forecast;
mod group;
mod import;
mod pack;
mod serve;
