//! The project's task runner. `cargo xtask --help` lists the tasks.

mod bench;
mod deny;
mod figures;
mod fuzz;
mod guard;
mod leaks;
mod mutants;
mod pack;
mod run;
mod schemathesis;
mod sdk;
mod security;
mod setup;
mod soak;
mod steps;
mod test;
mod test_names;
mod tidy;
mod toolchain;
mod tour;
mod wasm;

use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::Parser;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, checks and runs Anxin.")]
enum Task {
    /// Looks for the tools that the other tasks need, and installs what is missing.
    Setup,
    /// Builds everything and serves it at http://127.0.0.1:8080.
    Run {
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Runs every check and test.
    Test(test::Args),
    /// Builds the WebAssembly modules, the page, and the package for mini-programs.
    Wasm {
        /// Only one of them.
        #[arg(long)]
        only: Option<wasm::Part>,
    },
    /// Lints the rules and compiles them into packs.
    Pack,
    /// Checks the arrows between crates, the length of files, and links.
    Tidy,
    /// Measures speed and size: JSON lines on standard output, a table on standard error, figures in docs/PERFORMANCE.md.
    Bench(bench::Args),
    /// Simulates the wallet's books from a seed: `cargo xtask sim --seed 7 --count 100`.
    Sim {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Loads two provinces for a long time while servers are killed: nothing grows, and everybody agrees afterwards.
    Soak(soak::Args),
    /// Makes mistakes on purpose, and demands that tests fail.
    Mutants(mutants::Args),
    /// Tries every parser with inputs that nobody should send, and prints what was tried.
    Fuzz(fuzz::Args),
    /// Checks licences, banned crates and advisories.
    Deny,
    /// Asks a server whatever its description allows, and what it does not.
    Schemathesis,
    /// Takes the pictures of docs/tours anew, in a browser.
    Tour,
}

fn main() -> ExitCode {
    if let Err(error) = forget_the_package() {
        eprintln!("\nerror: {error:#}");
        return ExitCode::FAILURE;
    }
    let done = match Task::parse() {
        Task::Setup => setup::everything(),
        Task::Run { port } => run::run(port),
        Task::Test(args) => test::run(&args),
        Task::Wasm { only } => wasm::build_some(only),
        Task::Pack => pack::build(),
        Task::Tidy => tidy::run(&root()),
        Task::Bench(args) => bench::run(&args),
        Task::Sim { args } => simulate(&args),
        Task::Soak(args) => soak::run(&args),
        Task::Mutants(args) => mutants::run(&args),
        Task::Fuzz(args) => fuzz::run(&args),
        Task::Deny => deny::run(),
        Task::Schemathesis => schemathesis::run(),
        Task::Tour => tour::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `cargo run` tells a program of its package. Build scripts of other crates (ring's) look at the same variables, so that
/// a task and a plain `cargo build` in turn would have these crates, and all that stands on them, built anew each time.
/// Starts this program again without them.
fn forget_the_package() -> anyhow::Result<()> {
    let of_package = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    let told: Vec<_> =
        std::env::vars_os().map(|(name, _)| name).filter(|n| n.to_str().is_some_and(of_package)).collect();
    if told.is_empty() {
        return Ok(());
    }
    let mut again = Command::new(std::env::current_exe()?);
    again.args(std::env::args_os().skip(1));
    for name in told {
        again.env_remove(name);
    }
    Err(again.exec().into())
}

fn simulate(args: &[String]) -> anyhow::Result<()> {
    let sh = shell()?;
    Ok(xshell::cmd!(sh, "cargo run --quiet --release --package wallet-sim -- {args...}").quiet().run()?)
}

/// The project's folder.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

/// A shell that stands in the project's folder.
fn shell() -> anyhow::Result<xshell::Shell> {
    let shell = xshell::Shell::new()?;
    shell.change_dir(root());
    Ok(shell)
}
