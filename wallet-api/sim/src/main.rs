//! Runs seeds one after the other. Every seed is run twice: two runs that differ are a failure too.

use anyhow::{Result, ensure};
use clap::Parser;
use wallet_sim::run;

#[derive(Parser)]
struct Args {
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many seeds.
    #[arg(long, default_value_t = 1)]
    count: u64,
    #[arg(long, default_value_t = 2_000)]
    steps: usize,
}

#[allow(clippy::print_stdout, reason = "what a program prints is its answer")]
fn main() -> Result<()> {
    let args = Args::parse();
    for seed in args.seed..args.seed.saturating_add(args.count) {
        let report = run(seed, args.steps)?;
        ensure!(run(seed, args.steps)? == report, "seed {seed}: two runs differ");
        println!("seed {seed}: {report:?}");
    }
    Ok(())
}
