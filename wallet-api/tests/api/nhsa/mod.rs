//! The national settlement interface as a hospital's system meets it.

mod at_rest;
mod envelope;
mod golden;
mod guide;
mod others;
mod pharmacy;
mod reconcile;
mod settle;
mod stays;
mod till;
mod visits;
