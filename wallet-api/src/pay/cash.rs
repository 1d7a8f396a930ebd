//! The part of a bill that is left: a leg of its own, collected by whoever takes such payments.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Mutex;

use anxin_core::Fen;
use wallet_types::{CashAsk, CashMeans};

/// How a payment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charged {
    Paid,
    /// It was not paid and never will be under this order.
    Refused,
    /// The answer was lost. Only a query tells.
    Unknown,
}

pub(crate) type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Whoever collects what is left to pay. Every call may be repeated: an order is charged once, and a refund made once.
pub(crate) trait CashProvider: Send + Sync {
    fn takes(&self, means: CashMeans) -> bool;
    fn charge<'a>(&'a self, order: u128, amount: Fen, ask: &'a CashAsk) -> Answer<'a, Charged>;
    /// What became of a charge. One that is refused here is closed: it cannot be paid afterwards.
    fn query(&self, order: u128, means: CashMeans) -> Answer<'_, Charged>;
    /// Whether it was given back; otherwise it is tried again later.
    fn refund(&self, order: u128, refund: u128, means: CashMeans, amount: Fen) -> Answer<'_, bool>;
}

/// Nobody is connected: the institution takes coins and notes.
pub(crate) struct CounterOnly;

impl CashProvider for CounterOnly {
    fn takes(&self, means: CashMeans) -> bool {
        means == CashMeans::Cash
    }

    fn charge<'a>(&'a self, _: u128, _: Fen, ask: &'a CashAsk) -> Answer<'a, Charged> {
        let charged = if self.takes(ask.means) { Charged::Paid } else { Charged::Refused };
        Box::pin(async move { charged })
    }

    fn query(&self, _: u128, means: CashMeans) -> Answer<'_, Charged> {
        let charged = if self.takes(means) { Charged::Paid } else { Charged::Refused };
        Box::pin(async move { charged })
    }

    fn refund(&self, _: u128, _: u128, means: CashMeans, _: Fen) -> Answer<'_, bool> {
        let taken = self.takes(means);
        Box::pin(async move { taken })
    }
}

/// For demonstrations. The last character of the payer's code says what happens: `-` is refused, `?` loses the answer
/// of a payment that was made, `!` of one that was not; all others are paid. It remembers as long as the program runs.
#[derive(Default)]
pub(crate) struct Simulated(Mutex<HashMap<u128, Charged>>);

impl Simulated {
    fn charged(&self, order: u128, ask: &CashAsk) -> Charged {
        let last = ask.auth.as_deref().and_then(|auth| auth.chars().last());
        let (made, told) = match last {
            Some('-') => (Charged::Refused, Charged::Refused),
            Some('!') => (Charged::Refused, Charged::Unknown),
            Some('?') => (Charged::Paid, Charged::Unknown),
            _ => (Charged::Paid, Charged::Paid),
        };
        let Ok(mut known) = self.0.lock() else { return Charged::Unknown };
        // What was closed stays closed.
        match known.entry(order).or_insert(made) {
            before if *before == made => told,
            before => *before,
        }
    }
}

impl CashProvider for Simulated {
    fn takes(&self, _: CashMeans) -> bool {
        true
    }

    fn charge<'a>(&'a self, order: u128, _: Fen, ask: &'a CashAsk) -> Answer<'a, Charged> {
        let charged = if ask.means == CashMeans::Cash { Charged::Paid } else { self.charged(order, ask) };
        Box::pin(async move { charged })
    }

    fn query(&self, order: u128, means: CashMeans) -> Answer<'_, Charged> {
        let charged = match self.0.lock() {
            _ if means == CashMeans::Cash => Charged::Paid,
            Ok(mut known) => *known.entry(order).or_insert(Charged::Refused),
            Err(_) => Charged::Unknown,
        };
        Box::pin(async move { charged })
    }

    fn refund(&self, _: u128, _: u128, _: CashMeans, _: Fen) -> Answer<'_, bool> {
        Box::pin(async { true })
    }
}
