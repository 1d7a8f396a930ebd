//! 退费: whole or in part, to each origin in reverse order: the cash, relatives, the wallet, the own account, and the
//! funds last. A part says nothing of how a smaller bill would have been split: for that the order is reversed and the
//! smaller bill settled. Of what the order added to the year, as much goes as of the funds' money came back.

use anxin_core::Fen;
use anxin_core::{Refusal, RefusalCode};
use wallet_ledger::{OrderEvent, OrderState, OwnerId, TransferId};
use wallet_store::Actor;
use wallet_types::{OrderRefundAsk, PartFrom, RefundStateName, TransportCode, WalletCode};

use super::order::{Order, Paid, Refund, YearEffect};
use super::refused;
use super::settle::why;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived};

/// Most refunds of one order.
const REFUNDS_MAX: usize = 50;
const REASON_MAX: usize = 100;

/// What of an order a refund is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Share {
    /// Whatever was paid, the cash first.
    Any,
    /// 只退现金
    Cash,
    /// 只退医保: what accounts and funds paid, in reverse order too.
    Insurance,
}

impl Share {
    /// So much of it is left of what is left of the cash and of all.
    fn left(self, cash: Fen, all: Fen) -> Fen {
        match self {
            Share::Any => all,
            Share::Cash => cash,
            Share::Insurance => all.above(cash),
        }
    }

    /// Of an amount, what is cash.
    fn cash(self, left: Fen, amount: Fen) -> Fen {
        match self {
            Share::Any => left.min(amount),
            Share::Cash => amount,
            Share::Insurance => Fen::ZERO,
        }
    }

    fn is_of(self, refund: &Refund) -> bool {
        match self {
            Share::Any => true,
            Share::Cash => refund.cash == refund.amount,
            Share::Insurance => refund.cash.is_zero(),
        }
    }
}

/// Whom a refund takes how much from.
pub(crate) struct Back {
    pub(crate) cash: Fen,
    /// What people's accounts paid, relatives' too.
    pub(crate) people: Fen,
    pub(crate) relatives: Fen,
    pub(crate) funds: Fen,
}

/// Under which id an order keeps the refund that was asked for by a key.
pub(crate) fn refund_id(institution: OwnerId, key: &str) -> u128 {
    derived(&Key { tenant: institution.0, operation: Operation::RefundOrder, key: key.to_owned() }, 0)
}

impl Paid {
    /// What was left of a share before a refund; after all of them, where there is no such refund.
    pub(crate) fn left_before(&self, refund: u128, share: Share) -> Fen {
        let (back, cash_back) = self.given_before(refund);
        share.left(self.cash.amount.above(cash_back), self.total().above(back))
    }

    /// What so much of a share comes to for whom: what other areas paid comes back first, then what was drawn last.
    pub(crate) fn back(&self, refund: u128, share: Share, amount: Fen) -> Back {
        let (back, cash_back) = self.given_before(refund);
        let cash = share.cash(self.cash.amount.above(cash_back), amount);
        let (mut before, mut rest) = (back.above(cash_back), amount.above(cash));
        let (afar, here): (Vec<_>, Vec<_>) = self.parts.iter().rev().partition(|part| part.area.is_some());
        let mut to = Back { cash, people: Fen::ZERO, relatives: Fen::ZERO, funds: Fen::ZERO };
        for part in afar.into_iter().chain(here) {
            let gone = part.amount_fen.min(before);
            let given = part.amount_fen.above(gone).min(rest);
            (before, rest) = (before.above(gone), rest.above(given));
            match part.from {
                PartFrom::Fund => to.funds = to.funds.plus(given),
                PartFrom::Relative => {
                    (to.relatives, to.people) = (to.relatives.plus(given), to.people.plus(given));
                }
                PartFrom::Own | PartFrom::Wallet => to.people = to.people.plus(given),
            }
        }
        to
    }
}

/// # Errors
/// When a pack was not sold by the order, or came back before.
fn of_this_order(bill: &Paid, packs: &[String]) -> Result<(), Refusal> {
    let sold = bill.packs();
    for (n, pack) in packs.iter().enumerate() {
        let there = sold.iter().any(|(_, code)| code == pack) && !bill.is_back(pack);
        if !there || packs.iter().take(n).any(|before| before == pack) {
            return Err(Refusal::new(RefusalCode::OutOfRange, format!("packs[{n}]"), "orders.packs, back = false"));
        }
    }
    Ok(())
}

