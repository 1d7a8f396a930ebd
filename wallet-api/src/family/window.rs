//! 代开通: an operator accepts an invitation for somebody without a phone, or for a child, who stands at the window with
//! their papers. It is written down before it takes effect.

use anxin_core::{Refusal, RefusalCode};
use wallet_ledger::OwnerId;
use wallet_store::{Person, WindowAct};
use wallet_types::{TransportCode, WindowAsk, WindowOut};

use super::invite::AtWindow;
use super::refused;
use crate::problem::ApiError;
use crate::wallet::{Wallet, instant};

const ADULT: u8 = 18;
const PAPER_MAX: usize = 40;

/// The number of what was signed.
pub(crate) fn paper_of(paper: &str) -> Result<&str, Refusal> {
    let paper = paper.trim();
    if paper.is_empty() || paper.chars().count() > PAPER_MAX {
        let accepted = format!("the number of the signed paper, 1–{PAPER_MAX} characters");
        return Err(Refusal::new(RefusalCode::OutOfRange, "paper", accepted));
    }
    Ok(paper)
}

impl Wallet {
    pub(crate) async fn accept_at_window(&self, operator: u128, ask: &WindowAsk) -> Result<WindowOut, ApiError> {
        let paper = paper_of(&ask.paper)?;
        let own = self.with_number(&ask.id_number).await?;
        let age = self.party(&own)?.age;
        if !own.without_phone && age.is_none_or(|age| age >= ADULT) {
            // Whoever can decide by their own phone does.
            let (code, condition) = (TransportCode::RulesForbid, "without_phone".into());
            return Err(ApiError::Rules { code, condition, rule: String::new() });
        }
        let guardian = match &ask.guardian_id_number {
            Some(number) => Some(self.guardian(&own, number).await?),
            None => {
                self.of_an_age_to_decide(&own)?;
                None
            }
        };
        let at_window = AtWindow { operator, document: ask.document.word(), paper, guardian };
        let relation = self.take_up(&own, &ask.code, Some(&at_window)).await?;
        let acts = self.desk.window_acts(own.owner).await?;
        let act = acts.into_iter().find(|act| act.relation == relation);
        let WindowAct { at, .. } = act.ok_or_else(|| refused(TransportCode::Decided))?;
        Ok(WindowOut { relation: wallet_types::Id(relation), at: instant(at) })
    }

    /// Of age, and somebody else.
    async fn guardian(&self, own: &Person, number: &str) -> Result<OwnerId, ApiError> {
        let guardian = self.with_number(number).await?;
        let adult = self.party(&guardian)?.age.is_some_and(|age| age >= ADULT);
        if guardian.owner == own.owner || !adult {
            return Err(Refusal::new(RefusalCode::OutOfRange, "guardian_id_number", "an adult registered here").into());
        }
        Ok(guardian.owner)
    }

    pub(crate) async fn with_number(&self, number: &str) -> Result<Person, ApiError> {
        let lookups = self.lookup_keys()?.person(number)?;
        let owner = self.desk.person_with(&lookups.all).await?.ok_or_else(|| refused(TransportCode::NotFound))?;
        self.living(owner).await
    }
}
