//! The keys of an outside identity provider, fetched from the addresses of the settings and from nowhere else: no
//! redirect is followed, and nothing in a token or a request names an address.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use super::key_ring::KeyRing;
use crate::metrics::Metrics;
use crate::settings::Tokens;

/// For connecting, asking and reading together.
const FETCH: Duration = Duration::from_secs(10);
const BYTES_MAX: u64 = 64 * 1024;
/// Between two rounds at least, whoever asks for another.
const PAUSE: Duration = Duration::from_secs(10);

/// Keeps a ring's fetched keys up to date. Requests never wait for it: they are checked with what is there.
pub struct Fetcher {
    agent: Agent,
    tokens: Tokens,
    demo: bool,
    metrics: Arc<Metrics>,
}

impl Fetcher {
    pub fn new(tokens: &Tokens, demo: bool, metrics: Arc<Metrics>) -> Fetcher {
        let agent = Agent::config_builder()
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(FETCH))
            .http_status_as_error(false)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .build()
            .into();
        Fetcher { agent, tokens: tokens.clone(), demo, metrics }
    }

    /// Until the ring is gone.
    pub async fn run(self, ring: std::sync::Weak<KeyRing>) {
        loop {
            let began = Instant::now();
            let Some(open) = ring.upgrade() else { return };
            let all = self.round(&open).await;
            // Who could not be asked is asked again soon.
            let each = Duration::from_secs(self.tokens.jwks_seconds.into());
            let wait = if all { each } else { PAUSE.min(each) };
            let asked_for = open.asked_for();
            drop(open);
            let _ = tokio::time::timeout(wait, asked_for).await;
            tokio::time::sleep(PAUSE.min(each).saturating_sub(began.elapsed())).await;
        }
    }

    /// Asks every address once; whether all gave keys.
    async fn round(&self, ring: &KeyRing) -> bool {
        let mut all = true;
        for (at, url) in self.tokens.jwks_urls.iter().enumerate() {
            let taken = match self.fetch(url.clone()).await {
                Ok(json) => ring.take(at, &json, &self.tokens.issuer, self.demo),
                Err(why) => Err(why),
            };
            match &taken {
                Ok(()) => self.metrics.provider_keys_taken(),
                Err(why) => {
                    tracing::warn!(at, why, "the provider's keys were not taken; those before stay");
                    self.metrics.provider_keys_failed();
                }
            }
            all &= taken.is_ok();
        }
        all
    }

    async fn fetch(&self, url: String) -> Result<Vec<u8>, String> {
        let agent = self.agent.clone();
        let fetched = spawn_blocking(move || {
            let mut answer = agent.get(&url).header("accept", "application/json").call().map_err(|e| e.to_string())?;
            if answer.status() != 200 {
                return Err(format!("status {}", answer.status().as_u16()));
            }
            answer.body_mut().with_config().limit(BYTES_MAX).read_to_vec().map_err(|e| e.to_string())
        });
        fetched.await.map_err(|e| e.to_string())?
    }
}
