//! A city's spreadsheet into a pack: the guess, what was read of it, what was not, and why.

mod show;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anxin_core::dip::Settings;
use anxin_core::dip::layout::SourceNote;
use anxin_core::pack;
use anxin_core::{Refusal, RefusalCode};
use anxin_import::{
    DipOptions, Doubt, DrgOptions, Editions, Field, Guess, Problem, Quality, Table, guess, import_dip, import_drg,
};
use anxin_sheets::{Book, Limits};
use jiff::Span;
use jiff::civil::date;
use serde::Serialize;

use crate::args::{Format, ImportArgs, ImportCommand, ImportDipArgs, ImportDrgArgs};
use crate::failure::Failure;
use crate::{packs, print, sheet};

/// What is told of an import.
#[derive(Serialize)]
struct Report {
    guess: Guess,
    problems: Vec<Told<Problem>>,
    doubts: Vec<Told<Doubt>>,
    quality: Quality,
    pack: Written,
    /// The scheme with the area's own groups, where it was asked for and there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<Written>,
}

/// A remark with its sentence.
#[derive(Serialize)]
struct Told<T> {
    #[serde(flatten)]
    remark: T,
    message: String,
}

#[derive(Serialize)]
struct Written {
    id: String,
    edition: String,
    digest: String,
    bytes: usize,
    /// Of weights, the schemes that they are of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    schemes: Vec<String>,
    /// Of a scheme, how many ADRGs have the area's own groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_adrgs: Option<usize>,
    /// Nowhere, where nobody said so.
    file: Option<String>,
}

/// What came of the rows, of either kind of table.
struct Read {
    problems: Vec<Problem>,
    doubts: Vec<Doubt>,
    quality: Quality,
    schemes: Vec<String>,
    pack: Vec<u8>,
    scheme: Option<Scheme>,
}

/// A scheme with an area's own groups.
struct Scheme {
    pack: Vec<u8>,
    /// How many ADRGs have the area's groups.
    replaced: usize,
    out: PathBuf,
}

pub fn run(command: &ImportCommand) -> Result<ExitCode, Failure> {
    match command {
        ImportCommand::Dip(args) => run_with(&args.import, |book, guess| dip(args, book, guess)),
        ImportCommand::Drg(args) => run_with(&args.import, |book, guess| drg(args, book, guess)),
    }
}

