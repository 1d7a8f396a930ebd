//! Where the wallet's books are, as commands are told.

use std::fs;
use std::path::Path;

use clap::Args;
use tokio::runtime::{Builder, Runtime};
use wallet_store::{KeyError, StoreError};

use crate::failure::Failure;

#[derive(Debug, Args)]
pub struct BooksArg {
    /// `sqlite:PATH` or `postgres://user@host/database`
    #[arg(long, value_name = "URL", env = "ANXIN_DATABASE_URL", hide_env_values = true)]
    pub database: String,
    /// Number of the insured area whose books these are
    #[arg(long, value_name = "N", env = "ANXIN_DATABASE_AREA", default_value_t = 440_100)]
    pub area: u64,
}

/// What a database needs to be talked to.
pub fn runtime() -> Result<Runtime, Failure> {
    Builder::new_current_thread().enable_all().build().map_err(|e| Failure::machine("runtime", &e))
}

pub fn failed(cause: &StoreError) -> Failure {
    Failure::machine("database", cause)
}

/// A key out of a file.
pub fn key<K>(path: &Path, read: impl FnOnce(&str) -> Result<K, KeyError>) -> Result<K, Failure> {
    let pem = fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
    read(&pem).map_err(|e| Failure::file(path, &e))
}
