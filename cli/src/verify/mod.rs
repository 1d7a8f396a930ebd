//! Holding the wallet's books against their own journal, and against heads that were kept elsewhere.

mod text;

use std::io::{IsTerminal as _, stderr};
use std::path::PathBuf;

use anxin_core::text::Lang;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use wallet_store::{Database, Fault, HeadPublic, Signers, Sound};

use crate::args::{Format, Words};
use crate::books::{self, BooksArg};
use crate::failure::Failure;

pub const EXIT_CODES: &str = "Exit codes: 0 nothing is wrong; 3 something is, and the first of it is named; 2 the command is not \
understood; 1 the database or a file cannot be read.";

#[derive(Debug, Args)]
pub struct VerifyBooksArgs {
    #[command(flatten)]
    pub books: BooksArg,
    /// Heads that were exported off the database, one line of JSON each
    #[arg(long, value_name = "FILE")]
    pub heads: Option<PathBuf>,
    /// Public key that signed them (PEM); may be given several times. Without one signatures are not checked
    #[arg(long, value_name = "FILE")]
    pub public_key: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    #[arg(long, value_enum, default_value_t = Words::Zh)]
    pub lang: Words,
}

/// What was found, and whether nothing is wrong.
pub fn run(args: &VerifyBooksArgs) -> Result<(String, bool), Failure> {
    let keys = args.public_key.iter().map(|path| books::key(path, HeadPublic::from_pem)).collect::<Result<_, _>>()?;
    let signers = Signers(keys);
    if let Some(path) = &args.heads {
        std::fs::metadata(path).map_err(|e| Failure::file(path, &e))?;
    }
    let found = books::runtime()?.block_on(async {
        let database = Database::look(&args.books.database, args.books.area).await?;
        let bar = bar();
        let told = &mut |done, of| {
            bar.set_length(of);
            bar.set_position(done);
        };
        let found = database.verify(args.heads.as_deref(), &signers, told).await;
        bar.finish_and_clear();
        found
    });
    let found = found.map_err(|cause| books::failed(&cause))?;
    let said = match args.format {
        Format::Json => as_json(&found, args.lang.into()),
        Format::Table => as_text(&found, args.lang.into()),
    };
    Ok((said, found.is_ok()))
}

/// Only people who wait want to see it.
fn bar() -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {percent:>3} % {eta}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn as_json(found: &Result<Sound, Fault>, lang: Lang) -> String {
    match found {
        Ok(sound) => json!({
            "sound": true, "lines": sound.lines, "accounts": sound.accounts, "heads": sound.heads
        }),
        Err(fault) => json!({ "sound": false, "line": fault.line(), "fault": text::fault(fault, lang) }),
    }
    .to_string()
}

fn as_text(found: &Result<Sound, Fault>, lang: Lang) -> String {
    match found {
        Ok(sound) => text::sound(sound, lang),
        Err(fault) => text::fault(fault, lang),
    }
}
