//! Orders that accounts of other areas pay for. The cash is collected first, then the books of all areas are asked; the
//! answer of the last one pays the order. Whatever is missing then, all of it goes back, the cash too.

use anxin_core::Fen;
use wallet_ledger::{DrawState, OrderEvent, OrderState, OwnerId, TransferId};
use wallet_types::{CashAsk, TransportCode, WalletCode};

use super::cash::Charged;
use super::order::{Order, Paid};
use super::settle::{UNDER_WAY, why};
use super::undo::undo_id;
use crate::cells::{FarOrder, sum};
use crate::problem::ApiError;
use crate::wallet::{Operation, Wallet};

/// How long whoever asks is kept for the answer of other areas: most come sooner than a second question would.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(3);
const LOOK: std::time::Duration = std::time::Duration::from_millis(50);

impl Wallet {
    /// One step further, as far as other areas have answered.
    pub(super) async fn drive_afar(&self, order: Order, bill: &Paid, pay: Option<&CashAsk>) -> Result<Order, ApiError> {
        match self.draw_of(order.id).await?.map(|draw| draw.state) {
            None => {}
            Some(DrawState::Committed { .. }) => return self.note_paid(order).await,
            Some(DrawState::Aborted) => {
                return self.give_up(order, OrderEvent::Fail, why(WalletCode::DrawAborted)).await;
            }
            Some(DrawState::Asking | DrawState::Prepared | DrawState::Refused(_)) => return Ok(order),
        }
        match self.collect(&order, bill, pay).await {
            Charged::Paid => {}
            Charged::Refused => {
                let why = TransportCode::CashRefused.code().to_owned();
                return self.give_up(order.uncollected(), OrderEvent::Fail, why).await;
            }
            Charged::Unknown => return self.lose(order).await,
        }
        let patient = self.known(OwnerId(bill.patient)).await?.lookup;
        let to = self.owed_by_people(order.institution).await?.id;
        let far = FarOrder { order: order.id, patient, legs: &bill.afar, own: &bill.legs, lasting: &bill.lasting, to };
        if let Err(code) = self.begin_draw(&far).await? {
            return self.give_up(order, OrderEvent::Fail, why(code)).await;
        }
        self.answered(order).await
    }

    /// Waits a moment for the other areas.
    async fn answered(&self, order: Order) -> Result<Order, ApiError> {
        let since = std::time::Instant::now();
        while since.elapsed() < PATIENCE {
            match self.draw_of(order.id).await?.map(|draw| draw.state) {
                Some(DrawState::Committed { .. }) => return self.note_paid(order).await,
                Some(DrawState::Aborted) => {
                    return self.give_up(order, OrderEvent::Fail, why(WalletCode::DrawAborted)).await;
                }
                _ => tokio::time::sleep(LOOK).await,
            }
        }
        Ok(order)
    }

    /// Goes on with an order that waits for other areas. `None` where there is no such order, or whether it has ended.
    pub(crate) async fn go_on_afar(&self, id: u128) -> Result<Option<bool>, ApiError> {
        let Some(order) = self.any_order(id).await? else { return Ok(None) };
        let order = self.go_on(order).await?;
        let undone = order.bill.as_ref().is_none_or(|bill| bill.undone);
        Ok(Some(match order.state {
            OrderState::Authorised | OrderState::Unknown | OrderState::Created | OrderState::Uploaded => false,
            OrderState::Revoked | OrderState::Failed | OrderState::Expired => undone,
            OrderState::Settled | OrderState::PartRefunded | OrderState::Refunded => true,
        }))
    }

    /// Whether somebody else is at it at this moment. What waits for other areas may be looked at by everybody.
    pub(super) async fn is_under_way(&self, order: &Order) -> Result<bool, ApiError> {
        let afar = order.bill.as_ref().is_some_and(|bill| !bill.afar.is_empty());
        let waits = afar && self.draw_of(order.id).await?.is_some();
        Ok(!waits && self.now() < order.changed_at.plus(UNDER_WAY))
    }

    pub(super) async fn waiting_areas(&self, order: &Order) -> Result<Vec<String>, ApiError> {
        let afar = order.bill.as_ref().is_some_and(|bill| !bill.afar.is_empty());
        if !afar || !matches!(order.state, OrderState::Authorised | OrderState::Unknown) {
            return Ok(Vec::new());
        }
        Ok(self.waits_for(order.id).await?.iter().map(ToString::to_string).collect())
    }

    pub(super) async fn undo_afar(&self, order: u128) -> Result<(), ApiError> {
        let reversed = self.reverse_draw(order, undo_id(order)).await?;
        reversed.map_err(|code| ApiError::Books { code, replayed: false })
    }

    /// Books a refund where the order was drawn: what other areas paid comes back first.
    pub(super) async fn book_refund_anywhere(
        &self,
        order: &Order,
        key: (u128, Operation),
        id: TransferId,
        amount: Fen,
    ) -> Result<Result<(), WalletCode>, ApiError> {
        match order.bill.as_ref().filter(|bill| !bill.afar.is_empty()) {
            None => self.book_refund(order, key, id, amount).await,
            Some(bill) => {
                let afar = sum(&bill.afar).above(bill.booked_before(id.0)).min(amount);
                self.refund_draw(order.id, id, (afar, amount.above(afar))).await
            }
        }
    }
}

impl Paid {
    /// What refunds before this one took from the books.
    fn booked_before(&self, refund: u128) -> Fen {
        let before = self.refunds.iter().take_while(|before| before.id != refund);
        let done = before.filter(|before| before.state == wallet_types::RefundStateName::Done);
        Fen::checked_sum(done.map(|refund| refund.amount.above(refund.cash))).unwrap_or_default()
    }
}
