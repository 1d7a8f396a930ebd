//! The WebAssembly builds, run by Node.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// A build of the core that Node can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    Bindings,
    /// Without grouping.
    Mini,
    MiniGrouping,
    /// The package for mini-programs in its sandbox, with the module without grouping.
    Sdk,
    SdkGrouping,
}

impl Build {
    fn word(self) -> &'static str {
        match self {
            Build::Bindings => "bindings",
            Build::Mini => "mini",
            Build::MiniGrouping => "mini-grouping",
            Build::Sdk => "sdk",
            Build::SdkGrouping => "sdk-grouping",
        }
    }
}

/// The folder of built modules, `target/js` unless `ANXIN_JS` names another.
pub fn modules() -> Result<PathBuf> {
    let dir = std::env::var_os("ANXIN_JS").map_or_else(|| project().join("target/js"), PathBuf::from);
    ensure!(dir.exists(), "no modules in {}: run `cargo xtask wasm` first", dir.display());
    Ok(dir)
}

/// The folder of compiled packs, `target/packs` unless `ANXIN_PACKS` names another.
pub fn pack_dir() -> PathBuf {
    std::env::var_os("ANXIN_PACKS").map_or_else(|| project().join("target/packs"), PathBuf::from)
}

pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

/// Every compiled pack, in the order of the file names.
pub fn packs() -> Result<Vec<PathBuf>> {
    let dir = pack_dir();
    let read = fs::read_dir(&dir).with_context(|| format!("no packs in {}: run `cargo xtask pack`", dir.display()))?;
    let mut packs: Vec<PathBuf> = read.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    packs.retain(|p| p.extension().is_some_and(|e| e == "anxpack"));
    packs.sort();
    Ok(packs)
}

/// The packs among `packs` that a build can load.
pub fn loadable(build: Build, packs: &[PathBuf]) -> Vec<PathBuf> {
    let benefit = |p: &PathBuf| p.file_name().is_some_and(|name| name.to_string_lossy().starts_with("benefit-"));
    packs.iter().filter(|p| !matches!(build, Build::Mini | Build::Sdk) || benefit(p)).cloned().collect()
}

/// What the build answers to each request, once the packs are loaded.
pub fn replies(build: Build, packs: &[PathBuf], requests: &[Vec<u8>]) -> Result<Vec<Vec<u8>>> {
    unframed(&run("parity.mjs", build, packs, requests)?)
}

/// Requests that the build answers in a second.
pub fn rate(build: Build, packs: &[PathBuf], requests: &[Vec<u8>]) -> Result<f64> {
    Ok(String::from_utf8(run("rate.mjs", build, packs, requests)?)?.trim().parse()?)
}

fn run(script: &str, build: Build, packs: &[PathBuf], requests: &[Vec<u8>]) -> Result<Vec<u8>> {
    let scratch = tempfile::tempdir()?;
    let (asked, answered) = (scratch.path().join("asked"), scratch.path().join("answered"));
    fs::write(&asked, framed(requests))?;
    let status = Command::new("node")
        .arg(project().join("tests/node").join(script))
        .arg(build.word())
        .args([&modules()?, &asked, &answered])
        .args(loadable(build, packs))
        .status()
        .context("node does not run")?;
    ensure!(status.success(), "node failed on the {} build: {status}", build.word());
    Ok(fs::read(&answered)?)
}

/// A table to be grouped, and the pack to do it by.
pub struct Table<'a> {
    pub build: Build,
    pub pack: &'a Path,
    pub scheme: &'a str,
    pub text: &'a str,
}

/// Records that the build groups in a second, and the milliseconds that it took to load the pack.
pub fn table(table: &Table<'_>) -> Result<(f64, f64)> {
    let scratch = tempfile::tempdir()?;
    let (asked, answered) = (scratch.path().join("asked"), scratch.path().join("answered"));
    fs::write(&asked, table.text)?;
    let modules = modules()?;
    let args = [modules.as_os_str(), asked.as_ref(), answered.as_ref(), table.scheme.as_ref(), table.pack.as_ref()];
    script("table.mjs", &[&[table.build.word().as_ref()], args.as_slice()].concat())?;
    let told: serde_json::Value = serde_json::from_slice(&fs::read(&answered)?)?;
    Ok((told["rate"].as_f64().context("no rate")?, told["load"].as_f64().context("no time of loading")?))
}

/// The package for mini-programs in its sandbox, beside the bindings: times in milliseconds and memory in MiB, by name.
pub fn package(table: &str, region: &Path, scheme: &Path) -> Result<serde_json::Value> {
    let scratch = tempfile::tempdir()?;
    let (asked, answered) = (scratch.path().join("asked"), scratch.path().join("answered"));
    fs::write(&asked, table)?;
    let modules = modules()?;
    let args = [modules.as_os_str(), asked.as_ref(), answered.as_ref(), region.as_ref(), scheme.as_ref()];
    script("package.mjs", &args)?;
    Ok(serde_json::from_slice(&fs::read(&answered)?)?)
}

/// Records that OpenDRG's JavaScript in `folder` groups in a second.
pub fn peer(folder: &Path, text: &str) -> Result<f64> {
    let scratch = tempfile::tempdir()?;
    let (asked, answered) = (scratch.path().join("asked"), scratch.path().join("answered"));
    fs::write(&asked, text)?;
    script("opendrg.mjs", &[folder.as_ref(), asked.as_ref(), answered.as_ref()])?;
    Ok(fs::read_to_string(&answered)?.trim().parse()?)
}

fn script(name: &str, args: &[&OsStr]) -> Result<()> {
    let script = project().join("tests/node").join(name);
    let out = Command::new("node").arg(script).args(args).output().context("node does not run")?;
    let why = String::from_utf8_lossy(&out.stderr);
    ensure!(out.status.success(), "{name}: {}", why.lines().find(|l| l.contains("Error")).unwrap_or(&why));
    Ok(())
}

/// Each message after its length, four bytes, low byte first.
fn framed(messages: &[Vec<u8>]) -> Vec<u8> {
    let frame = |m: &Vec<u8>| [&u32::try_from(m.len()).unwrap_or(u32::MAX).to_le_bytes(), m.as_slice()].concat();
    messages.iter().flat_map(frame).collect()
}

fn unframed(mut bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    let mut messages = Vec::new();
    while let Some((len, rest)) = bytes.split_first_chunk::<4>() {
        let (message, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*len))?).context("cut short")?;
        messages.push(message.to_vec());
        bytes = rest;
    }
    ensure!(bytes.is_empty(), "cut short");
    Ok(messages)
}