impl Wallet {
    /// Gives back so much of an order, once for each key. What came back before and what is on its way counts: never
    /// more than was paid.
    ///
    /// # Errors
    /// When it is more than is left, the order was not paid, or the key was used for another refund.
    pub(crate) async fn refund_order(
        &self,
        institution: OwnerId,
        key: &str,
        order: u128,
        amount: Fen,
        packs: &[String],
    ) -> Result<Order, ApiError> {
        let ask = OrderRefundAsk { amount_fen: amount, packs: packs.to_vec(), reason: None };
        self.refund_asked(institution, key, order, &ask).await
    }

    /// The same with the reason that the institution gives.
    ///
    /// # Errors
    /// Also when the reason is too long.
    pub(crate) async fn refund_asked(
        &self,
        institution: OwnerId,
        key: &str,
        order: u128,
        ask: &OrderRefundAsk,
    ) -> Result<Order, ApiError> {
        self.refund_share(institution, key, order, Share::Any, ask).await
    }

    /// The same of one share of the order alone.
    ///
    /// # Errors
    /// Also when it is more than is left of that share.
    pub(crate) async fn refund_share(
        &self,
        institution: OwnerId,
        key: &str,
        order: u128,
        share: Share,
        ask: &OrderRefundAsk,
    ) -> Result<Order, ApiError> {
        let OrderRefundAsk { amount_fen: amount, packs, reason } = ask;
        let amount = *amount;
        let fits = |reason: &String| (1..=REASON_MAX).contains(&reason.trim().chars().count());
        if !reason.as_ref().is_none_or(fits) {
            return Err(Refusal::new(RefusalCode::OutOfRange, "reason", format!("1–{REASON_MAX}")).into());
        }
        let missing = || refused(TransportCode::NotFound);
        let id = refund_id(institution, key);
        loop {
            let row = self.desk.order(Actor::Institution(institution), order).await?.ok_or_else(missing)?;
            let order = Order::of(row)?;
            let bill = order.bill.as_ref().ok_or_else(|| order.not_in_this_state())?;
            if let Some(before) = bill.refunds.iter().find(|refund| refund.id == id) {
                let same = (before.amount, &before.packs, &before.reason) == (amount, packs, reason);
                return match same && share.is_of(before) {
                    true => self.end_refunds(order).await,
                    false => Err(refused(TransportCode::KeyReused)),
                };
            }
            of_this_order(bill, packs)?;
            let (packs, reason) = (packs.clone(), reason.clone());
            let refund = Refund { packs, reason, ..self.next_refund(&order, bill, id, (share, amount))? };
            let mut asked = order.clone();
            asked.bill.iter_mut().for_each(|bill| bill.refunds.push(refund.clone()));
            if let Some(asked) = self.keep(asked, YearEffect::Nothing).await? {
                return self.end_refunds(asked).await;
            }
        }
    }

    /// Gives back all that is left of an order, once for each key, and says whether that is done: not where the books
    /// refuse it. `None` as long as its cash is on its way.
    pub(crate) async fn refund_rest(
        &self,
        institution: OwnerId,
        key: &str,
        order: u128,
    ) -> Result<Option<bool>, ApiError> {
        let id = refund_id(institution, key);
        let now = self.again(order).await?;
        let bill = now.bill.as_ref().ok_or_else(|| now.not_in_this_state())?;
        let before = bill.refunds.iter().find(|refund| refund.id == id);
        let rest = before.map_or_else(|| bill.total().above(bill.given_back().0), |refund| refund.amount);
        let after = self.refund_order(institution, key, order, rest, &[]).await?;
        let ended = after.bill.iter().flat_map(|bill| &bill.refunds).find(|refund| refund.id == id);
        Ok(match ended.map(|refund| refund.state) {
            Some(RefundStateName::Done) => Some(true),
            Some(RefundStateName::Refused) => Some(false),
            Some(RefundStateName::Asked | RefundStateName::CashWaiting) | None => None,
        })
    }

