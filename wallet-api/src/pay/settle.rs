//! 结算: the order is written down, the books hold every part, the cash is collected, and then all of it is posted.
//! Every step may be done again, so that an order whose program was killed goes on where it stopped.

use anxin_core::Fen;
use anxin_core::dispatch::Engine;
use anxin_core::proof::leaf_hash;
use wallet_ledger::{Command, HoldId, OrderEvent, OrderState, Outcome, OwnerId, Purpose, TransferId};
use wallet_store::{Answer, Uses};
use wallet_types::{CashAsk, CashState, Figures, Id, TransportCode, WalletCode};

use super::case::{Bill, Sides};
use super::cash::Charged;
use super::goods::not_blocked;
use super::order::{Cash, Order, Paid, YearEffect};
use super::refused;
use crate::clearing::in_standing;
use crate::hex::hex;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived};

/// For how long money is held for an order whose outcome is not known. After that a payment that turns out to have
/// been made is given back.
pub(super) const HELD: i64 = 24 * 3_600_000_000;
/// How long whoever began an order is left to end it.
pub(super) const UNDER_WAY: i64 = 30_000_000;

/// A settlement as it is asked for.
pub(crate) struct Settling<'a> {
    pub bill: &'a Bill,
    /// What the presettlement came to.
    pub figures: &'a Figures,
    pub cash: &'a CashAsk,
}

impl Settling<'_> {
    /// What makes two requests the same one.
    fn hash(&self) -> Result<String, ApiError> {
        let Bill { institution, patient, visit, use_accounts, lines, seller: _ } = self.bill;
        let all = (institution.0, patient.0, visit, use_accounts, self.figures, self.cash);
        // Without lines as it was before bills had any.
        let written = if lines.is_empty() { serde_json::to_vec(&all) } else { serde_json::to_vec(&(all, lines)) };
        let written = written.map_err(|_| refused(TransportCode::Internal))?;
        Ok(hex(&leaf_hash(&written)))
    }
}

/// The order that a key of an institution makes.
pub(crate) fn order_id(institution: OwnerId, key: &str) -> u128 {
    derived(&Key { tenant: institution.0, operation: Operation::SettleOrder, key: key.to_owned() }, 0)
}

/// A code as the register of errors has it.
pub(super) fn why(code: WalletCode) -> String {
    code.code().to_owned()
}

impl Wallet {
    /// Settles a bill as it was presettled, once for each key. Says too whether it had been asked for before.
    ///
    /// # Errors
    /// When the figures are not those of the presettlement any more, or the key was used for another bill. An order
    /// that the books or the cash refused is no error: its state says so, and nothing was drawn.
    pub(crate) async fn settle(
        &self,
        engine: &Engine,
        key: &str,
        asked: &Settling<'_>,
    ) -> Result<(Order, bool), ApiError> {
        match self.any_order(order_id(asked.bill.institution, key)).await? {
            Some(there) => self.settled_before(there, asked).await,
            None => self.settle_at(engine, key, asked, &self.sides_of(asked.bill).await?, None).await,
        }
    }

    /// The same for who has looked for the order and not found it, and read both sides. A token is spent by making the
    /// order.
    pub(crate) async fn settle_at(
        &self,
        engine: &Engine,
        key: &str,
        asked: &Settling<'_>,
        sides: &Sides,
        token: Option<[u8; 32]>,
    ) -> Result<(Order, bool), ApiError> {
        let id = order_id(asked.bill.institution, key);
        let records = self.records(asked.bill, &sides.provider).await?;
        in_standing(records.standing.as_ref())?;
        let pre = self.presettle_of(engine, asked.bill, sides, records).await?;
        if pre.figures != *asked.figures {
            return Err(refused(TransportCode::FiguresChanged));
        }
        not_blocked(&pre.noted)?;
        let amount = pre.figures.psn_cash_pay_fen;
        if !amount.is_zero() && !self.pay.cash.takes(asked.cash.means) {
            return Err(refused(TransportCode::NoProvider));
        }
        self.open_missing(&pre.accounts).await?;
        let state = if amount.is_zero() { CashState::None } else { CashState::Waiting };
        let bill = Paid {
            patient: asked.bill.patient.0,
            figures: pre.figures,
            parts: pre.parts,
            cash: Cash { means: asked.cash.means, amount, state },
            certainty: pre.answer.certainty,
            refunds: Vec::new(),
            why: None,
            visit: asked.bill.visit.clone(),
            lines: asked.bill.lines.clone(),
            pharmacy: pre.pharmacy,
            handed: false,
            year_back: Fen::ZERO,
            asked: asked.hash()?,
            legs: pre.legs,
            afar: pre.afar,
            lasting: pre.lasting,
            year: pre.year,
            before: pre.before,
            after: pre.after,
            undone: false,
        };
        let uploaded = OrderState::Created.after(OrderEvent::Upload);
        let state = uploaded.and_then(|state| state.after(OrderEvent::Authorise)).unwrap_or(OrderState::Authorised);
        let (institution, now) = (asked.bill.institution, self.now());
        let order = Order { id, institution, state, made_at: now, changed_at: now, bill: Some(bill), version: 1 };
        self.reserve_afar(id, &pre.packs).await?;
        if order.is_afar() {
            self.desk.await_areas(id, now).await?;
        }
        let uses = Uses { token, packs: &pre.packs, prescriptions: &pre.prescriptions, year: None };
        match self.begin(order, uses, pre.year_version).await {
            Ok(Some(order)) => Ok((self.drive(order, Some(asked.cash)).await?, false)),
            Ok(None) => self.settled_before(self.again(id).await?, asked).await,
            Err(cause) => {
                self.release_afar(id).await?;
                Err(cause)
            }
        }
    }

