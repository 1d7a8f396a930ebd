//! Three NATS servers of the tests' own, as one cluster with JetStream in a temporary folder, gone with the program that
//! started them. Each can be killed and started again; servers of other kinds find ports here to start again on.

mod ports;

use std::io;
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub use ports::ports;
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub struct Broker {
    port: u16,
    arguments: Vec<String>,
    child: Option<Child>,
}

impl Broker {
    /// `nats://127.0.0.1:4222`
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Returns once it listens.
    ///
    /// # Errors
    /// When `nats-server` is not installed, or does not listen within a minute.
    pub fn start(&mut self) -> io::Result<()> {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "nats-server"]).args(&self.arguments);
        self.child = Some(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
        let since = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            if since.elapsed() > PATIENCE {
                return Err(io::Error::other("nats-server does not start; `cargo xtask setup` installs it"));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Without a word.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.kill();
    }
}

#[derive(Debug)]
pub struct Brokers {
    pub all: [Broker; 3],
    _folder: TempDir,
}

impl Brokers {
    /// # Errors
    /// When one of them does not start.
    pub fn start() -> io::Result<Brokers> {
        let folder = tempfile::tempdir()?;
        let [a, b, c, x, y, z] = ports()?;
        let routes = [x, y, z].map(|port| format!("nats://127.0.0.1:{port}")).join(",");
        let broker = |(port, own): (u16, u16)| {
            let storage = folder.path().join(port.to_string()).display().to_string();
            let own = format!("nats://127.0.0.1:{own}");
            let (at, name) = (port.to_string(), format!("broker-{port}"));
            let arguments = ["-a", "127.0.0.1", "-js", "--cluster_name", "anxin", "-p", &at, "-n", &name];
            let arguments = arguments.into_iter().chain(["-sd", &storage, "--cluster", &own, "--routes", &routes]);
            Broker { port, arguments: arguments.map(str::to_owned).collect(), child: None }
        };
        let mut brokers = Brokers { all: [(a, x), (b, y), (c, z)].map(broker), _folder: folder };
        brokers.all.iter_mut().try_for_each(Broker::start)?;
        Ok(brokers)
    }

    /// All of them as one address.
    pub fn url(&self) -> String {
        let hosts = self.all.each_ref().map(|broker| format!("127.0.0.1:{}", broker.port));
        format!("nats://{}", hosts.join(","))
    }
}