fn run_with(
    args: &ImportArgs,
    read: impl FnOnce(&Book<'_>, &Guess) -> Result<Read, Failure>,
) -> Result<ExitCode, Failure> {
    let bytes = fs::read(&args.file).map_err(|e| Failure::file(&args.file, &e))?;
    let book = Book::open(&bytes, &Limits::default()).map_err(sheet::failure)?;
    let guess = guessed(args, &book)?;
    let read = read(&book, &guess)?;
    if let Some(out) = &args.output {
        fs::write(out, &read.pack).map_err(|e| Failure::file(out, &e))?;
    }
    if let Some(Scheme { pack, out, .. }) = &read.scheme {
        fs::write(out, pack).map_err(|e| Failure::file(out, &e))?;
    }
    let (bad, all) = (read.problems.len(), read.quality.rows);
    let report = report(args, guess, read)?;
    print(&match args.format {
        Format::Json => serde_json::to_string_pretty(&report).map_err(|e| Failure::machine("the report", &e))?,
        Format::Table => show::of(&report, args.lang.into()),
    })?;
    if bad == 0 { Ok(ExitCode::SUCCESS) } else { Err(Failure::Untaken { bad, all }) }
}

fn report(args: &ImportArgs, guess: Guess, read: Read) -> Result<Report, Failure> {
    let lang = args.lang.into();
    let pack = written(&read.pack, read.schemes, None, args.output.as_deref())?;
    let scheme = read.scheme.as_ref().map(|s| written(&s.pack, Vec::new(), Some(s.replaced), Some(&s.out)));
    let scheme = scheme.transpose()?;
    let problems = read.problems.into_iter().map(|remark| Told { message: remark.told(lang), remark });
    let doubts = read.doubts.into_iter().map(|remark| Told { message: remark.told(lang), remark });
    Ok(Report { guess, problems: problems.collect(), doubts: doubts.collect(), quality: read.quality, pack, scheme })
}

fn written(
    bytes: &[u8],
    schemes: Vec<String>,
    replaced_adrgs: Option<usize>,
    file: Option<&Path>,
) -> Result<Written, Failure> {
    let opened = pack::open(bytes).map_err(|e| Failure::bad_pack("import", e))?;
    Ok(Written {
        id: opened.header.id,
        edition: opened.header.edition,
        digest: opened.digest.to_string(),
        bytes: bytes.len(),
        schemes,
        replaced_adrgs,
        file: file.map(|file| file.display().to_string()),
    })
}

/// The guess, narrowed to the sheets that are asked for, with the columns that are named.
fn guessed(args: &ImportArgs, book: &Book<'_>) -> Result<Guess, Failure> {
    let mut guess = guess(book).map_err(sheet::failure)?;
    if !args.sheet.is_empty() {
        let wanted = args.sheet.iter().map(|asked| sheet::number(book, asked)).collect::<Result<Vec<_>, _>>()?;
        guess.tables.retain(|table| wanted.contains(&table.sheet));
    }
    if guess.tables.is_empty() {
        return Err(refused("FILE", "1 × 病种编码 / 主要诊断编码 / DRG编码"));
    }
    for (column, field) in &args.map {
        let mut found = false;
        for table in &mut guess.tables {
            found |= mapped(table, column, *field);
        }
        if !found {
            return Err(refused(
                "--map",
                &guess.tables.iter().flat_map(|t| &t.headers).cloned().collect::<Vec<_>>().join(", "),
            ));
        }
    }
    Ok(guess)
}

/// Says of a column what it holds. Whether the table has it.
fn mapped(table: &mut Table, column: &str, field: Option<Field>) -> bool {
    let named = table.headers.iter().position(|header| header.trim() == column);
    let Some(at) = named.or_else(|| lettered(column).filter(|at| *at < table.headers.len())) else { return false };
    table.hold(at, field);
    true
}

/// `A` is 0, `AB` is 27.
fn lettered(column: &str) -> Option<usize> {
    let digit = |c: char| c.to_digit(36).and_then(|n| n.checked_sub(9)).and_then(|n| usize::try_from(n).ok());
    let number = column.chars().try_fold(0_usize, |n, c| n.checked_mul(26)?.checked_add(digit(c)?))?;
    number.checked_sub(1)
}

fn dip(args: &ImportDipArgs, book: &Book<'_>, guess: &Guess) -> Result<Read, Failure> {
    let lang = args.import.lang.into();
    let engine = packs::grouping(&args.packs)?;
    let (shelf, name) = (engine.shelf(), stem(&args.import.file));
    let editions = Editions {
        diagnoses: shelf.edition().map(anxin_core::drg::Scheme::diagnoses),
        operations: shelf.edition().map(anxin_core::drg::Scheme::operations),
        clinical: shelf.clinical(),
    };
    let mut settings = Settings::default();
    for (setting, choice) in &args.set {
        settings.choose(setting, choice).map_err(|refusal| Failure::refused(refusal, lang))?;
    }
    let options = DipOptions {
        id: args.id.clone().unwrap_or_else(|| id_of(&name)),
        title: args.title.clone().unwrap_or_else(|| name.clone()),
        notice: args.notice.clone(),
        source: SourceNote { title: args.source.clone().unwrap_or(name), ..SourceNote::default() },
        settings,
        edition: edition(&args.import),
    };
    let import = import_dip(book, guess, &options, &editions).map_err(sheet::failure)?;
    let pack = import.pack().map_err(|e| nothing_taken(&import.problems, &e, lang))?;
    Ok(Read {
        problems: import.problems,
        doubts: import.doubts,
        quality: import.quality,
        schemes: Vec::new(),
        pack,
        scheme: None,
    })
}

fn drg(args: &ImportDrgArgs, book: &Book<'_>, guess: &Guess) -> Result<Read, Failure> {
    let lang = args.import.lang.into();
    let name = stem(&args.import.file);
    let options = DrgOptions {
        region: args.id.clone().unwrap_or_else(|| id_of(&name)),
        name: args.title.clone().unwrap_or(name),
        schemes: args.scheme.clone(),
        price: args.price,
        edition: edition(&args.import),
    };
    let engine = args.groups.as_ref().map(|_| packs::grouping(&args.packs)).transpose()?;
    let base = engine.as_ref().zip(args.scheme.first()).map(|(engine, id)| {
        let none = || Refusal::new(RefusalCode::UnknownGrouper, "--scheme", id.as_str());
        engine.shelf().scheme_pack(id).ok_or_else(|| Failure::refused(none(), lang))
    });
    let import = import_drg(book, guess, &options, base.transpose()?).map_err(sheet::failure)?;
    if import.data.groups.is_empty() {
        return Err(nothing_taken(&import.problems, &"DRG", lang));
    }
    let pack = import.pack().map_err(|e| Failure::bad_pack("import", e))?;
    let scheme = import.scheme_pack().map_err(|e| Failure::bad_pack("import", e))?;
    let scheme = args.groups.clone().zip(scheme).map(|(out, pack)| Scheme {
        pack,
        replaced: import.overlay.as_ref().map_or(0, |overlay| overlay.replaced.len()),
        out,
    });
    let schemes = import.data.regions.iter().flat_map(|region| region.schemes.clone()).collect();
    Ok(Read { problems: import.problems, doubts: import.doubts, quality: import.quality, schemes, pack, scheme })
}

/// Says of the first row why it was not taken, as no other was.
fn nothing_taken(problems: &[Problem], why: &dyn std::fmt::Display, lang: anxin_core::text::Lang) -> Failure {
    let first = problems.first().map_or_else(|| why.to_string(), |problem| problem.told(lang));
    Failure::refused(Refusal::new(RefusalCode::Malformed, "FILE", first), lang)
}

fn refused(field: &str, accepted: &str) -> Failure {
    Failure::refused(Refusal::new(RefusalCode::Malformed, field, accepted), anxin_core::text::Lang::Zh)
}

fn stem(file: &Path) -> String {
    file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// What of a name can stand in an id.
fn id_of(name: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let id: String = name.chars().map(kept).collect();
    let id = id.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if id.is_empty() { "imported".into() } else { id.chars().take(64).collect() }
}

fn edition(args: &ImportArgs) -> String {
    args.edition.map_or_else(today, |day| day.to_string())
}

/// The day in China.
fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = i64::try_from((since + 8 * 3_600) / 86_400).unwrap_or_default();
    date(1970, 1, 1).saturating_add(Span::new().days(days)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (text, number) in
            [("A", Some(0)), ("z", Some(25)), ("AB", Some(27)), ("分值", None), ("", None), ("A1", None)]
        {
            assert_eq!(lettered(text), number, "{text}");
        }
    }

    #[test]
    fn an_id_is_made_of_what_a_name_has() {
        for (name, id) in [("Shantou DIP 2025", "shantou-dip-2025"), ("汕头2025版", "2025"), ("目录", "imported")]
        {
            assert_eq!(id_of(name), id);
        }
    }

    #[test]
    fn today_is_a_day() {
        assert!(anxin_core::Day::parse(&today()).is_some(), "{}", today());
    }
}
