//! The HTTP server: the page, the rule packs and the estimates.
//!
//! Estimates are answered by the same core that the page runs, so the bytes are the core's own.

mod asset;
mod auth;
mod body;
mod cells;
mod clearing;
mod config;
mod connection;
#[cfg(feature = "doors")]
pub mod doors;
pub mod errors;
mod family;
mod hex;
mod human;
mod jobs;
mod metrics;
pub mod nhsa;
mod notices;
mod observe;
pub mod openapi;
mod packs;
mod pay;
mod privacy;
mod problem;
mod routes;
mod seed;
mod server;
pub mod settings;
mod site;
mod supervision;
mod wallet;

pub use auth::Role;
pub use config::{Config, Contents};
pub use family::{DEMO_NUMBERS, LookupKeys};
pub use jobs::{Keeper, Stop};
pub use metrics::Metrics;
pub use packs::{BadPack, Packs};
pub use seed::{DEMO_AREAS, Seeded, id as demo_id, people, seed, seed_accounts, seed_demo, tell};
pub use server::{ServeError, Service, app, serve};
pub use settings::Settings;
pub use site::Site;
pub use wallet::{Wallet, WalletError};
pub use wallet_types::{StoryName, StoryOut};