    pub(super) async fn settled_before(&self, there: Order, asked: &Settling<'_>) -> Result<(Order, bool), ApiError> {
        let Some(bill) = &there.bill else { return Err(there.not_in_this_state()) };
        if bill.asked != asked.hash()? {
            return Err(refused(TransportCode::KeyReused));
        }
        Ok((self.go_on(there).await?, true))
    }

    /// Takes up what a killed program or a lost answer left.
    pub(super) async fn go_on(&self, order: Order) -> Result<Order, ApiError> {
        match order.state {
            OrderState::Authorised if self.is_under_way(&order).await? => Ok(order),
            OrderState::Authorised | OrderState::Unknown => self.drive(order, None).await,
            OrderState::Revoked | OrderState::Failed | OrderState::Expired => self.undo(order).await,
            OrderState::Settled | OrderState::PartRefunded => self.end_refunds(order).await,
            OrderState::Created | OrderState::Uploaded | OrderState::Refunded => Ok(order),
        }
    }

    /// Holds, collects and posts. Without `pay` the cash is asked about instead of being charged again.
    async fn drive(&self, order: Order, pay: Option<&CashAsk>) -> Result<Order, ApiError> {
        let Some(bill) = order.bill.clone() else { return Ok(order) };
        if !bill.afar.is_empty() {
            return self.drive_afar(order, &bill, pay).await;
        }
        let at_hand = bill.cash.amount.is_zero() || self.pay.cash.is_at_hand(bill.cash.means);
        if at_hand && !bill.legs.is_empty() {
            return self.pay_at_once(order, &bill).await;
        }
        if let Err(code) = self.hold_parts(&order, &bill).await? {
            return self.give_up(order.uncollected(), OrderEvent::Fail, why(code)).await;
        }
        match self.collect(&order, &bill, pay).await {
            Charged::Paid => self.post_parts(order).await,
            Charged::Refused => {
                let why = TransportCode::CashRefused.code().to_owned();
                self.give_up(order.uncollected(), OrderEvent::Fail, why).await
            }
            Charged::Unknown => self.lose(order).await,
        }
    }

    /// Without `pay` it is asked about instead of being charged again.
    pub(super) async fn collect(&self, order: &Order, bill: &Paid, pay: Option<&CashAsk>) -> Charged {
        match (bill.cash.amount.is_zero(), pay) {
            (true, _) => Charged::Paid,
            (false, Some(ask)) => self.pay.cash.charge(order.id, bill.cash.amount, ask).await,
            (false, None) => self.pay.cash.query(order.id, bill.cash.means).await,
        }
    }

    async fn hold_parts(&self, order: &Order, bill: &Paid) -> Result<Result<(), WalletCode>, ApiError> {
        if bill.legs.is_empty() {
            return Ok(Ok(()));
        }
        self.book_order(order.id, Operation::OrderHold, self.holding(order, bill)).await
    }

    fn holding(&self, order: &Order, bill: &Paid) -> Command {
        let (id, until) = (HoldId(order.id), order.made_at.plus(self.pay.held()));
        let then = Command::Hold { id, purpose: Purpose::Settle, legs: bill.legs.clone(), until };
        Command::While { open: bill.lasting.clone(), then: Box::new(then) }
    }

