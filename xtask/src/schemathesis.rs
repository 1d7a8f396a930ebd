//! Asks a server what its description allows and what it does not, by Schemathesis, and demands that every answer is
//! one that the description has.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use xshell::{Shell, cmd};

use crate::steps::step;
use crate::{root, shell};

const VERSION: &str = "4.32.5";
/// One who sees nothing of others, one who sees everything, and one at a counter.
const PEOPLE: [&str; 3] = ["resident1", "area1", "hospital1"];
/// The same questions each time.
const SEED: &str = "7";

pub fn run() -> Result<()> {
    let sh = shell()?;
    let bin = tool(&sh)?;
    step("build the server", || Ok(cmd!(sh, "cargo build --quiet --package anxin").quiet().run()?))?;
    let folder = sh.create_temp_dir()?;
    let server = Server::start(&format!("sqlite:{}", folder.path().join("books.db").display()))?;
    let (config, address) = (root().join("tests/schemathesis.toml"), server.address.as_str());
    let mut found = Vec::new();
    for name in PEOPLE {
        let authorization = format!("Authorization: Bearer {}", server.token(&sh, name)?);
        // A stream of events ends when its time is over, and not before.
        let asked = step(&format!("what {name} may ask and may not"), || {
            let run = cmd!(
                sh,
                "{bin} --config-file {config} run {address}/api/openapi.json -H {authorization} --seed {SEED}
                 --phases examples,coverage --continue-on-failure --exclude-path /api/v1/wallet/events --warnings off"
            );
            Ok(run.quiet().run()?)
        });
        found.extend(asked.is_err().then_some(name));
    }
    ensure!(found.is_empty(), "answers that the description does not have: asked as {}", found.join(", "));
    Ok(())
}

/// Installed once into `target/tools`.
fn tool(sh: &Shell) -> Result<std::path::PathBuf> {
    let own = root().join("target/tools/schemathesis");
    let bin = own.join("bin/schemathesis");
    let there = cmd!(sh, "{bin} --version").quiet().ignore_stderr().read();
    if !there.is_ok_and(|version| version.contains(VERSION)) {
        step("install Schemathesis (once)", || {
            cmd!(sh, "python3 -m venv {own}").quiet().run()?;
            let pip = own.join("bin/pip");
            Ok(cmd!(sh, "{pip} install --quiet schemathesis=={VERSION}").quiet().run()?)
        })?;
    }
    Ok(bin)
}

/// A demonstration with books of its own, ended when it is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(books: &str) -> Result<Server> {
        let mut server = Command::new(root().join("target/debug/anxin"));
        server.args(["serve", "--demo", "--port", "0", "--log", "off", "--database", books]);
        for limit in ["PER_SUBJECT", "PER_ADDRESS", "LOGINS_PER_ADDRESS"] {
            server.env(format!("ANXIN_LIMITS_{limit}"), "1000000");
        }
        server.env("ANXIN_SESSIONS_ACCESS_SECONDS", "3600");
        let mut child = server.stdout(Stdio::piped()).spawn()?;
        let mut told = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut told)?;
        let address = told.split_whitespace().find(|word| word.starts_with("http://"));
        let address = address.with_context(|| format!("the server says {told:?}"))?.trim_end_matches('/').to_owned();
        Ok(Server { child, address })
    }

    fn token(&self, sh: &Shell, name: &str) -> Result<String> {
        let address = format!("{}/api/v1/sessions", self.address);
        let login = format!("{{\"name\":\"{name}\",\"password\":\"anxin-demo\"}}");
        let json = cmd!(sh, "curl --silent --fail -H content-type:application/json -d {login} {address}").quiet();
        let session: toml::Value = serde_json::from_str(&json.read()?)?;
        Ok(session.get("access_token").and_then(toml::Value::as_str).context("no token")?.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
