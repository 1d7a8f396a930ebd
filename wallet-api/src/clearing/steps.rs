//! What operators do with a batch, each step by whoever may.

use anxin_core::Fen;
use wallet_ledger::{Command, Fund, Leg, Purpose, TransferId};
use wallet_store::{Actor, BatchRow};
use wallet_types::{BatchOfOrders, BatchState, BatchStep, BatchStepAsk, FundName, Id, StepTaken, TransportCode};

use super::flow::{self, Not};
use super::{Batch, field, read, refused, written};
use crate::pay::{bank, owed_by_funds};
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived, instant};

const REASON_MAX: usize = 200;
const DEDUCTIONS_MAX: usize = 100;

impl Batch {
    /// Deductions are of what is owed, each with its reason.
    fn deductible(&self) -> Result<(), ApiError> {
        if self.deductions.len() > DEDUCTIONS_MAX {
            return Err(field("deductions", format!("0–{DEDUCTIONS_MAX}")));
        }
        for (n, deduction) in self.deductions.iter().enumerate() {
            if deduction.amount_fen <= Fen::ZERO {
                return Err(field(&format!("deductions[{n}].amount_fen"), "> 0"));
            }
            if !(1..=REASON_MAX).contains(&deduction.reason.trim().chars().count()) {
                return Err(field(&format!("deductions[{n}].reason"), format!("1–{REASON_MAX}")));
            }
        }
        for (fund, owed) in [(FundName::Pooled, self.pooled), (FundName::Account, self.account)] {
            let of_fund = self.deductions.iter().filter(|deduction| deduction.fund == fund);
            let sum = Fen::checked_sum(of_fund.map(|deduction| deduction.amount_fen));
            if sum.is_none_or(|sum| sum > owed) {
                return Err(field("deductions", format!("≤ {}", owed.yuan())));
            }
        }
        Ok(())
    }
}

impl Wallet {
    /// Takes a step with a batch.
    ///
    /// # Errors
    /// When it leads nowhere from here, somebody else has to take it, or the books do not pay.
    pub(crate) async fn step_batch(
        &self,
        actor: Actor,
        who: u128,
        id: u128,
        ask: &BatchStepAsk,
    ) -> Result<BatchOfOrders, ApiError> {
        let own = matches!(actor, Actor::Institution(_));
        let may = matches!((own, actor), (true, _) | (false, Actor::Area)) && own == (ask.step == BatchStep::Withdraw);
        if !may {
            return Err(refused(TransportCode::NotAllowed));
        }
        let row = self.row(actor, id).await?;
        let mut batch = read(&row)?;
        if batch.steps.last().is_some_and(|last| last.step == ask.step && last.by == Id(who)) {
            return self.batch_out(&row, false).await;
        }
        let to = flow::after(batch.state, ask.step, who, &batch.steps).map_err(|not| match not {
            Not::State => super::standing::named(TransportCode::OrderState, "state", batch.state.word()),
            Not::SamePerson => refused(TransportCode::SamePerson),
        })?;
        match ask.step {
            BatchStep::FirstReview => batch.deductions.clone_from(&ask.deductions),
            _ if !ask.deductions.is_empty() => return Err(field("deductions", "first_review")),
            BatchStep::SendBack => batch.deductions.clear(),
            BatchStep::Pay => self.pay_batch(&row, &batch).await?,
            BatchStep::SecondReview | BatchStep::Withdraw => {}
        }
        batch.deductible()?;
        batch.state = to;
        batch.steps.push(StepTaken { step: ask.step, by: Id(who), at: instant(self.now()) });
        let changed = BatchRow { body: written(&batch)?, ..row };
        if !self.desk.change_batch(&changed, to == BatchState::Withdrawn).await? {
            return Err(refused(TransportCode::Busy));
        }
        self.batch_out(&self.row(actor, id).await?, false).await
    }

    /// Each fund's part out of its own account. The key is that of the batch as it was approved: it is paid once.
    async fn pay_batch(&self, row: &BatchRow, batch: &Batch) -> Result<(), ApiError> {
        let key = Key { tenant: row.id, operation: Operation::PayBatch, key: row.version.to_string() };
        let id = derived(&key, 0);
        let area = &self.nhsa_area().to_owned();
        let people = self.owed_by_people(row.institution).await?;
        let funds = owed_by_funds(row.institution);
        let parts = [(funds, Fund::Pooled, FundName::Pooled), (people, Fund::Account, FundName::Account)];
        let (mut legs, mut accounts) = (Vec::new(), Vec::new());
        for (from, fund, name) in parts {
            let (bank, amount) = (bank(area, fund), batch.payable(name));
            if !amount.is_zero() {
                legs.push(Leg { from: from.id, to: bank.id, amount });
                accounts.push(bank);
            }
            let there = self.desk.account(Actor::Area, from.id).await?;
            let available = there.map_or(Fen::ZERO, |account| account.available());
            // What was refunded since it was declared is in a later batch as taken off: until then it is a claim. One from
            // before is settled by what this batch leaves in the account.
            let short = amount.above(available);
            if !short.is_zero() {
                self.fill(&from, fund, id, short).await?;
            }
            let (claim, claimed) = self.claimed(row.institution, fund).await?;
            let kept = available.above(amount).min(claimed);
            if !kept.is_zero() {
                legs.push(Leg { from: from.id, to: claim, amount: kept });
            }
            accounts.push(from);
        }
        if legs.is_empty() {
            return Ok(());
        }
        self.open_missing(&accounts).await?;
        let command = Command::Transfer { id: TransferId(id), purpose: Purpose::PayOut, legs };
        let booked = self.book_order(id, Operation::PayBatch, command).await?;
        booked.map_err(|code| ApiError::Books { code, replayed: false })
    }
}
