//! The national settlement interface as a hospital's system meets it.

mod envelope;
mod golden;
mod settle;
mod till;
mod visits;
