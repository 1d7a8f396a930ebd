//! The part of a bill that is left: a leg of its own, collected by whoever takes such payments.

use std::future::Future;
use std::pin::Pin;

use anxin_core::Fen;
use wallet_store::Desk;
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

    /// Whether it lies on the counter: nobody has to be asked for it.
    fn is_at_hand(&self, means: CashMeans) -> bool {
        means == CashMeans::Cash
    }

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
/// of a payment that was made, `!` of one that was not; all others are paid.
pub(crate) struct Simulated(pub Desk);

impl Simulated {
    /// What became of it, by whoever said so first: what was closed stays closed.
    async fn known(&self, order: u128, paid: bool) -> Charged {
        match self.0.demo_charge(order, paid).await {
            Ok(true) => Charged::Paid,
            Ok(false) => Charged::Refused,
            Err(_) => Charged::Unknown,
        }
    }

    async fn charged(&self, order: u128, ask: &CashAsk) -> Charged {
        let last = ask.auth.as_deref().and_then(|auth| auth.chars().last());
        let (made, told) = match last {
            Some('-') => (Charged::Refused, Charged::Refused),
            Some('!') => (Charged::Refused, Charged::Unknown),
            Some('?') => (Charged::Paid, Charged::Unknown),
            _ => (Charged::Paid, Charged::Paid),
        };
        match self.known(order, made == Charged::Paid).await {
            known if known == made => told,
            known => known,
        }
    }
}

impl CashProvider for Simulated {
    fn takes(&self, _: CashMeans) -> bool {
        true
    }

    fn charge<'a>(&'a self, order: u128, _: Fen, ask: &'a CashAsk) -> Answer<'a, Charged> {
        Box::pin(
            async move { if ask.means == CashMeans::Cash { Charged::Paid } else { self.charged(order, ask).await } },
        )
    }

    fn query(&self, order: u128, means: CashMeans) -> Answer<'_, Charged> {
        Box::pin(async move { if means == CashMeans::Cash { Charged::Paid } else { self.known(order, false).await } })
    }

    fn refund(&self, _: u128, _: u128, _: CashMeans, _: Fen) -> Answer<'_, bool> {
        Box::pin(async { true })
    }
}
