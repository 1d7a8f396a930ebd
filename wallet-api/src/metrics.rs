//! Figures for Prometheus. Labels are routes, methods, statuses and codes: never an id, an address or a name.

use std::sync::atomic::Ordering;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use wallet_store::Tally;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Decided {
    outcome: u16,
    replayed: u8,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Alarmed {
    what: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Fetched {
    keys: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Wrote {
    what: &'static str,
}

#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    answered: Family<Answered, Counter>,
    seconds: Histogram,
    decided: Family<Decided, Counter>,
    halted: Gauge,
    alarmed: Family<Alarmed, Counter>,
    fetched: Family<Fetched, Counter>,
    wrote: Family<Wrote, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("anxin");
        let answered = Family::default();
        registry.register("http_requests", "Requests by route, method and status", answered.clone());
        let seconds = Histogram::new(exponential_buckets(0.000_5, 2.0, 14));
        registry.register("http_request_seconds", "Time until the answer began", seconds.clone());
        let decided = Family::default();
        registry.register("wallet_requests", "Requests to the books by the number of their outcome", decided.clone());
        let halted = Gauge::default();
        registry.register("wallet_halted", "1 when the books take nothing in any more", halted.clone());
        let alarmed = Family::default();
        registry.register("alarms", "What somebody should look at", alarmed.clone());
        let fetched = Family::default();
        registry.register("provider_keys", "Tries to fetch the identity provider's keys", fetched.clone());
        let wrote = Family::default();
        registry.register("wallet_writer", "Batches and requests stored, tries that met a busy store", wrote.clone());
        Metrics { registry, answered, seconds, decided, halted, alarmed, fetched, wrote }
    }
}

impl Metrics {
    /// A method that is none of ours is one label, whatever it is called.
    pub fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let known = ["GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS"].contains(&method);
        let method = if known { method } else { "other" };
        let labels = Answered { method: method.into(), route: route.into(), status };
        self.answered.get_or_create(&labels).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    pub fn decided(&self, outcome: u16, replayed: bool) {
        self.decided.get_or_create(&Decided { outcome, replayed: replayed.into() }).inc();
    }

    /// Something that does not happen by itself.
    pub fn alarmed(&self, what: &'static str) {
        self.alarmed.get_or_create(&Alarmed { what }).inc();
    }

    pub fn halted(&self, halted: bool) {
        self.halted.set(halted.into());
    }

    pub fn provider_keys_taken(&self) {
        self.fetched.get_or_create(&Fetched { keys: "taken" }).inc();
    }

    /// Those before stay, for as long as it takes.
    pub fn provider_keys_failed(&self) {
        self.fetched.get_or_create(&Fetched { keys: "failed" }).inc();
    }

    /// What the writer of the books has done since it was started.
    pub fn written(&self, tally: &Tally) {
        let Tally { batches, requests, retries, unclear, given_up } = *tally;
        let counts = [
            ("batches", batches),
            ("requests", requests),
            ("retries", retries),
            ("unclear", unclear),
            ("given_up", given_up),
        ];
        for (what, count) in counts {
            self.wrote.get_or_create(&Wrote { what }).inner().store(count, Ordering::Relaxed);
        }
    }

    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
