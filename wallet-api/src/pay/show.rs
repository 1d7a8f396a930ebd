//! Orders as both sides see them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use wallet_ledger::{Micros, OrderState, OwnerId};
use wallet_store::{Actor, OrderRow};
use wallet_types::{CashOut, CashState, Id, OrderOut, OrderStateName, Orders, RefundOut, SoldPack, TransportCode};

use super::order::{Order, Paid, Refund};
use super::refused;
use crate::problem::ApiError;
use crate::wallet::{Wallet, instant};

/// Orders that are read at a time.
const PAGE: u32 = 500;

pub(crate) fn state(state: OrderState) -> OrderStateName {
    match state {
        OrderState::Created => OrderStateName::Created,
        OrderState::Uploaded => OrderStateName::Uploaded,
        OrderState::Authorised => OrderStateName::Authorised,
        OrderState::Settled => OrderStateName::Settled,
        OrderState::PartRefunded => OrderStateName::PartRefunded,
        OrderState::Refunded => OrderStateName::Refunded,
        OrderState::Unknown => OrderStateName::Unknown,
        OrderState::Revoked => OrderStateName::Revoked,
        OrderState::Failed => OrderStateName::Failed,
        OrderState::Expired => OrderStateName::Expired,
    }
}

fn refund_out(refund: &Refund) -> RefundOut {
    RefundOut {
        id: Id(refund.id),
        amount_fen: refund.amount,
        cash_fen: refund.cash,
        state: refund.state,
        reason: refund.reason.clone(),
        at: instant(refund.at),
    }
}

/// The packs of an order. All of them come back with the rest of it.
fn sold(order: &Order, bill: &Paid) -> Vec<SoldPack> {
    let gone = matches!(order.state, OrderState::Refunded | OrderState::Revoked);
    let packs = bill.packs().into_iter();
    packs
        .map(|(drug, code)| SoldPack { drug: drug.into(), code: code.into(), back: gone || bill.is_back(code) })
        .collect()
}

impl Wallet {
    /// An order that somebody is one side of. When the institution asks, what was left open is gone on with: an
    /// outcome that was not known is asked about.
    pub(crate) async fn order(&self, actor: Actor, id: u128) -> Result<Order, ApiError> {
        let missing = || refused(TransportCode::NotFound);
        let order = Order::of(self.desk.order(actor, id).await?.ok_or_else(missing)?)?;
        match actor {
            Actor::Institution(_) => self.go_on(order).await,
            Actor::Resident(_) | Actor::Area | Actor::Auditor => Ok(order),
        }
    }

    pub(crate) async fn orders(&self, actor: Actor, before: Micros, most: u32) -> Result<Orders, ApiError> {
        let rows = self.desk.orders(actor, before, most).await?;
        Ok(Orders { orders: self.orders_out(rows, actor).await? })
    }

    /// All orders of a patient that were made since an instant, the latest first, read in pages.
    pub(crate) async fn orders_since(&self, patient: OwnerId, since: Micros) -> Result<Vec<OrderRow>, ApiError> {
        let (mut all, mut before) = (Vec::new(), Micros(i64::MAX));
        loop {
            let rows = self.desk.orders(Actor::Resident(patient), before, PAGE).await?;
            let Some(last) = rows.last() else { return Ok(all) };
            before = last.made_at;
            all.extend(rows.into_iter().filter(|row| row.made_at >= since));
            if before < since {
                return Ok(all);
            }
        }
    }

    pub(crate) async fn orders_out(&self, rows: Vec<OrderRow>, actor: Actor) -> Result<Vec<OrderOut>, ApiError> {
        let (mut orders, mut names) = (Vec::new(), HashMap::new());
        for row in rows {
            let order = Order::of(row)?;
            let name = match names.entry(order.institution) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(self.desk.institution(order.institution).await?),
            };
            orders.push(self.order_named(&order, name.clone(), actor).await?);
        }
        Ok(orders)
    }

    pub(crate) async fn order_out(&self, order: &Order, actor: Actor) -> Result<OrderOut, ApiError> {
        self.order_named(order, self.desk.institution(order.institution).await?, actor).await
    }

    /// Which relative a part was drawn from is between the patient and them.
    async fn order_named(
        &self,
        order: &Order,
        institution: Option<String>,
        actor: Actor,
    ) -> Result<OrderOut, ApiError> {
        let bill = order.bill.as_ref();
        let own = matches!(actor, Actor::Resident(owner) if bill.is_some_and(|bill| OwnerId(bill.patient) == owner));
        let mut parts = bill.map(|bill| bill.parts.clone()).unwrap_or_default();
        if !own {
            parts.iter_mut().for_each(|part| part.relation = None);
        }
        let none = CashOut { means: None, amount_fen: anxin_core::Fen::ZERO, state: CashState::None };
        let cash = bill.map(|bill| &bill.cash).filter(|cash| !cash.amount.is_zero());
        let cash =
            cash.map_or(none, |cash| CashOut { means: Some(cash.means), amount_fen: cash.amount, state: cash.state });
        Ok(OrderOut {
            id: Id(order.id),
            state: state(order.state),
            institution,
            figures: bill.map(|bill| bill.figures.clone()),
            parts,
            cash,
            certainty: bill.map(|bill| bill.certainty),
            refunds: bill.map(|bill| bill.refunds.iter().map(refund_out).collect()).unwrap_or_default(),
            why: bill.and_then(|bill| bill.why.clone()),
            packs: bill
                .filter(|_| matches!(actor, Actor::Institution(_)))
                .map(|bill| sold(order, bill))
                .unwrap_or_default(),
            waits_for: self.waiting_areas(order).await?,
            made_at: instant(order.made_at),
            changed_at: instant(order.changed_at),
        })
    }
}
