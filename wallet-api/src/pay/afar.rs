//! Orders that accounts of other areas pay for. The cash is collected first, then the books of all areas are asked; the
//! answer of the last one pays the order. Whatever is missing then, all of it goes back, the cash too.

use anxin_core::Fen;
use wallet_ledger::{
    CellCommand, Command, DrawId, DrawState, OrderEvent, OrderState, OwnerId, TransferId, own_transfer,
};
use wallet_types::{CashAsk, TransportCode, WalletCode};

use super::cash::Charged;
use super::order::{Order, Paid};
use super::settle::{UNDER_WAY, why};
use super::undo::undo_id;
use crate::cells::{FarOrder, sum};
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived};

/// How long whoever asks is kept for the answer of other areas: most come sooner than a second question would.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(3);
const LOOK: std::time::Duration = std::time::Duration::from_millis(50);

impl Wallet {
    /// One step further, as far as other areas have answered.
    pub(super) async fn drive_afar(&self, order: Order, bill: &Paid, pay: Option<&CashAsk>) -> Result<Order, ApiError> {
        if let Some(draw) = self.draw_of(order.id).await? {
            return self.as_drawn(order, draw.state).await;
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
        // Nobody waits where an order is only gone on with.
        if pay.is_none() {
            return Ok(order);
        }
        let state = self.answered(order.id).await?;
        self.as_drawn(order, state).await
    }

    /// What a draw makes of its order: it is paid or ends with it, or goes on waiting.
    async fn as_drawn(&self, order: Order, draw: DrawState) -> Result<Order, ApiError> {
        match draw {
            DrawState::Committed { .. } => self.note_paid(order).await,
            DrawState::Aborted => self.give_up(order, OrderEvent::Fail, why(WalletCode::DrawAborted)).await,
            DrawState::Asking | DrawState::Prepared | DrawState::Refused(_) => Ok(order),
        }
    }

    /// How a draw stands once it has ended, or when nobody is kept any longer.
    async fn answered(&self, order: u128) -> Result<DrawState, ApiError> {
        let since = std::time::Instant::now();
        loop {
            let state = self.draw_of(order).await?.map_or(DrawState::Asking, |draw| draw.state);
            let ended = matches!(state, DrawState::Committed { .. } | DrawState::Aborted);
            if ended || since.elapsed() >= PATIENCE {
                return Ok(state);
            }
            tokio::time::sleep(LOOK).await;
        }
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
        let waits = order.is_afar() && self.draw_of(order.id).await?.is_some();
        Ok(!waits && self.now() < order.changed_at.plus(UNDER_WAY))
    }

    pub(super) async fn waiting_areas(&self, order: &Order) -> Result<Vec<String>, ApiError> {
        if !order.is_afar() || !matches!(order.state, OrderState::Authorised | OrderState::Unknown) {
            return Ok(Vec::new());
        }
        Ok(self.waits_for(order.id).await?.iter().map(ToString::to_string).collect())
    }

    /// Undoes a draw however it stands; one that was never begun cannot be begun afterwards.
    pub(super) async fn undo_afar(&self, order: &Order, bill: &Paid) -> Result<(), ApiError> {
        let command = CellCommand::Reverse { draw: DrawId(order.id), id: undo_id(order.id) };
        let steps = [Operation::OrderVoid, Operation::OrderUndo];
        let paid = (bill.of_people(), bill.of_funds());
        let reversed = self.book_or_claim(order, order.id, steps, cell(command), paid).await?;
        self.wake_cells();
        reversed.map_err(|code| ApiError::Books { code, replayed: false })
    }

    /// Books a refund where the order was drawn. What other areas paid comes back first, then what people of this one
    /// did, then the funds' part.
    pub(super) async fn book_refund_anywhere(
        &self,
        order: &Order,
        key: (u128, Operation),
        id: TransferId,
        amount: Fen,
    ) -> Result<Result<(), WalletCode>, ApiError> {
        let Some(bill) = order.bill.as_ref().filter(|bill| !bill.afar.is_empty()) else {
            return self.book_refund(order, key, id, amount).await;
        };
        let steps = [Operation::RefundOrder, Operation::RefundClaimed];
        let (before, paid_afar) = (bill.booked_before(id.0), sum(&bill.afar));
        let afar = paid_afar.above(before).min(amount);
        if !afar.is_zero() {
            let command = CellCommand::Refund { draw: DrawId(order.id), id, amount: afar };
            let booked = self.book_or_claim(order, id.0, steps, cell(command), (afar, Fen::ZERO)).await?;
            self.wake_cells();
            if booked.is_err() {
                return Ok(booked);
            }
        }
        let here = amount.above(afar);
        if here.is_zero() {
            return Ok(Ok(()));
        }
        let people = bill.of_people().above(paid_afar).above(before.above(paid_afar)).min(here);
        let name = Key { tenant: id.0, operation: Operation::OrderUndo, key: "here".into() };
        let id = TransferId(derived(&name, 0));
        let command = Command::Refund { id, of: own_transfer(DrawId(order.id)), amount: here };
        self.book_or_claim(order, id.0, steps, command, (people, here.above(people))).await
    }
}

fn cell(command: CellCommand) -> Command {
    Command::Cell(Box::new(command))
}
