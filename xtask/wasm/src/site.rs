//! The page's folder: hashed names for what is kept for ever, placeholders filled in, a Brotli twin
//! beside each file.
//!
//! | In `web-app/` | In the site |
//! |---|---|
//! | `index.html` | `index.html`, with `{{css}}` and `{{<room>_js}}`, `{{<room>_wasm}}` of each room as addresses |
//! | `styles/*.css` | joined in the order of their names as `app-<hash>.css` |
//! | `help.html` | `help/*.html`, one for each of `docs/tours` (see `tours.rs`) |
//! | `static/**` | as it is; in `sw.js`, `{{precache}}` becomes the list of addresses to keep and `{{version}}` their digest |

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use sm3::{Digest as _, Sm3};

use crate::{shrink, tours};

const HASH_DIGITS: usize = 16;

#[derive(Parser)]
pub struct Args {
    /// The web-app folder.
    #[arg(long)]
    source: PathBuf,
    /// Where each room has `<room>.js`, as wasm-bindgen made it, and `<room>_bg.wasm`, optimised.
    #[arg(long)]
    glue: PathBuf,
    /// The rooms; the first is kept for use without a network from the first visit, the others from
    /// their own.
    #[arg(long, required = true)]
    room: Vec<String>,
    /// The tours, as documents.
    #[arg(long)]
    tours: PathBuf,
    #[arg(long)]
    out: PathBuf,
}

pub fn run(args: &Args) -> Result<()> {
    if args.out.exists() {
        fs::remove_dir_all(&args.out)?;
    }
    fs::create_dir_all(&args.out)?;
    copy_static(&args.source.join("static"), &args.out)?;
    let mut page = fs::read_to_string(args.source.join("index.html")).context("web-app/index.html")?;
    let mut keep = vec!["/".to_owned()];
    let mut later = Vec::new();
    for Asset { placeholder, room, extension, bytes } in assets(args)? {
        ensure!(page.contains(&placeholder), "web-app/index.html has no {placeholder}");
        let name = format!("{room}-{}.{extension}", hash(&bytes));
        fs::write(args.out.join(&name), bytes)?;
        page = page.replace(&placeholder, &format!("/{name}"));
        if extension == "css" {
            tours::write(&args.source.join("help.html"), &args.tours, &format!("/{name}"), &args.out)?;
        }
        let kept = if args.room.first() == Some(&room) { &mut keep } else { &mut later };
        kept.push(format!("/{name}"));
    }
    fs::write(args.out.join("index.html"), &page)?;
    service_worker(&args.out, &page, keep, &later)?;
    shrink::twins(&args.out)
}

/// A file whose name changes with its content.
struct Asset {
    placeholder: String,
    room: String,
    extension: &'static str,
    bytes: Vec<u8>,
}

fn assets(args: &Args) -> Result<Vec<Asset>> {
    let mut assets = Vec::new();
    for room in &args.room {
        for (extension, file) in [("js", format!("{room}.js")), ("wasm", format!("{room}_bg.wasm"))] {
            let bytes = fs::read(args.glue.join(&file)).with_context(|| format!("no {file}"))?;
            assets.push(Asset {
                placeholder: format!("{{{{{room}_{extension}}}}}"),
                room: room.clone(),
                extension,
                bytes,
            });
        }
    }
    let room = args.room.first().cloned().unwrap_or_default();
    let bytes = stylesheet(&args.source.join("styles"))?;
    assets.push(Asset { placeholder: "{{css}}".into(), room, extension: "css", bytes });
    Ok(assets)
}

fn copy_static(from: &Path, to: &Path) -> Result<()> {
    if !from.exists() {
        return Ok(());
    }
    for file in shrink::files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(&file, target)?;
    }
    Ok(())
}

fn stylesheet(dir: &Path) -> Result<Vec<u8>> {
    let mut sheet = Vec::new();
    for file in shrink::files(dir)?.iter().filter(|f| f.extension().is_some_and(|e| e == "css")) {
        sheet.extend(fs::read(file)?);
    }
    Ok(sheet)
}

/// The version changes when anything does that the worker keeps, the page itself included. What is for
/// `later` is not fetched before somebody asks for it.
fn service_worker(out: &Path, page: &str, mut keep: Vec<String>, later: &[String]) -> Result<()> {
    let path = out.join("sw.js");
    if !path.exists() {
        return Ok(());
    }
    let mut all = page.as_bytes().to_vec();
    for file in shrink::files(out)? {
        let name = file.strip_prefix(out)?.to_string_lossy().into_owned();
        let address = format!("/{name}");
        // Samples are for who follows a story, tours for who begins.
        let asked_for = name.starts_with("samples/") || name.starts_with("help/");
        if !asked_for
            && name != "sw.js"
            && name != "index.html"
            && !keep.contains(&address)
            && !later.contains(&address)
        {
            keep.push(address);
        }
        all.extend(fs::read(&file)?);
    }
    let worker = fs::read_to_string(&path)?
        .replace("{{precache}}", &serde_json::to_string(&keep)?)
        .replace("{{version}}", &hash(&all));
    ensure!(!worker.contains("{{"), "sw.js has a placeholder that is not known");
    Ok(fs::write(path, worker)?)
}

fn hash(bytes: &[u8]) -> String {
    let digits: String = Sm3::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    digits[..HASH_DIGITS].to_owned()
}