    /// Where nobody is asked between holding and posting, the books do both in one transaction.
    async fn pay_at_once(&self, order: Order, bill: &Paid) -> Result<Order, ApiError> {
        let steps = [(Operation::OrderHold, self.holding(&order, bill)), (Operation::OrderPost, posting(&order))];
        match self.book_steps(order.id, steps).await? {
            [Err(code), _] => self.give_up(order.uncollected(), OrderEvent::Fail, why(code)).await,
            [Ok(()), Err(code)] => self.not_posted(order, code).await,
            [Ok(()), Ok(())] => self.note_paid(order).await,
        }
    }

    async fn post_parts(&self, order: Order) -> Result<Order, ApiError> {
        let held = order.bill.as_ref().is_some_and(|bill| !bill.legs.is_empty());
        if held && let Err(code) = self.book_order(order.id, Operation::OrderPost, posting(&order)).await? {
            return self.not_posted(order, code).await;
        }
        self.note_paid(order).await
    }

    /// Somebody took it back meanwhile, or it took too long.
    async fn not_posted(&self, order: Order, code: WalletCode) -> Result<Order, ApiError> {
        let expired = code == WalletCode::HoldExpired && order.state == OrderState::Authorised;
        let event = if expired { OrderEvent::Expire } else { OrderEvent::Fail };
        self.give_up(order, event, why(code)).await
    }

    /// Keeps that an order was paid, once the books say so.
    pub(super) async fn note_paid(&self, order: Order) -> Result<Order, ApiError> {
        let event = if order.state == OrderState::Unknown { OrderEvent::FoundPaid } else { OrderEvent::Settle };
        let (id, mut paid) = (order.id, Order { state: order.by(event)?, ..order });
        if let Some(bill) = &mut paid.bill {
            bill.handed = true;
            if !bill.cash.amount.is_zero() {
                bill.cash.state = CashState::Paid;
            }
        }
        match self.keep(paid, YearEffect::Nothing).await? {
            Some(paid) => Ok(paid),
            // Ended by another program: as it ended it, also where that takes back what was posted here.
            None => Box::pin(self.go_on(self.again(id).await?)).await,
        }
    }

    pub(super) async fn lose(&self, order: Order) -> Result<Order, ApiError> {
        if order.state == OrderState::Unknown {
            return Ok(order);
        }
        let (id, mut lost) = (order.id, Order { state: order.by(OrderEvent::Lose)?, ..order });
        if let Some(bill) = &mut lost.bill {
            bill.cash.state = CashState::Unknown;
        }
        match self.keep(lost, YearEffect::Nothing).await? {
            Some(lost) => Ok(lost),
            None => self.again(id).await,
        }
    }

    /// Ends an order of which nothing is to be paid, and frees what it held.
    pub(super) async fn give_up(&self, order: Order, event: OrderEvent, why: String) -> Result<Order, ApiError> {
        let event = match (order.state, event) {
            (OrderState::Unknown, OrderEvent::Fail | OrderEvent::Expire) => OrderEvent::FoundUnpaid,
            (_, event) => event,
        };
        let (id, mut ended) = (order.id, Order { state: order.by(event)?, ..order });
        if let Some(bill) = &mut ended.bill {
            bill.why = Some(why);
        }
        match self.keep(ended, YearEffect::All).await? {
            Some(ended) => self.undo(ended).await,
            None => Box::pin(self.go_on(self.again(id).await?)).await,
        }
    }

    /// Books a command of an order. Its key is the order's, so it is booked once.
    pub(crate) async fn book_order(
        &self,
        key: u128,
        operation: Operation,
        command: Command,
    ) -> Result<Result<(), WalletCode>, ApiError> {
        let [booked] = self.book_steps(key, [(operation, command)]).await?;
        Ok(booked)
    }

    /// Several steps of an order, in one transaction.
    async fn book_steps<const N: usize>(
        &self,
        key: u128,
        steps: [(Operation, Command); N],
    ) -> Result<[Booked; N], ApiError> {
        let body = Id(key);
        let orders = steps.map(|(operation, command)| crate::wallet::Order {
            key: Key { tenant: key, operation, key: body.to_string() },
            commands: vec![command],
            body: &body,
        });
        let answers = self.answers_together(&orders).await?;
        let booked = answers.iter().map(booked).collect::<Option<Vec<Booked>>>().and_then(|all| all.try_into().ok());
        booked.ok_or_else(|| refused(TransportCode::Internal))
    }
}

/// How a step ended in the books.
type Booked = Result<(), WalletCode>;

fn booked(answer: &Answer) -> Option<Booked> {
    match answer.outcome()? {
        Outcome::Done => Some(Ok(())),
        other => WalletCode::of_number(other.number()).map(Err),
    }
}

fn posting(order: &Order) -> Command {
    Command::Post { hold: HoldId(order.id), id: TransferId(order.id), amounts: None }
}
