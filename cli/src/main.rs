//! `anxin`: estimates, rule packs and the server, on the command line.

mod args;
mod books;
mod estimate;
mod failure;
mod family;
mod forecast;
mod group;
mod import;
mod input;
mod keys;
mod pack;
mod packs;
mod seed;
mod serve;
mod settings;
mod sheet;
mod table;
mod verify;
mod worker;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command, PackCommand};
use failure::Failure;

fn main() -> ExitCode {
    let well = |()| ExitCode::SUCCESS;
    let done = match Cli::parse().command {
        Command::Estimate(args) => estimate::run(&args).and_then(|text| print(&text)).map(well),
        Command::Family(args) => family::run(&args).and_then(|text| print(&text)).map(well),
        Command::Forecast(args) => forecast::run(&args).and_then(|text| print(&text)).map(well),
        Command::Group(args) => group::run(&args),
        Command::Pack(PackCommand::Inspect(args)) => pack::inspect(&args).and_then(|text| print(&text)).map(well),
        Command::Pack(PackCommand::Verify(args)) => pack::verify(&args).and_then(|text| print(&text)).map(well),
        Command::Pack(PackCommand::Import(command)) => import::run(&command),
        Command::Serve(args) => serve::run(&args).map(well),
        Command::Verify(args) => verify::run(&args).and_then(|(text, sound)| {
            print(&text)?;
            Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(3) })
        }),
        Command::Worker(args) => worker::run(&args).map(well),
        Command::Keys(command) => keys::run(&command).and_then(|text| print(&text)).map(well),
        Command::Seed(args) => seed::run(&args).and_then(|text| print(&text)).map(well),
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            // With standard error gone there is nobody left to tell.
            let _ = writeln!(io::stderr().lock(), "{}", failure.told());
            failure.exit_code()
        }
    }
}

/// Writes a result and a line end. A reader that has seen enough (`| head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Failure::machine("standard output", &e)),
        _ => Ok(()),
    }
}
