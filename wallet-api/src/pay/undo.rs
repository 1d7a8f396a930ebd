//! Taking back all of an order: what is held is freed, what was posted goes back to where it was drawn, what was
//! collected is given back. Done once more, it changes nothing.

use anxin_core::Fen;
use wallet_ledger::{Command, HoldId, OrderEvent, OrderState, OwnerId, TransferId};
use wallet_store::{Actor, Uses};
use wallet_types::{CashState, TransportCode, WalletCode};

use super::cash::Charged;
use super::order::{Order, Paid, YearEffect};
use super::refused;
use super::settle::order_id;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived};

/// The transfer that takes back all of an order.
pub(super) fn undo_id(order: u128) -> TransferId {
    TransferId(derived(&Key { tenant: order, operation: Operation::OrderUndo, key: String::new() }, 0))
}

impl Wallet {
    /// 冲正: takes back the settlement that an institution asked for under a key, whether or not it ever arrived. One
    /// that did not leaves a mark, and is refused when it comes later.
    ///
    /// # Errors
    /// When part of it was refunded already, or it came to nothing by itself.
    pub(crate) async fn reverse(&self, institution: OwnerId, key: &str) -> Result<Order, ApiError> {
        let id = order_id(institution, key);
        let order = match self.any_order(id).await? {
            Some(order) => order,
            None => {
                let now = self.now();
                let state = OrderState::Revoked;
                let mark = Order { id, institution, state, made_at: now, changed_at: now, bill: None, version: 1 };
                match self.begin(mark, Uses::default(), 0).await? {
                    Some(mark) => return Ok(mark),
                    None => self.again(id).await?,
                }
            }
        };
        self.take_back(order).await
    }

    pub(super) async fn take_back(&self, order: Order) -> Result<Order, ApiError> {
        if order.state == OrderState::Revoked {
            return self.undo(order).await;
        }
        let refunding = order.bill.as_ref().is_some_and(|bill| bill.given_back().0 != Fen::ZERO);
        if refunding {
            return Err(order.not_in_this_state());
        }
        // First the state: whoever is settling it at this moment finds it changed, and takes back what it posts.
        let (id, revoked) = (order.id, Order { state: order.by(OrderEvent::Reverse)?, ..order });
        match self.keep(revoked, YearEffect::All).await? {
            Some(revoked) => self.undo(revoked).await,
            None => Box::pin(self.take_back(self.again(id).await?)).await,
        }
    }

    /// Gives back whatever an order that ended still has.
    pub(super) async fn undo(&self, order: Order) -> Result<Order, ApiError> {
        let Some(bill) = order.bill.clone().filter(|bill| !bill.undone) else { return Ok(order) };
        self.undo_parts(&order, &bill).await?;
        self.packs_back(&order, &bill).await?;
        let cash = match bill.cash.state {
            CashState::None | CashState::Refused | CashState::Returned => bill.cash.state,
            CashState::Waiting | CashState::Paid | CashState::Unknown => self.undo_cash(&order, &bill).await?,
        };
        let id = order.id;
        let mut undone = order;
        if let Some(bill) = &mut undone.bill {
            (bill.undone, bill.cash.state) = (true, cash);
        }
        match self.keep(undone, YearEffect::Nothing).await? {
            Some(undone) => Ok(undone),
            None => self.again(id).await,
        }
    }

    async fn undo_parts(&self, order: &Order, bill: &Paid) -> Result<(), ApiError> {
        if !bill.afar.is_empty() {
            return self.undo_afar(order, bill).await;
        }
        if bill.legs.is_empty() {
            return Ok(());
        }
        // Holding again what was held finds it held; what was not held yet is held and freed, so that whoever is
        // settling the order cannot hold it afterwards.
        let hold = HoldId(order.id);
        if self.desk.hold(Actor::Area, hold).await?.is_none() {
            let (purpose, until) = (wallet_ledger::Purpose::Settle, self.now().plus(1_000_000));
            let command = Command::Hold { id: hold, purpose, legs: bill.legs.clone(), until };
            if self.book_order(order.id, Operation::OrderHold, command).await?.is_err() {
                return Ok(());
            }
        }
        match self.book_order(order.id, Operation::OrderVoid, Command::Void { hold }).await? {
            Ok(()) | Err(WalletCode::HoldVoided | WalletCode::HoldExpired | WalletCode::HoldUnknown) => Ok(()),
            Err(WalletCode::HoldPosted) => {
                let amount = Fen::checked_sum(bill.legs.iter().map(|leg| leg.amount)).unwrap_or_default();
                let id = undo_id(order.id);
                let booked = self.book_refund(order, (order.id, Operation::OrderUndo), id, amount).await?;
                booked.map_err(|code| ApiError::Books { code, replayed: false })
            }
            Err(code) => Err(ApiError::Books { code, replayed: false }),
        }
    }

    async fn undo_cash(&self, order: &Order, bill: &Paid) -> Result<CashState, ApiError> {
        let (provider, cash) = (&self.pay.cash, &bill.cash);
        match provider.query(order.id, cash.means).await {
            Charged::Refused => Ok(CashState::Refused),
            Charged::Unknown => Err(refused(TransportCode::Unclear)),
            Charged::Paid => match provider.refund(order.id, order.id, cash.means, cash.amount).await {
                true => Ok(CashState::Returned),
                false => Err(refused(TransportCode::Busy)),
            },
        }
    }
}
