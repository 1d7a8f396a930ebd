//! The HTTP server: the page, the rule packs and the estimates.
//!
//! Estimates are answered by the same core that the page runs, so the bytes are the core's own.

mod asset;
mod config;
pub mod errors;
mod human;
mod observe;
pub mod openapi;
mod packs;
mod problem;
mod routes;
mod server;
mod site;

pub use config::{Config, Contents};
pub use packs::{BadPack, Packs};
pub use server::{ServeError, Service, app, serve};
pub use site::Site;
