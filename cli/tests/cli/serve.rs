use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{CASE, anxin, done};

/// A server of its own, ended with the test.
pub struct Server {
    pub child: Child,
    address: SocketAddr,
    told: String,
}

impl Server {
    pub fn start(arguments: &[&str]) -> Server {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("anxin"))
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut told).unwrap();
        let address = told.split("http://").nth(1).and_then(|t| t.split('/').next()).expect(&told).parse().unwrap();
        Server { child, address, told }
    }

    /// Head and body of the answer to one request.
    pub fn ask(&self, head: &str, body: &[u8]) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(
            stream,
            "{head}\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            self.address,
            body.len()
        )
        .unwrap();
        // A server that refuses a long body may close before all of it is written.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("an answer");
        (String::from_utf8(answer[..end].to_vec()).unwrap(), answer[end + 4..].to_vec())
    }

    pub fn stop(&mut self) -> (Option<i32>, String) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (self.child.wait().unwrap().code(), log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already ended when the test stopped it itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const ESTIMATE: &str = "POST /api/v1/estimates?lang=zh HTTP/1.1\r\nContent-Type: application/json";

#[test]
fn the_server_and_the_command_line_answer_with_the_same_bytes() {
    let server = Server::start(&["--log", "off"]);
    for lang in ["zh", "en"] {
        let head = ESTIMATE.replace("lang=zh", &format!("lang={lang}"));
        let (head, body) = server.ask(&head, CASE.as_bytes());
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        assert_eq!(String::from_utf8(body).unwrap() + "\n", done(&["estimate", "--lang", lang, "-"], CASE));
    }
    let list = format!("[{CASE},{CASE}]");
    for (address, flag) in [("compare", "--compare"), ("year", "--year")] {
        let (_, body) = server.ask(&ESTIMATE.replace("estimates?", &format!("estimates/{address}?")), list.as_bytes());
        assert_eq!(String::from_utf8(body).unwrap() + "\n", done(&["estimate", flag, "-"], &list));
    }
}

#[test]
fn it_says_where_it_is_logs_no_particulars_and_stops_when_told() {
    let mut server = Server::start(&["--log", "json"]);
    assert!(
        server.told.starts_with("Anxin is at http://127.0.0.1:") && server.told.contains("regions"),
        "{}",
        server.told
    );
    server.ask(&ESTIMATE.replace("lang=zh", "lang=xxyyzz"), CASE.as_bytes());
    let (head, _) = server.ask(ESTIMATE, CASE.replacen("shanwei", "atlantis", 1).as_bytes());
    let id = head.lines().find_map(|l| l.strip_prefix("x-request-id: ")).expect(&head).to_owned();
    let (code, log) = server.stop();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains(&id) && log.contains("\"status\":422") && log.contains("/api/v1/estimates"), "{log}");
    for particular in ["xxyyzz", "atlantis", "127.0.0.1:", "resident"] {
        let lines: Vec<&str> = log.lines().filter(|l| l.contains("request") && l.contains(particular)).collect();
        assert!(lines.is_empty(), "{lines:?}");
    }
    for line in log.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|e| panic!("{e}: {line}"));
    }
}

#[test]
fn a_long_body_is_refused_without_being_kept() {
    let server = Server::start(&["--log", "off"]);
    let (head, body) = server.ask(ESTIMATE, &vec![b' '; 10_000_000]);
    assert!(head.starts_with("HTTP/1.1 413"), "{head}");
    assert!(String::from_utf8(body).unwrap().contains("AX1002"));
}

/// What a server answers to bytes that come one by one, and how long it listens to them.
fn slowly(server: &Server, at_once: &str) -> (String, Duration) {
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(at_once.as_bytes()).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let (began, mut heard) = (Instant::now(), Vec::new());
    loop {
        let mut some = [0; 4096];
        match stream.read(&mut some) {
            Ok(0) => break,
            Ok(count) => heard.extend_from_slice(&some[..count]),
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => break,
        }
        if began.elapsed() > Duration::from_secs(20) || stream.write_all(b" ").is_err() {
            break;
        }
    }
    (String::from_utf8_lossy(&heard).into_owned(), began.elapsed())
}

#[test]
fn who_sends_byte_by_byte_is_not_listened_to_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("anxin.toml");
    std::fs::write(&settings, "[limits]\nhead_seconds = 1\nbody_seconds = 1\n").unwrap();
    let server = Server::start(&["--log", "off", "--config", settings.to_str().unwrap()]);
    let patience = Duration::from_secs(8);
    let head = "GET /healthz HTTP/1.1\r\nHost: anxin\r\nX-Slow: ";
    let (heard, took) = slowly(&server, head);
    assert!(heard.starts_with("HTTP/1.1 408") && took < patience, "{took:?} {heard}");
    // The second request of a connection as well.
    let (heard, took) = slowly(&server, &format!("GET /healthz HTTP/1.1\r\nHost: anxin\r\n\r\n{head}"));
    assert!(heard.starts_with("HTTP/1.1 200") && took < patience, "{took:?} {heard}");
    let body = format!("{ESTIMATE}\r\nHost: anxin\r\nContent-Length: 1000\r\n\r\n{{");
    let (heard, took) = slowly(&server, &body);
    assert!(heard.starts_with("HTTP/1.1 408") && heard.contains("AX9024") && took < patience, "{took:?} {heard}");
    assert!(heard.to_lowercase().contains("connection: close"), "{heard}");
    let (head, _) = server.ask(ESTIMATE, CASE.as_bytes());
    assert!(head.starts_with("HTTP/1.1 200"), "others are answered: {head}");
}

#[test]
fn a_port_that_is_taken_and_a_page_that_is_not_there_are_said_plainly() {
    let server = Server::start(&["--log", "off"]);
    let taken = anxin(&["serve", "--log", "off", "--port", &server.address.port().to_string()]).assert().code(1);
    assert!(String::from_utf8_lossy(&taken.get_output().stderr).contains("cannot listen on 127.0.0.1:"));
    let no_page = anxin(&["serve", "--log", "off", "--port", "0", "--site", "/nowhere/site"]).assert().code(1);
    assert!(String::from_utf8_lossy(&no_page.get_output().stderr).contains("/nowhere/site"));
}
