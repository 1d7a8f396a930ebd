//! 3203, 3204 and 3205: an institution declares a month, takes that back, and asks how far it is.

use anxin_core::Fen;
use serde_json::Value;
use wallet_store::Actor;
use wallet_types::nhsa::{ClearingAsk, ClearingOut, ClearingQuery, ClearingTold, NhsaData};
use wallet_types::{BatchOfOrders, BatchStep, BatchStepAsk, DeclareAsk, NhsaCode, PeriodKind};

use super::Asked;
use super::fees::yuan;
use super::refuse::{Refused, Stop};
use super::visits::digits;

impl Asked<'_> {
    /// 3203. What the institution's books say is held against it before anything is declared for good.
    pub(super) async fn declare(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<ClearingAsk>>()?;
        digits("input.data.setlym", &data.setlym, 6)?;
        let told = [
            ("fund_appy_sum", yuan("input.data.fund_appy_sum", &data.fund_appy_sum)?),
            ("acct_pay", yuan("input.data.acct_pay", &data.acct_pay)?),
        ];
        let (year, month) = data.setlym.split_at(4);
        let ask = DeclareAsk { period: PeriodKind::Month, from: format!("{year}-{month}-01") };
        let owner = self.institution.owner;
        let batch = self.wallet.declare_batch(owner, &self.request.msgid, &ask).await?;
        let ours = [batch.pooled_fen, batch.account_fen];
        if let Some(((field, _), is)) = told.iter().zip(ours).find(|((_, told), is)| told != is) {
            self.step(&batch.id.to_string(), BatchStep::Withdraw).await?;
            let field = format!("input.data.{field}");
            return Err(Refused::new(NhsaCode::AmountsDiffer, field, is.yuan().to_string()).into());
        }
        self.cleared(&batch)
    }

    /// 3204
    pub(super) async fn withdraw(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<ClearingQuery>>()?;
        let batch = self.step(&data.clr_appy_evt_id, BatchStep::Withdraw).await?;
        self.cleared(&batch)
    }

    /// 3205
    pub(super) async fn declared(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<ClearingQuery>>()?;
        let id = batch_id(&data.clr_appy_evt_id)?;
        let actor = Actor::Institution(self.institution.owner);
        self.cleared(&self.wallet.clearing_batch(actor, id).await?)
    }

    async fn step(&self, id: &str, step: BatchStep) -> Result<BatchOfOrders, Stop> {
        let ask = BatchStepAsk { step, deductions: Vec::new() };
        let (actor, who) = (Actor::Institution(self.institution.owner), self.institution.owner.0);
        Ok(self.wallet.step_batch(actor, who, batch_id(id)?, &ask).await?)
    }

    fn cleared(&self, batch: &BatchOfOrders) -> Result<Value, Stop> {
        let written = |fen: Fen| fen.yuan().to_string();
        self.written(ClearingOut {
            result: ClearingTold {
                clr_appy_evt_id: batch.id.to_string(),
                clr_stas: batch.state.word().into(),
                fund_appy_sum: written(batch.pooled_fen),
                acct_pay: written(batch.account_fen),
                fund_payable: written(batch.payable_pooled_fen),
                acct_payable: written(batch.payable_account_fen),
                due_date: batch.due_on.clone(),
            },
        })
    }
}

fn batch_id(text: &str) -> Result<u128, Refused> {
    crate::auth::id(text).ok_or_else(|| Refused::field("input.data.clr_appy_evt_id", "32 × 0–9, a–f"))
}
