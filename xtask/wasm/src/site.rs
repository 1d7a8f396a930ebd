//! The page's folder: hashed names for what is kept for ever, placeholders filled in, a Brotli twin
//! beside each file.
//!
//! | In `web-app/` | In the site |
//! |---|---|
//! | `index.html` | `index.html`, with `{{js}}`, `{{wasm}}` and `{{css}}` as addresses |
//! | `styles/*.css` | joined in the order of their names as `app-<hash>.css` |
//! | `static/**` | as it is; in `sw.js`, `{{precache}}` becomes the list of addresses to keep and `{{version}}` their digest |

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use sm3::{Digest as _, Sm3};

use crate::shrink;

const HASH_DIGITS: usize = 16;

#[derive(Parser)]
pub struct Args {
    /// The web-app folder.
    #[arg(long)]
    source: PathBuf,
    /// JavaScript that wasm-bindgen made.
    #[arg(long)]
    js: PathBuf,
    /// The module, optimised.
    #[arg(long)]
    wasm: PathBuf,
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
    let assets = [
        ("{{js}}", "js", fs::read(&args.js)?),
        ("{{wasm}}", "wasm", fs::read(&args.wasm)?),
        ("{{css}}", "css", stylesheet(&args.source.join("styles"))?),
    ];
    for (placeholder, extension, bytes) in assets {
        ensure!(page.contains(placeholder), "web-app/index.html has no {placeholder}");
        let name = format!("app-{}.{extension}", hash(&bytes));
        fs::write(args.out.join(&name), bytes)?;
        page = page.replace(placeholder, &format!("/{name}"));
        keep.push(format!("/{name}"));
    }
    fs::write(args.out.join("index.html"), &page)?;
    service_worker(&args.out, &page, keep)?;
    shrink::twins(&args.out)
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

/// The version changes when anything does that the worker keeps, the page itself included.
fn service_worker(out: &Path, page: &str, mut keep: Vec<String>) -> Result<()> {
    let path = out.join("sw.js");
    if !path.exists() {
        return Ok(());
    }
    let mut all = page.as_bytes().to_vec();
    for file in shrink::files(out)? {
        let name = file.strip_prefix(out)?.to_string_lossy().into_owned();
        let address = format!("/{name}");
        if name != "sw.js" && name != "index.html" && !keep.contains(&address) {
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
