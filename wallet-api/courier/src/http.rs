//! Notes over HTTP, to addresses that are given beforehand and to no other.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use tokio::task::spawn_blocking;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};
use wallet_ledger::CellId;

use crate::courier::{Lost, Way};
use crate::seal::NOTE_MAX;

/// For connecting, sending and reading together.
const PATIENCE: Duration = Duration::from_secs(5);

/// Posts each note and takes the body of what is answered with 200.
pub struct Http {
    agent: Agent,
    addresses: BTreeMap<CellId, String>,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("addresses", &self.addresses).finish_non_exhaustive()
    }
}

impl Http {
    /// Where each cell's server is.
    pub const PATH: &str = "/peer/v1/letters";
    pub const FORM: &str = "application/octet-stream";

    pub fn new(addresses: BTreeMap<CellId, String>) -> Http {
        let agent = Agent::config_builder()
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .build()
            .into();
        Http { agent, addresses }
    }
}

impl Way for Http {
    async fn send(&self, to: CellId, note: Vec<u8>) -> Result<Vec<u8>, Lost> {
        let address = self.addresses.get(&to).ok_or(Lost)?;
        let (agent, url) = (self.agent.clone(), format!("{}{}", address.trim_end_matches('/'), Http::PATH));
        let sent = spawn_blocking(move || {
            let mut answer = agent.post(&url).header("content-type", Http::FORM).send(&note).map_err(|_| Lost)?;
            if answer.status() != 200 {
                return Err(Lost);
            }
            let most = u64::try_from(NOTE_MAX).unwrap_or(u64::MAX);
            answer.body_mut().with_config().limit(most).read_to_vec().map_err(|_| Lost)
        });
        sent.await.map_err(|_| Lost)?
    }
}
