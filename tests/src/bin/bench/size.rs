//! What is sent, and what a server that does nothing holds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anxin_tests::node;
use anyhow::{Context, Result, ensure};

use crate::{Figure, Target};

const KB: f64 = 1024.0;

pub fn figures() -> Result<Vec<Figure>> {
    let mini = len(&node::modules()?.join("mini/anxin.wasm.br"))?;
    let figure = |bench, bytes, most: f64| Figure { bench, value: bytes, unit: "bytes", target: Target::AtMost(most) };
    Ok(vec![
        figure("mini_module_brotli", mini, 120.0 * KB),
        figure("first_load_brotli", first_load()?, 400.0 * KB),
        figure("serve_idle_peak_memory", idle_peak()?, 40.0 * KB * KB),
    ])
}

/// Page, style, code and the largest region's pack, each as it is sent.
fn first_load() -> Result<f64> {
    let site = folder("ANXIN_SITE", "target/site");
    let sent = ["html.br", "css.br", "js.br", "wasm.br"];
    let mut total = 0.0;
    for entry in fs::read_dir(&site).with_context(|| format!("no page in {}", site.display()))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        // The service worker loads after the page.
        if sent.iter().any(|end| name.ends_with(end)) && name != "sw.js.br" {
            total += len(&path)?;
        }
    }
    // The page loads grouping only when somebody groups.
    let packs = node::loadable(node::Build::Mini, &node::packs()?);
    let packs = packs.iter().map(|p| len(&p.with_extension("anxpack.br"))).collect::<Result<Vec<_>>>()?;
    Ok(total + packs.into_iter().fold(0.0, f64::max))
}

/// `VmHWM` of a server that has started and is asked nothing.
fn idle_peak() -> Result<f64> {
    let site = folder("ANXIN_SITE", "target/site");
    let server = Command::new(folder("ANXIN_BIN", "target/release/anxin"))
        .args(["serve", "--port", "0", "--log", "off", "--site"])
        .arg(site)
        .arg("--packs")
        .arg(node::pack_dir())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("the server does not start")?;
    let mut server = Stopped(server);
    sleep(Duration::from_secs(3));
    ensure!(server.0.try_wait()?.is_none(), "the server stopped by itself");
    let status = fs::read_to_string(format!("/proc/{}/status", server.0.id()))?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).context("no VmHWM in /proc")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kilobytes * KB)
}

/// A process that does not outlive its measurement.
struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        // It may have stopped already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn folder(variable: &str, otherwise: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| node::project().join(otherwise), PathBuf::from)
}

fn len(path: &Path) -> Result<f64> {
    Ok(fs::metadata(path).with_context(|| path.display().to_string())?.len() as f64)
}
