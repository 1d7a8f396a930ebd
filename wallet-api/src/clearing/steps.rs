//! What operators do with a batch, each step by whoever may.

use anxin_core::Fen;
use wallet_ledger::{Command, Fund, Leg, OpenAccount, OwnerId, Purpose, TransferId};
use wallet_store::{Actor, BatchRow};
use wallet_types::{
    BatchOfOrders, BatchState, BatchStep, BatchStepAsk, FundKind, FundName, Id, StepTaken, TransportCode,
};

use super::flow::{self, Not};
use super::{Batch, field, read, refused, written};
use crate::pay::{advanced, bank, deducted, fund, owed_by_funds};
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
            BatchStep::Pay => batch.recovered = self.pay_batch(&row, &batch).await?,
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

    /// Each fund's part out of its own account, as [`Wallet::ways`] says. The key is that of the batch as it was
    /// approved: it is paid once. Says what made up for 预付金.
    async fn pay_batch(&self, row: &BatchRow, batch: &Batch) -> Result<Fen, ApiError> {
        let key = Key { tenant: row.id, operation: Operation::PayBatch, key: row.version.to_string() };
        let id = derived(&key, 0);
        let advance = advanced(row.institution);
        // Whoever paid it was stopped before they could say so.
        if let Some((paid, _)) = self.desk.transfer(Actor::Area, TransferId(id)).await? {
            let made_up = paid.legs.iter().filter(|leg| leg.to == advance.id);
            return Ok(Fen::checked_sum(made_up.map(|leg| leg.amount)).unwrap_or_default());
        }
        let recovered = self.pay.recovery.from(
            batch.pooled,
            batch.payable(FundName::Pooled),
            self.outstanding(row.institution).await?,
        );
        let (mut legs, mut accounts) = (Vec::new(), Vec::new());
        for (from, fund, ways) in self.ways(row.institution, batch, recovered).await? {
            let whole = Fen::checked_sum(ways.iter().map(|(_, amount)| *amount)).unwrap_or_default();
            for (to, amount) in ways.into_iter().filter(|(_, amount)| !amount.is_zero()) {
                legs.push(Leg { from: from.id, to: to.id, amount });
                accounts.push(to);
            }
            let there = self.desk.account(Actor::Area, from.id).await?;
            let available = there.map_or(Fen::ZERO, |account| account.available());
            // What was refunded since it was declared is in a later batch as taken off: until then it is a claim. One from
            // before is settled by what this batch leaves in the account.
            let short = whole.above(available);
            if !short.is_zero() {
                self.fill(&from, fund, id, short).await?;
            }
            let (claim, claimed) = self.claimed(row.institution, fund).await?;
            let kept = available.above(whole).min(claimed);
            if !kept.is_zero() {
                legs.push(Leg { from: from.id, to: claim, amount: kept });
            }
            accounts.push(from);
        }
        if legs.is_empty() {
            return Ok(recovered);
        }
        self.open_missing(&accounts).await?;
        let command = Command::Transfer { id: TransferId(id), purpose: Purpose::PayOut, legs };
        let booked = self.book_order(id, Operation::PayBatch, command).await?;
        booked.map_err(|code| ApiError::Books { code, replayed: false })?;
        Ok(recovered)
    }

    /// Where each fund's part of a batch goes: to the bank; what is deducted back to the pooled fund, or into suspense where
    /// it is people's money; and what makes up for 预付金 to its account. A deduction does not say which of the pooled funds
    /// had paid: it goes to 基本医疗保险统筹基金.
    async fn ways(
        &self,
        institution: OwnerId,
        batch: &Batch,
        recovered: Fen,
    ) -> Result<[(OpenAccount, Fund, Vec<(OpenAccount, Fen)>); 2], ApiError> {
        let area = self.nhsa_area();
        let (pooled, people) = (batch.payable(FundName::Pooled), batch.payable(FundName::Account));
        let of_funds = vec![
            (bank(area, Fund::Pooled), pooled.above(recovered)),
            (fund(area, FundKind::Hifp), batch.pooled.above(pooled)),
            (advanced(institution), recovered),
        ];
        let of_people = vec![(bank(area, Fund::Account), people), (deducted(institution), batch.account.above(people))];
        let account = self.owed_by_people(institution).await?;
        Ok([(owed_by_funds(institution), Fund::Pooled, of_funds), (account, Fund::Account, of_people)])
    }
}
