//! The binary as a person or a script meets it.

mod books;
mod cells;
mod common;
mod estimate;
mod family;
mod forecast;
mod group;
mod import;
mod link;
mod pack;
mod province;
mod provinces;
mod serve;
mod soak;
mod wallet;
