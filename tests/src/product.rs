//! The built product as processes: the server with its page, and the command line.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anxin_brokers::ports;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;

use crate::node::{pack_dir, project};
use crate::patience::PATIENCE;

fn path(variable: &str, usual: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| project().join(usual), PathBuf::from)
}

fn binary() -> PathBuf {
    path("ANXIN_BIN", "target/release/anxin")
}

/// Of the three areas of the demonstration, the one with the hospital.
pub const AREA_OF_HOSPITAL: u16 = 2;

/// Waits until something listens on a port.
pub fn wait_for(port: u16, patience: Duration) -> Result<()> {
    let start = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        ensure!(start.elapsed() < patience, "nothing listens on port {port} after {patience:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// A process that ends with its owner.
pub struct Process(Child);

impl Process {
    pub fn start(command: &mut Command) -> Result<Process> {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Ok(Process(child.with_context(|| format!("cannot start {:?}", command.get_program()))?))
    }

    /// A process that chooses a port itself and says so in a line of its standard output, with that port. One that is
    /// looked for beforehand may be somebody else's by the time the process opens it.
    pub fn listening(command: &mut Command, after: &'static str, patience: Duration) -> Result<(Process, u16)> {
        let name = command.get_program().to_owned();
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut process = Process(child.with_context(|| format!("cannot start {name:?}"))?);
        let lines = BufReader::new(process.0.stdout.take().context("no standard output")?).lines();
        let (tell, told) = mpsc::channel();
        // It goes on to the end of the output, so that whoever writes there is never stopped.
        std::thread::spawn(move || {
            for port in lines.map_while(Result::ok).filter_map(|line| port_after(&line, after)) {
                // Only the first is waited for.
                let _ = tell.send(port);
            }
        });
        let port = told.recv_timeout(patience).with_context(|| format!("{name:?} told no port"))?;
        Ok((process, port))
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

fn port_after(line: &str, words: &str) -> Option<u16> {
    let digits = line.split_once(words)?.1.chars().take_while(char::is_ascii_digit);
    digits.collect::<String>().parse().ok()
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing more to do either way.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `anxin serve` with the built page.
pub struct Server {
    pub port: u16,
    _process: Process,
    books: Option<TempDir>,
}

impl Server {
    pub fn start() -> Result<Server> {
        Server::on(0, &[], None, &[])
    }

    /// With the wallet of a demonstration, whose books are new.
    pub fn demo() -> Result<Server> {
        Server::demo_with(&[])
    }

    /// The same where one setting is another.
    pub fn demo_where(setting: &str, value: &str) -> Result<Server> {
        Server::demo_with(&[(setting, value)])
    }

    fn demo_with(settings: &[(&str, &str)]) -> Result<Server> {
        let books = tempfile::tempdir()?;
        let database = format!("sqlite:{}", books.path().join("books.db").display());
        Server::on(0, &["--demo", "--database", &database], Some(books), settings)
    }

    /// The three areas of the demonstration, of which one is asked.
    pub fn areas(which: u16) -> Result<Server> {
        let books = tempfile::tempdir()?;
        let database = format!("sqlite:{}", books.path().join("books.db").display());
        let [first, second, third] = ports()?;
        let server = Server::on(first, &["--demo", "--areas", "--database", &database], Some(books), &[])?;
        wait_for(second, PATIENCE)?;
        wait_for(third, PATIENCE)?;
        Ok(Server { port: first + which, ..server })
    }

    /// On this port, or on one that it chooses where this is 0.
    fn on(port: u16, words: &[&str], books: Option<TempDir>, settings: &[(&str, &str)]) -> Result<Server> {
        let site = path("ANXIN_SITE", "target/site");
        ensure!(site.join("index.html").exists(), "no page in {}: run `cargo xtask wasm` first", site.display());
        let mut command = Command::new(binary());
        command.args(["serve", "--port", &port.to_string(), "--site"]).arg(site).arg("--packs").arg(pack_dir());
        command.args(words).envs(settings.iter().copied());
        let (process, port) = Process::listening(&mut command, "http://127.0.0.1:", PATIENCE)?;
        Ok(Server { port, _process: process, books })
    }

    /// The file of the books, where it has any.
    pub fn books(&self) -> Option<PathBuf> {
        self.books.as_ref().map(|folder| folder.path().join("books.db"))
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

/// What the command line answers to a case.
pub fn estimate(case: &Value) -> Result<Value> {
    answer(&["estimate", "-"], "estimate", case)
}

/// What the command line answers to a question on family accounts.
pub fn family(case: &Value) -> Result<Value> {
    answer(&["family", "-"], "family", case)
}

/// What the command line answers to a record and its scheme.
pub fn group(case: &Value) -> Result<Value> {
    answer(&["group", "--record", "-", "--format", "json"], "group", case)
}

/// What the command line answers to a record and a scheme of one's own, with its packs beside the built-in ones.
pub fn group_with(case: &Value, packs: &[&Path]) -> Result<Value> {
    answer(&record_with(packs), "group", case)
}

/// What the command line answers to a stay and its DIP catalogue, with packs of one's own beside the built-in ones.
pub fn group_dip(case: &Value, packs: &[&Path]) -> Result<Value> {
    answer(&record_with(packs), "group_dip", case)
}

/// The words that group one record with these packs.
fn record_with<'p>(packs: &[&'p Path]) -> Vec<&'p str> {
    let packs = packs.iter().filter_map(|pack| pack.to_str()).flat_map(|pack| ["--pack", pack]);
    ["group", "--record", "-", "--format", "json"].into_iter().chain(packs).collect()
}

/// What the command line forecasts for a hospital.
pub fn forecast(case: &Value) -> Result<Value> {
    answer(&["forecast", "-", "--format", "json"], "forecast_dip", case)
}

/// What the command line says that a pack is.
pub fn inspected(pack: &Path) -> Result<Value> {
    let output = Command::new(binary()).args(["pack", "inspect", "--format", "json"]).arg(pack).output()?;
    ensure!(output.status.success(), "refused: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// What the command line makes of a table, as text between tabs.
pub fn group_table(table: &Path, scheme: &str) -> Result<String> {
    group_table_with(table, scheme, &[])
}

/// The same with more words.
pub fn group_table_with(table: &Path, scheme: &str, words: &[&str]) -> Result<String> {
    let out = table.with_extension("out.tsv");
    let mut command = Command::new(binary());
    command.args(["group", "--scheme", scheme]).args(words).arg(table).arg(&out);
    // Rows that are not grouped make it fail at the end; each is in the table with its reason.
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().context("cannot start the command line")?;
    Ok(std::fs::read_to_string(out)?)
}

fn answer(words: &[&str], name: &str, case: &Value) -> Result<Value> {
    let mut child = Command::new(binary())
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start the command line")?;
    child.stdin.take().context("no standard input")?.write_all(case.to_string().as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "refused: {case}");
    let mut reply: Value = serde_json::from_slice(&output.stdout)?;
    ensure!(reply[name].is_object(), "not an answer: {reply}");
    Ok(reply[name].take())
}
