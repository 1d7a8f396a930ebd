//! A transfer that was sent and not answered, kept for whoever sent it until its result is known.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::send_form::Order;
use crate::services::browser;

fn place(name: &str) -> String {
    format!("anxin.wallet.pending.{name}")
}

pub fn of(name: &str) -> Option<Order> {
    found(name)
}

pub fn keep(name: &str, order: &Order) {
    keep_as(name, order);
}

/// What was kept under a name, where it is of this kind.
pub fn found<D: DeserializeOwned>(name: &str) -> Option<D> {
    serde_json::from_str(&browser::stored(&place(name))?).ok()
}

pub fn keep_as<D: Serialize>(name: &str, deed: &D) {
    browser::store(&place(name), &serde_json::to_string(deed).unwrap_or_default());
}

pub fn done(name: &str) {
    browser::forget(&place(name));
}

/// Names a transfer; `None` where the browser has no chance to draw on.
pub fn new_key() -> Option<String> {
    Some(browser::random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}
