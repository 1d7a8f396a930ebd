//! What a till asks for, by the token of the patient before it.

use anxin_core::benefit::Answer;
use anxin_core::dispatch::Engine;
use anxin_core::text::{Lang, fill_answer};
use wallet_types::{PresettleAsk, PresettleOut, SettleAsk, StepOut, TransportCode};

use super::decode::{Till, token_digest};
use super::settle::order_id;
use super::{Bill, Order, Settling, refused};
use crate::problem::ApiError;
use crate::wallet::Wallet;

pub(super) fn steps(mut answer: Answer, lang: Lang) -> Vec<StepOut> {
    fill_answer(&mut answer, lang);
    let step = |step: anxin_core::benefit::Step| {
        let texts = step.texts?;
        Some(StepOut { title: texts.title, formula: texts.formula, result_fen: step.result_fen })
    };
    answer.settlement.steps.into_iter().filter_map(step).collect()
}

impl Wallet {
    pub(crate) async fn presettle_for(
        &self,
        engine: &Engine,
        till: Till,
        ask: &PresettleAsk,
        lang: Lang,
    ) -> Result<PresettleOut, ApiError> {
        let at = self.at_till(till, &ask.device, &ask.token, &ask.visit, None).await?;
        let (institution, visit, use_accounts) = (till.institution, ask.visit.clone(), ask.use_accounts);
        let (lines, seller) = (ask.lines.clone(), format!("{:032x}", till.operator));
        let bill = Bill { institution, patient: at.patient, visit, use_accounts, lines, seller };
        let (ceiling, sides) = (at.bound.ceiling, at.sides(&bill.visit)?);
        let pre = self.presettle_at(engine, &bill, &sides).await?;
        if ceiling.is_some_and(|most| pre.figures.medfee_sumamt_fen > most) {
            return Err(refused(TransportCode::TokenRefused));
        }
        let certainty = pre.answer.certainty;
        let findings = pre.noted.iter().map(|noted| noted.told(lang)).collect();
        Ok(PresettleOut {
            figures: pre.figures,
            parts: pre.parts,
            certainty,
            steps: steps(pre.answer, lang),
            findings,
            silent_areas: pre.silent,
        })
    }

    pub(crate) async fn settle_for(
        &self,
        engine: &Engine,
        till: Till,
        key: &str,
        ask: &SettleAsk,
    ) -> Result<(Order, bool), ApiError> {
        let id = order_id(till.institution, key);
        let mut at = self.at_till(till, &ask.device, &ask.token, &ask.visit, Some(id)).await?;
        if at.bound.ceiling.is_some_and(|most| ask.figures.medfee_sumamt_fen > most) {
            return Err(refused(TransportCode::TokenRefused));
        }
        let (institution, visit, use_accounts) = (till.institution, ask.visit.clone(), ask.use_accounts);
        let (lines, seller) = (ask.lines.clone(), format!("{:032x}", till.operator));
        let bill = Bill { institution, patient: at.patient, visit, use_accounts, lines, seller };
        let settling = Settling { bill: &bill, figures: &ask.figures, cash: &ask.cash };
        if let Some(there) = at.order.take() {
            return self.settled_before(there, &settling).await;
        }
        let token = Some(token_digest(self.pay_key()?, &ask.token));
        self.settle_at(engine, key, &settling, &at.sides(&bill.visit)?, token).await
    }
}
