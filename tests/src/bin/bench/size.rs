//! What is sent, and what a server that does nothing holds.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anxin_brokers::ports;
use anxin_tests::product::wait_for;
use anxin_tests::{golden, node};
use anyhow::{Context, Result, ensure};

use crate::{Figure, Target};

const KB: f64 = 1024.0;

pub fn figures() -> Result<Vec<Figure>> {
    let mini = len(&node::modules()?.join("mini/anxin.wasm.br"))?;
    let figure = |bench, bytes, most: f64| Figure::new(bench, bytes, "bytes", Target::AtMost(most));
    let served = served()?;
    let held = 40.0 * KB * KB;
    Ok(vec![
        figure("mini_module_brotli", mini, 120.0 * KB),
        figure("first_load_brotli", first_load()?, 400.0 * KB),
        figure("serve_idle_peak_memory", served.peak, held),
        figure("serve_idle_memory", served.idle, held),
        figure("serve_memory_after_one_estimate", served.after_one, held),
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
        // The service worker loads after the page, and the other rooms when somebody enters them.
        let other_room = ["preview-", "wallet-", "worker."].iter().any(|room| name.starts_with(room));
        if !other_room && sent.iter().any(|end| name.ends_with(end)) && name != "sw.js.br" {
            total += len(&path)?;
        }
    }
    // The page loads grouping only when somebody groups.
    let packs = node::loadable(node::Build::Mini, &node::packs()?);
    let packs = packs.iter().map(|p| len(&p.with_extension("anxpack.br"))).collect::<Result<Vec<_>>>()?;
    Ok(total + packs.into_iter().fold(0.0, f64::max))
}

/// What a server holds in bytes: at most until it has started, when it has, and after one estimate.
struct Served {
    peak: f64,
    idle: f64,
    after_one: f64,
}

fn served() -> Result<Served> {
    let site = folder("ANXIN_SITE", "target/site");
    let [port] = ports()?;
    let server = Command::new(folder("ANXIN_BIN", "target/release/anxin"))
        .args(["serve", "--port", &port.to_string(), "--log", "off", "--site"])
        .arg(site)
        .arg("--packs")
        .arg(node::pack_dir())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("the server does not start")?;
    let mut server = Stopped(server);
    wait_for(port, Duration::from_secs(20))?;
    sleep(Duration::from_secs(3));
    ensure!(server.0.try_wait()?.is_none(), "the server stopped by itself");
    let (peak, idle) = (memory(&server.0, "VmHWM:")?, memory(&server.0, "VmRSS:")?);
    ask(port)?;
    Ok(Served { peak, idle, after_one: memory(&server.0, "VmRSS:")? })
}

/// A line of `/proc/…/status`, in bytes.
fn memory(of: &Child, name: &str) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", of.id()))?;
    let line = status.lines().find_map(|l| l.strip_prefix(name)).with_context(|| format!("no {name} in /proc"))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kilobytes * KB)
}

/// One estimate over HTTP.
fn ask(port: u16) -> Result<()> {
    let case = golden::cases()?.into_iter().next().context("no golden cases")?;
    let body = serde_json::to_string(&case)?;
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    let head =
        "POST /api/v1/estimates HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json";
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    ensure!(
        reply.starts_with("HTTP/1.1 200"),
        "the server refused an estimate: {}",
        reply.lines().next().unwrap_or("")
    );
    Ok(())
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
