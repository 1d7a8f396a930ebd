//! Finishes what the compiler and wasm-opt leave: JavaScript glue, checks of the mini-program
//! module, the page's files under hashed names, and Brotli twins.

mod bindgen;
mod mini;
mod shrink;
mod site;
mod tours;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

#[derive(Parser)]
#[command(about)]
enum Command {
    /// Makes the JavaScript and the type declarations for a module.
    Bindgen(bindgen::Args),
    /// Checks that a module is fit for old mini-program engines, and small enough.
    Mini(mini::Args),
    /// Puts the page together.
    Site(site::Args),
    /// Writes a Brotli twin beside each file that is worth it.
    Brotli { paths: Vec<PathBuf> },
}

fn main() -> Result<()> {
    match Command::parse() {
        Command::Bindgen(args) => bindgen::run(&args),
        Command::Mini(args) => mini::run(&args),
        Command::Site(args) => site::run(&args),
        Command::Brotli { paths } => paths.iter().try_for_each(|path| shrink::twins(path)),
    }
}
