//! A settlement that the area's operators take back, on the area's own list: the row that takes it off, as 2208 writes it.

use anxin_core::Fen;
use wallet_store::Movement;
use wallet_types::TransportCode;

use super::prepaid::used;
use super::{digits, times};
use crate::problem::ApiError;
use crate::wallet::Wallet;

impl Wallet {
    /// Whether a settlement is on the list, was not taken off, and used nothing that was prepaid.
    pub(crate) async fn nhsa_may_take_off(&self, code: &str, setl_id: &str) -> Result<bool, ApiError> {
        let there = self.desk.nhsa_settlement(code, setl_id).await?.is_some_and(|there| there.refund_of.is_none());
        let back = self.desk.nhsa_taken_back(code, setl_id).await?.is_some();
        let prepaid = self.desk.nhsa_prepaid_by(code, &used(setl_id)).await?.is_some();
        Ok(there && !back && !prepaid)
    }

    /// Once more changes nothing.
    pub(crate) async fn nhsa_taken_off(&self, code: &str, setl_id: &str, by: u128) -> Result<(), ApiError> {
        let missing = || ApiError::Transport(TransportCode::Internal);
        let settled = self.desk.nhsa_settlement(code, setl_id).await?.ok_or_else(missing)?;
        // What came back in parts has rows of its own.
        let parts = self.desk.nhsa_parts_back(code, setl_id).await?;
        let left = |of: fn(&Movement) -> Fen| Fen::checked_sum([&settled].into_iter().chain(&parts).map(of));
        let less = |of| left(of).map(|fen| -fen).ok_or_else(missing);
        let (now, by) = (self.now(), format!("{by:032x}"));
        let back = Movement {
            setl_id: digits("office", &[code, setl_id]),
            msgid: by.get(..30).unwrap_or_default().to_owned(),
            at: now,
            day: times::day(now),
            refund_of: Some(setl_id.to_owned()),
            total: less(|m| m.total)?,
            fund: less(|m| m.fund)?,
            acct: less(|m| m.acct)?,
            cash: less(|m| m.cash)?,
            body: String::new(),
            ..settled.clone()
        };
        self.desk.nhsa_settled(&back).await?;
        Ok(self.desk.nhsa_fees_release(code, setl_id).await?)
    }
}
