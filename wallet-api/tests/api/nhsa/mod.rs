//! The national settlement interface as a hospital's system meets it.

mod at_rest;
mod envelope;
mod export;
mod filed;
mod golden;
mod guide;
mod mobile;
mod mobile_back;
mod office;
mod others;
mod pharmacy;
mod prepaid;
mod reconcile;
mod settle;
mod special;
mod stays;
mod till;
mod visits;
