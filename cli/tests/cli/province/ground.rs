//! What lies between two provinces.

use std::net::{Ipv4Addr, SocketAddr};

use anxin_brokers::ports;

use super::network::{Network, Place, address};
use super::{Client, HOME, HOSPITAL};
use crate::link::Link;

/// Where two provinces stand, with a way between them that can be cut.
///
/// Servers ask each other in plain HTTP on their own machine only: each province has a proxy before the way to the other
/// one. In a network of namespaces the way itself is cut; without one the proxies carry nothing.
pub struct Ground {
    network: Option<Network>,
    ports: [[u16; 2]; 2],
    /// To whichever server of the other province is there.
    links: [Link; 2],
}

impl Ground {
    /// In namespaces where this may make some.
    #[expect(clippy::print_stderr, reason = "which of both it was belongs to what a run says")]
    pub fn new() -> Ground {
        match Network::found() {
            Ok(network) => {
                eprintln!("the provinces are cut in a network of namespaces");
                Ground::on(Some(network))
            }
            Err(cause) => {
                eprintln!("the provinces are cut by proxies, for there are no namespaces: {cause}");
                Ground::shared()
            }
        }
    }

    /// On this machine's own addresses, where brokers can be reached.
    pub fn shared() -> Ground {
        Ground::on(None)
    }

    fn on(network: Option<Network>) -> Ground {
        let ports: [[u16; 2]; 2] = [ports().unwrap(), ports().unwrap()];
        let links = [HOME, HOSPITAL].map(|at| {
            let other = 1 - at;
            let (place, host) = match &network {
                Some(network) => (network.places[at].clone(), address(other)),
                None => (Place::default(), Ipv4Addr::LOCALHOST),
            };
            let targets = ports[other].map(|port| SocketAddr::from((host, port))).to_vec();
            place.within(|| Link::to_any(targets))
        });
        Ground { network, ports, links }
    }

    pub fn place(&self, at: usize) -> Place {
        self.network.as_ref().map_or_else(Place::default, |network| network.places[at].clone())
    }

    pub fn ports(&self, at: usize) -> [u16; 2] {
        self.ports[at]
    }

    /// Where servers of a province find the other one.
    pub fn way(&self, at: usize) -> u16 {
        self.links[at].port
    }

    pub fn client(&self, at: usize) -> Client {
        Client::new(self.place(at), self.ports[at])
    }

    pub fn cut(&self) {
        match &self.network {
            Some(network) => network.cut(),
            None => self.links.iter().for_each(|link| link.cut_after(0)),
        }
    }

    pub fn mend(&self) {
        match &self.network {
            Some(network) => network.mend(),
            None => self.links.iter().for_each(Link::mend),
        }
    }
}
