//! Two provinces under load for a long time.

use anyhow::Result;
use clap::Parser;
use xshell::cmd;

use crate::{setup, shell};

#[derive(Parser)]
pub struct Args {
    /// How long bills are settled.
    #[arg(long, default_value_t = 30.0)]
    minutes: f64,
}

/// Fails when memory or open files grow, or anybody disagrees afterwards; says what it saw either way.
pub fn run(args: &Args) -> Result<()> {
    setup::for_books()?;
    let sh = shell()?;
    let _minutes = sh.push_env("ANXIN_SOAK_MINUTES", args.minutes.to_string());
    Ok(cmd!(sh, "cargo test --package anxin --test cli soak -- --include-ignored --nocapture").quiet().run()?)
}
