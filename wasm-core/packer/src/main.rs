//! `anxin-packer`: lints authored rules and writes what is made of them.

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anxin_packer::{File, Lint, compile, drafts, read_tree, register, uncovered};

const USAGE: &str = "usage: anxin-packer build RULES OUT       lint, and write one .anxpack for each area
       anxin-packer register RULES FILE    write the coverage register
       anxin-packer boundaries RULES       list rule changes that lack a golden case on either side";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["build", rules, out] => build(Path::new(rules), Path::new(out)),
        ["register", rules, file] => write_register(Path::new(rules), Path::new(file)),
        ["boundaries", rules] => boundaries(Path::new(rules)),
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

type Done = Result<(), Box<dyn Error>>;

fn build(rules: &Path, out: &Path) -> Done {
    let packs = compile(&read_tree(rules)?).map_err(listed)?;
    fs::create_dir_all(out)?;
    for (id, bytes) in packs {
        fs::write(out.join(format!("{}.anxpack", id.replace('/', "-"))), bytes)?;
    }
    Ok(())
}

fn write_register(rules: &Path, file: &Path) -> Done {
    let drafts = drafts(&read_tree(rules)?).map_err(listed)?;
    let books = drafts.iter().map(|draft| draft.book()).collect::<Result<Vec<_>, _>>()?;
    Ok(fs::write(file, register(&books))?)
}

fn boundaries(rules: &Path) -> Done {
    let files = read_tree(rules)?;
    let cases: Vec<File> = files.iter().filter(|(path, _)| path.starts_with("cases/")).cloned().collect();
    let lints = uncovered(&drafts(&files).map_err(listed)?, &cases);
    if lints.is_empty() { Ok(()) } else { Err(listed(lints).into()) }
}

fn listed(lints: Vec<Lint>) -> String {
    lints.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
