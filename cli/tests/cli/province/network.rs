//! A network for two provinces: each in a namespace of its own, and a bridge between them. Where that is taken down,
//! packets vanish and nobody is told.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::os::fd::AsFd as _;
use std::panic;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use super::HOME;

/// Where `ip netns` keeps them.
const FOLDER: &str = "/var/run/netns";
const NAME: &str = "anxin-";

/// Gone with the value, whether or not a test panics.
#[derive(Debug)]
struct Namespace {
    name: String,
}

impl Namespace {
    fn add(name: String) -> io::Result<Namespace> {
        ip(None, &format!("netns add {name}"))?;
        Ok(Namespace { name })
    }

    /// What is done by a thread of it: sockets that it opens, programs and threads that it starts stay in it.
    fn within<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        let entered = || {
            let door = File::open(Path::new(FOLDER).join(&self.name)).unwrap();
            move_into_link_name_space(door.as_fd(), Some(LinkNameSpaceType::Network)).unwrap();
            work()
        };
        let done = thread::scope(|scope| scope.spawn(entered).join());
        done.unwrap_or_else(|cause| panic::resume_unwind(cause))
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        let _ = ip(None, &format!("netns del {}", self.name));
    }
}

/// Where a province's programs run and whoever asks them is: a namespace, or the network that this machine has.
#[derive(Clone, Debug, Default)]
pub struct Place(Option<Arc<Namespace>>);

impl Place {
    pub fn within<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.0 {
            Some(namespace) => namespace.within(work),
            None => work(),
        }
    }

    /// What a server listens at to be reached from the other province.
    pub fn host(&self) -> Ipv4Addr {
        if self.0.is_some() { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST }
    }
}

pub struct Network {
    pub places: [Place; 2],
    between: Namespace,
}

impl Network {
    /// # Errors
    /// Where this may not be made: without root, in a container that has no right to it, without iproute2.
    pub fn found() -> io::Result<Network> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        forget_the_dead();
        let own = format!("{NAME}{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let add = |what: &str| Namespace::add(format!("{own}-{what}"));
        let (between, home, hospital) = (add("between")?, add("home")?, add("hospital")?);
        let Namespace { name } = &between;
        ip(
            None,
            &format!(
                "link add name home netns {name} type veth peer name way address {} netns {}
                 link add name hospital netns {name} type veth peer name way address {} netns {}",
                HARDWARE[0], home.name, HARDWARE[1], hospital.name
            ),
        )?;
        ip(
            Some(name),
            "link add name between type bridge
             link set dev home master between up
             link set dev hospital master between up
             link set dev between up",
        )?;
        for (at, province) in [&home, &hospital].into_iter().enumerate() {
            // Who is where is known beforehand: nobody would be told that an address cannot be found, either.
            let lines = format!(
                "link set dev lo up
                 addr add {}/24 dev way
                 link set dev way up
                 neigh add {} lladdr {} nud permanent dev way",
                address(at),
                address(1 - at),
                HARDWARE[1 - at]
            );
            ip(Some(&province.name), &lines)?;
        }
        Ok(Network { places: [home, hospital].map(|province| Place(Some(Arc::new(province)))), between })
    }

    pub fn cut(&self) {
        ip(Some(&self.between.name), "link set dev between down").unwrap();
    }

    pub fn mend(&self) {
        ip(Some(&self.between.name), "link set dev between up").unwrap();
    }
}

const HARDWARE: [&str; 2] = ["02:00:00:00:00:01", "02:00:00:00:00:02"];

/// Of a province, for the other one.
pub fn address(at: usize) -> Ipv4Addr {
    Ipv4Addr::new(10, 0, 0, if at == HOME { 1 } else { 2 })
}

/// Has `ip` carry out one line after the other, in a namespace or here.
fn ip(namespace: Option<&str>, lines: &str) -> io::Result<()> {
    let mut command = Command::new("ip");
    if let Some(name) = namespace {
        command.args(["-n", name]);
    }
    let mut child =
        command.args(["-batch", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    child.stdin.take().map(|mut stdin| stdin.write_all(format!("{lines}\n").as_bytes())).transpose()?;
    let told = child.wait_with_output()?;
    let why = || String::from_utf8_lossy(&told.stderr).lines().next().unwrap_or_default().to_owned();
    if told.status.success() { Ok(()) } else { Err(io::Error::other(why())) }
}

/// Removes what a program left that was killed.
fn forget_the_dead() {
    for entry in fs::read_dir(FOLDER).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let of = name.strip_prefix(NAME).and_then(|rest| rest.split('-').next()?.parse::<u32>().ok());
        if of.is_some_and(|pid| !Path::new("/proc").join(pid.to_string()).exists()) {
            drop(Namespace { name });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{SocketAddr, TcpListener, TcpStream};
    use std::time::Duration;

    use super::super::HOSPITAL;
    use super::*;

    #[test]
    #[expect(clippy::print_stderr, reason = "that it could not be tried")]
    fn what_is_cut_vanishes_and_nobody_is_told() {
        let network = match Network::found() {
            Ok(network) => network,
            Err(cause) => return eprintln!("no network namespaces here: {cause}"),
        };
        let [home, hospital] = network.places.clone();
        let listener = hospital.within(|| TcpListener::bind((hospital.host(), 0))).unwrap();
        let there = SocketAddr::from((address(HOSPITAL), listener.local_addr().unwrap().port()));
        let knock = |patience| home.within(|| TcpStream::connect_timeout(&there, patience));
        let kind = |knocked: io::Result<TcpStream>| knocked.map(drop).map_err(|cause| cause.kind());
        let (soon, later) = (Duration::from_millis(300), Duration::from_secs(20));
        assert_eq!(kind(knock(later)), Ok(()));
        network.cut();
        assert_eq!(kind(knock(soon)), Err(io::ErrorKind::TimedOut));
        network.mend();
        assert_eq!(kind(knock(later)), Ok(()));
        drop(listener);
        assert_eq!(kind(knock(later)), Err(io::ErrorKind::ConnectionRefused), "who is there does refuse");
    }

    #[test]
    fn a_namespace_is_gone_with_a_test_that_panics() {
        let Ok(network) = Network::found() else { return };
        let names = fs::read_dir(FOLDER).unwrap().flatten().map(|entry| entry.file_name());
        let own = network.between.name.trim_end_matches("between").to_owned();
        let own: Vec<_> = names.filter(|name| name.to_string_lossy().starts_with(&own)).collect();
        assert_eq!(own.len(), 3);
        let test = panic::AssertUnwindSafe(move || {
            let _network = network;
            panic::resume_unwind(Box::new("as a test that fails"));
        });
        assert!(panic::catch_unwind(test).is_err());
        assert!(own.iter().all(|name| !Path::new(FOLDER).join(name).exists()));
    }
}
