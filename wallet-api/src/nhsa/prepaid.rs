//! 预缴金: what the institution takes before a stay is settled, and 多退少补 when it is. The money is at the counter; here
//! is how much of it there is, so that every settlement says what goes back and what is still to pay.

use std::collections::BTreeSet;

use anxin_core::Fen;
use wallet_store::Prepaid;
use wallet_types::nhsa::{PrepayLine, PrepayTold};
use wallet_types::{NhsaCode, TransportCode};

use super::fees::yuan;
use super::refuse::{Refused, Stop};
use super::{Asked, envelope};
use crate::problem::ApiError;

const LINES_MAX: usize = 100;
/// How often a settlement tries to use what others are changing at the same time.
const TRIES: usize = 8;

/// What a settlement that is taken back leaves prepaid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// As if it had never been: the institution had no answer, so that it neither gave back nor took anything.
    All,
    /// The cash that was paid: what was too much went back before.
    Cash(Fen),
}

/// Lines that settlements make. No number of an institution's own has a colon.
pub(super) fn used(setl_id: &str) -> String {
    format!("used:{setl_id}")
}

fn back(setl_id: &str) -> String {
    format!("back:{setl_id}")
}

pub fn told(prepaid: Fen, cash: Fen) -> PrepayTold {
    PrepayTold {
        prepay_sumamt: prepaid.yuan().to_string(),
        prepay_refd: prepaid.above(cash).yuan().to_string(),
        prepay_due: cash.above(prepaid).yuan().to_string(),
    }
}

impl Asked<'_> {
    /// The lines of a message, by numbers of the institution's own.
    pub(super) fn prepaid(&self, lines: &[PrepayLine]) -> Result<Vec<Prepaid>, Refused> {
        if lines.len() > LINES_MAX {
            return Err(Refused::field("input.prepayinfo", format!("≤ {LINES_MAX}")));
        }
        let mut numbers = BTreeSet::new();
        let line = |(n, line): (usize, &PrepayLine)| {
            let place = |field: &str| format!("input.prepayinfo[{n}].{field}");
            envelope::length(&place("prepay_sn"), &line.prepay_sn, 1, 30)?;
            let plain = line.prepay_sn.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if !plain || !numbers.insert(line.prepay_sn.clone()) {
                return Err(Refused::field(place("prepay_sn"), "A–Z a–z 0–9 -"));
            }
            let (out, amount) = match line.prepay_amt.strip_prefix('-') {
                Some(rest) => (true, yuan(&place("prepay_amt"), rest)?),
                None => (false, yuan(&place("prepay_amt"), &line.prepay_amt)?),
            };
            if amount.is_zero() {
                return Err(Refused::field(place("prepay_amt"), "≠ 0.00"));
            }
            let amount = if out { -amount } else { amount };
            Ok(Prepaid { sn: line.prepay_sn.clone(), msgid: self.request.msgid.clone(), at: self.now, amount })
        };
        lines.iter().enumerate().map(line).collect()
    }

    pub(super) async fn prepay(&self, mdtrt_id: &str, lines: &[Prepaid]) -> Result<(), Stop> {
        if lines.is_empty() || self.wallet.desk.nhsa_prepay(self.code(), mdtrt_id, lines).await?.is_some() {
            return Ok(());
        }
        Err(Refused::new(NhsaCode::PrepayShort, "input.prepayinfo", "").into())
    }

    /// What is prepaid of a stay and not used.
    pub(super) async fn prepaid_left(&self, mdtrt_id: &str) -> Result<Fen, Stop> {
        let lines = self.wallet.desk.nhsa_prepaid(self.code(), mdtrt_id).await?;
        Ok(Fen::checked_sum(lines.iter().map(|line| line.amount)).unwrap_or_default())
    }

    /// Uses all that is prepaid for a settlement, once, and says how much that is.
    pub(super) async fn use_prepaid(&self, mdtrt_id: &str, setl_id: &str) -> Result<Fen, Stop> {
        let desk = &self.wallet.desk;
        for _ in 0..TRIES {
            let lines = desk.nhsa_prepaid(self.code(), mdtrt_id).await?;
            if let Some(line) = lines.iter().find(|line| line.sn == used(setl_id)) {
                return Ok(-line.amount);
            }
            let left = Fen::checked_sum(lines.iter().map(|line| line.amount)).unwrap_or_default();
            if left.is_zero() {
                return Ok(left);
            }
            let msgid = self.request.msgid.clone();
            let line = Prepaid { sn: used(setl_id), msgid, at: self.now, amount: -left };
            desk.nhsa_prepay(self.code(), mdtrt_id, &[line]).await?;
        }
        Err(Stop::Failed(ApiError::Transport(TransportCode::Busy)))
    }

    /// Prepays again what a settlement used that is taken back, once. `None` where it used nothing.
    pub(super) async fn prepaid_again(&self, setl_id: &str, again: Again) -> Result<Option<Fen>, Stop> {
        let desk = &self.wallet.desk;
        let Some((mdtrt_id, line)) = desk.nhsa_prepaid_by(self.code(), &used(setl_id)).await? else { return Ok(None) };
        if let Some((_, before)) = desk.nhsa_prepaid_by(self.code(), &back(setl_id)).await? {
            return Ok(Some(before.amount));
        }
        let amount = match again {
            Again::All => -line.amount,
            Again::Cash(cash) => cash,
        };
        if !amount.is_zero() {
            let line = Prepaid { sn: back(setl_id), msgid: self.request.msgid.clone(), at: self.now, amount };
            desk.nhsa_prepay(self.code(), &mdtrt_id, &[line]).await?;
        }
        Ok(Some(amount))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_goes_back_and_what_is_missing_is_due() {
        let fen = |fen: i64| Fen::new(fen).unwrap();
        let said = |prepaid, cash| {
            let told = told(fen(prepaid), fen(cash));
            (told.prepay_refd, told.prepay_due)
        };
        assert_eq!(said(50_000, 12_345), ("376.55".into(), "0.00".into()));
        assert_eq!(said(10_000, 12_345), ("0.00".into(), "23.45".into()));
        assert_eq!(said(12_345, 12_345), ("0.00".into(), "0.00".into()));
    }
}
