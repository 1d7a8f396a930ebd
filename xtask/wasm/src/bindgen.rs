//! Glue by the wasm-bindgen library, whose version is the one that the modules were compiled with.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use wasm_bindgen_cli_support::Bindgen;

#[derive(Parser)]
pub struct Args {
    input: PathBuf,
    #[arg(long)]
    out: PathBuf,
    #[arg(long)]
    name: String,
    #[arg(long)]
    target: Target,
    /// Leaves out the type declarations.
    #[arg(long)]
    no_types: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Target {
    Web,
    Nodejs,
}

pub fn run(args: &Args) -> Result<()> {
    let mut bindgen = Bindgen::new();
    match args.target {
        Target::Web => bindgen.web(true)?,
        Target::Nodejs => bindgen.nodejs(true)?,
    };
    bindgen
        .input_path(&args.input)
        .out_name(&args.name)
        .typescript(!args.no_types)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&args.out)
        .with_context(|| format!("cannot make bindings for {}", args.input.display()))
}
