//! Settling a bill: the core splits it, the books draw every part of it or none, and an order keeps what was done.
//!
//! Whoever speaks to institutions calls [`Wallet::presettle`], [`Wallet::settle`], [`Wallet::refund_order`],
//! [`Wallet::reverse`] and [`Wallet::order`]. Who is insured how, where somebody is treated and what the year has used
//! up come from the area's own records, never from who asks.

mod accounts;
mod afar;
mod callback;
mod case;
mod cash;
mod claims;
pub(crate) mod code;
pub(crate) mod counter;
mod decode;
mod figures;
mod filings;
mod goods;
mod lines;
mod offer;
mod order;
mod presettle;
mod refund;
mod rx;
mod seed;
mod settle;
mod show;
#[cfg(test)]
mod tests;
mod till;
mod undo;
mod year;

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::family::LookupKey;
use crate::problem::ApiError;
use crate::settings::{self, BadSetting, Settings};
use wallet_types::TransportCode;

use crate::clearing::{Calendar, Recovery};
use crate::supervision::Supervision;
use callback::ProviderKey;
use cash::CashProvider;
use wallet_store::Desk;

pub(crate) use accounts::{advanced, bank, deducted, fund, owed_by_funds};
pub(crate) use callback::CallHead;
pub(crate) use case::{Bill, Sides, Terms};
pub(crate) use decode::Till;
pub(crate) use filings::{CHOICE, CHRONIC, Chosen, REFERRAL, Referred};
pub(crate) use offer::scanner;
pub(crate) use order::{Order, Paid};
pub(crate) use presettle::PHARMACY;
pub(crate) use refund::{Share, refund_id};
pub(crate) use settle::{Settling, order_id};
pub(crate) use show::state as order_state;

#[cfg(doc)]
use crate::wallet::Wallet;

/// What settling goes by beside the books.
pub(crate) struct Pay {
    /// Whether figures may be settled that rest on an assumption.
    demo: bool,
    cash: Box<dyn CashProvider>,
    key: Option<LookupKey>,
    code_seconds: u32,
    token_seconds: u32,
    provider_key: Option<ProviderKey>,
    supervision: Supervision,
    pub(crate) calendar: Calendar,
    pub(crate) recovery: Recovery,
    opened: accounts::Opened,
    /// For how long money is held for an order whose outcome is not known.
    held: AtomicI64,
}

impl fmt::Debug for Pay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pay")
    }
}

impl Pay {
    /// # Errors
    /// Names the setting that is not taken.
    pub(crate) fn new(settings: &Settings, desk: &Desk) -> Result<Pay, BadSetting> {
        let cash: Box<dyn CashProvider> =
            if settings.demo { Box::new(cash::Simulated(desk.clone())) } else { Box::new(cash::CounterOnly) };
        let settings::Pay { key, code_seconds, token_seconds, provider_key, supervision } = &settings.pay;
        Ok(Pay {
            demo: settings.demo,
            cash,
            key: LookupKey::read("pay.key", key, settings.demo)?,
            code_seconds: *code_seconds,
            token_seconds: *token_seconds,
            provider_key: ProviderKey::read(provider_key, settings.demo)?,
            calendar: Calendar::built_in().map_err(|e| BadSetting::new("docs/workdays.default.toml", e))?,
            recovery: Recovery::new(&settings.clearing),
            opened: accounts::Opened::default(),
            held: AtomicI64::new(settle::HELD),
            supervision: Supervision::read(supervision, settings.demo)?,
        })
    }
}

impl Pay {
    /// The journal's time never goes back: what is settled on a day that is over has to be held until one that is not.
    pub(crate) fn hold_for(&self, micros: i64) {
        self.held.store(micros, Ordering::SeqCst);
    }

    fn held(&self) -> i64 {
        self.held.load(Ordering::SeqCst)
    }
}

fn refused(code: TransportCode) -> ApiError {
    ApiError::Transport(code)
}

/// A problem that names what stands in the way.
fn named(code: TransportCode, field: &str, what: impl Into<String>) -> ApiError {
    ApiError::Rules { code, condition: field.into(), rule: what.into() }
}