    /// What a refund takes from where.
    fn next_refund(
        &self,
        order: &Order,
        bill: &Paid,
        id: u128,
        (share, amount): (Share, Fen),
    ) -> Result<Refund, ApiError> {
        if !matches!(order.state, OrderState::Settled | OrderState::PartRefunded) {
            return Err(order.not_in_this_state());
        }
        if amount <= Fen::ZERO {
            return Err(ApiError::Books { code: WalletCode::AmountNotPositive, replayed: false });
        }
        if bill.refunds.len() >= REFUNDS_MAX {
            return Err(Refusal::new(RefusalCode::OutOfRange, "refunds", format!("1–{REFUNDS_MAX}")).into());
        }
        if amount > bill.left_before(id, share) {
            return Err(ApiError::Books { code: WalletCode::RefundExceedsPaid, replayed: false });
        }
        let cash = bill.back(id, share, amount).cash;
        let (state, at) = (RefundStateName::Asked, self.now());
        Ok(Refund { id, amount, cash, state, at, why: None, packs: Vec::new(), reason: None })
    }

    /// Carries out what was asked for and has not ended.
    pub(super) async fn end_refunds(&self, mut order: Order) -> Result<Order, ApiError> {
        loop {
            let open = |refund: &&Refund| matches!(refund.state, RefundStateName::Asked | RefundStateName::CashWaiting);
            let next = order.bill.as_ref().and_then(|bill| bill.refunds.iter().find(open).cloned());
            let Some(refund) = next else { return Ok(order) };
            let ended = self.end_refund(&order, refund).await?;
            if ended.state == RefundStateName::CashWaiting {
                return Ok(order);
            }
            order = self.note_refund(order, ended).await?;
        }
    }

    /// The books first, all of it or none; then the cash, again and again until it is given back.
    async fn end_refund(&self, order: &Order, mut refund: Refund) -> Result<Refund, ApiError> {
        let booked = refund.amount.above(refund.cash);
        if !booked.is_zero() {
            let (id, key) = (TransferId(refund.id), (refund.id, Operation::RefundOrder));
            if let Err(code) = self.book_refund_anywhere(order, key, id, booked).await? {
                (refund.state, refund.why) = (RefundStateName::Refused, Some(why(code)));
                return Ok(refund);
            }
        }
        let means = order.bill.as_ref().map(|bill| bill.cash.means);
        let given = match means {
            Some(means) if !refund.cash.is_zero() => {
                self.pay.cash.refund(order.id, refund.id, means, refund.cash).await
            }
            _ => true,
        };
        refund.state = if given { RefundStateName::Done } else { RefundStateName::CashWaiting };
        Ok(refund)
    }

    /// Keeps how a refund ended, and what that makes of the order.
    async fn note_refund(&self, mut order: Order, ended: Refund) -> Result<Order, ApiError> {
        let id = order.id;
        let Some(bill) = &mut order.bill else { return Ok(order) };
        if let Some(there) = bill.refunds.iter_mut().find(|refund| refund.id == ended.id) {
            *there = ended.clone();
        }
        let done = bill.refunds.iter().filter(|refund| refund.state == RefundStateName::Done);
        let back = Fen::checked_sum(done.map(|refund| refund.amount)).unwrap_or_default();
        let whole = back == bill.total();
        if ended.state == RefundStateName::Done {
            order.state = order.by(if whole { OrderEvent::RefundRest } else { OrderEvent::RefundPart })?;
        }
        let effect = match order.bill.as_ref() {
            _ if whole => YearEffect::All,
            Some(bill) => YearEffect::Back(bill.funds_back()),
            None => YearEffect::Nothing,
        };
        if ended.state == RefundStateName::Done {
            self.refunded_packs(&order, &ended, whole).await?;
        }
        match self.keep(order, effect).await? {
            Some(order) => Ok(order),
            None => self.again(id).await,
        }
    }

    /// A pack that came back is not sold before somebody looked at it.
    async fn refunded_packs(&self, order: &Order, refund: &Refund, whole: bool) -> Result<(), ApiError> {
        let sold = order.bill.as_ref().is_some_and(|bill| !bill.lines.is_empty());
        if sold && (whole || !refund.packs.is_empty()) {
            let only = (!whole).then_some(refund.packs.as_slice());
            self.desk.hold_back_packs(order.id, only, refund.at).await?;
        }
        Ok(())
    }
}
