//! `anxin-dippack`: lints the tables of DIP catalogues and writes their packs.

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: anxin-dippack build TABLES OUT       lint, and write one .anxpack for each pack";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["build", tables, out] => build(Path::new(tables), Path::new(out)),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to be done where even the complaint cannot be written.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn build(tables: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let packs = anxin_dippack::all(tables).map_err(|lints| {
        let lints: Vec<String> = lints.iter().map(ToString::to_string).collect();
        lints.join("\n")
    })?;
    fs::create_dir_all(out)?;
    for (id, bytes) in packs {
        fs::write(out.join(format!("{}.anxpack", id.replace('/', "-"))), bytes)?;
    }
    Ok(())
}
