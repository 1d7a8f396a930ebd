use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;

/// A case that is complete; its region is Shanwei.
pub const CASE: &str = wallet_api::openapi::EXAMPLE_CASE;

pub fn anxin(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("anxin").unwrap();
    command.args(args);
    command
}

/// Standard output of a command that is done.
pub fn done(args: &[&str], stdin: &str) -> String {
    let output = anxin(args).write_stdin(stdin).assert().success().stderr("").get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

/// The refusal of a command: exit code 2, nothing on standard output, one line of JSON on standard error.
pub fn refused(args: &[&str], stdin: &str) -> Value {
    let output = anxin(args).write_stdin(stdin).assert().code(2).stdout("").get_output().stderr.clone();
    let text = String::from_utf8(output).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    let refusal: Value = serde_json::from_str(&text).unwrap();
    for key in ["code", "field", "accepted", "message"] {
        assert!(refusal[key].is_string(), "{key}: {text}");
    }
    refusal
}

pub fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../wasm-core/rules")
}

/// Writes the packs of the rules to a folder.
pub fn compile_into(dir: &Path) {
    let files = anxin_packer::read_tree(&rules()).unwrap();
    let grouping = anxin_drgpack::all(&rules().join("drg")).unwrap().into_iter();
    let grouping = grouping.chain(anxin_dippack::all(&rules().join("dip")).unwrap());
    for (id, bytes) in anxin_packer::compile(&files).unwrap().into_iter().chain(grouping) {
        std::fs::write(dir.join(format!("{}.anxpack", id.replace('/', "-"))), bytes).unwrap();
    }
}

/// What a server of this machine answers, if it answers at all.
pub fn ask(port: u16, line: &str, headers: &[(&str, &str)], body: &str) -> Option<(u16, Value)> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut head = format!("{line} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(head.as_bytes()).ok()?;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    Some((status, serde_json::from_slice(&answer[end + 4..]).unwrap_or(Value::Null)))
}

/// `anxin serve` for a demonstration of one area, on a port.
pub fn serve(area: u32, port: u16, database: &str) -> std::process::Command {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("anxin"));
    command.args(["serve", "--demo", "--log", "off", "--port", &port.to_string()]);
    command.args(["--cell", &area.to_string(), "--database", database]);
    // All clients of a test are one address.
    command.env("ANXIN_LIMITS_LOGINS_PER_ADDRESS", "1000000").env("ANXIN_LIMITS_PER_SUBJECT", "1000000");
    command
}

/// Starts a server; returns once it says where it listens.
pub fn listening(command: &mut std::process::Command) -> Child {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut told = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut told).unwrap();
    assert!(told.contains("http://"), "{told}");
    child
}
