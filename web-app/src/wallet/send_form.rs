//! A transfer as it is typed, and what comes of it.

use anxin_core::text::Lang;
use anxin_core::{Fen, RefusalCode};
use serde::{Deserialize, Serialize};
use wallet_types::{AccountKindName, AccountOut, Id, LegAsk, PurposeName, TransferAsk, WalletCode};

use super::words::W;
use crate::components::FieldNote;
use crate::model::amount::yuan;
use crate::services::words::money;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Errand {
    #[default]
    TopUp,
    Return,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub errand: Errand,
    pub amount: String,
}

/// A transfer that somebody may confirm. Its key makes sure that it is booked once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    pub key: String,
    pub errand: Errand,
    pub from: Id,
    pub to: Id,
    pub amount: Fen,
    /// What was available when it was put together.
    pub before: Fen,
    /// The same of the account that it goes to.
    pub before_to: Fen,
}

impl Order {
    pub fn ask(&self) -> TransferAsk {
        let purpose = match self.errand {
            Errand::TopUp => PurposeName::TopUp,
            Errand::Return => PurposeName::WalletReturn,
        };
        TransferAsk { purpose, legs: vec![LegAsk { from: self.from, to: self.to, amount_fen: self.amount }] }
    }
}

/// The account that the money is taken from.
pub fn source(errand: Errand, accounts: &[AccountOut]) -> Option<&AccountOut> {
    let kind = if errand == Errand::TopUp { AccountKindName::Personal } else { AccountKindName::Wallet };
    of_kind(kind, accounts)
}

fn of_kind(kind: AccountKindName, accounts: &[AccountOut]) -> Option<&AccountOut> {
    accounts.iter().find(|account| account.kind == kind && account.closed_at.is_none())
}

fn target(errand: Errand, accounts: &[AccountOut]) -> Option<&AccountOut> {
    let kind = if errand == Errand::TopUp { AccountKindName::Wallet } else { AccountKindName::Personal };
    of_kind(kind, accounts)
}

impl Form {
    /// The transfer, or what is wrong with which field.
    pub fn read(&self, accounts: &[AccountOut], key: &str, lang: Lang) -> Result<Order, Vec<FieldNote>> {
        let (Some(source), Some(target)) = (source(self.errand, accounts), target(self.errand, accounts)) else {
            return Err(vec![wrong("errand", WalletCode::AccountUnknown.code(), W::NoWalletYet.say(lang).into())]);
        };
        let amount = self.amount(source.available_fen, lang).map_err(|note| vec![note])?;
        Ok(Order {
            key: key.to_owned(),
            errand: self.errand,
            from: source.id,
            to: target.id,
            amount,
            before: source.available_fen,
            before_to: target.available_fen,
        })
    }

    fn amount(&self, available: Fen, lang: Lang) -> Result<Fen, FieldNote> {
        let amount = yuan(&self.amount).ok().flatten().filter(|fen| !fen.is_zero());
        let bad = || wrong("amount", RefusalCode::Malformed.code(), W::WrongAmount.say(lang).into());
        let amount = amount.ok_or_else(bad)?;
        let more = || W::WrongMore.fill(lang, &[&money(available)]);
        if amount > available {
            return Err(wrong("amount", WalletCode::InsufficientFunds.code(), more()));
        }
        Ok(amount)
    }
}

fn wrong(field: &str, code: &'static str, message: String) -> FieldNote {
    FieldNote { field: field.into(), code, message }
}

#[cfg(test)]
mod tests {
    use wallet_types::FundName;

    use super::*;

    fn account(id: u128, kind: AccountKindName, fen: i64) -> AccountOut {
        let fen = Fen::new(fen).unwrap();
        AccountOut {
            id: Id(id),
            kind,
            fund: FundName::Account,
            parent: None,
            posted_fen: fen,
            held_fen: Fen::ZERO,
            available_fen: fen,
            opened_at: "2026-11-22T08:05:09.000001Z".into(),
            closed_at: None,
            at: None,
        }
    }

    fn accounts() -> Vec<AccountOut> {
        vec![account(1, AccountKindName::Personal, 300_000), account(2, AccountKindName::Wallet, 50_000)]
    }

    fn read(errand: Errand, amount: &str) -> Result<Order, Vec<&'static str>> {
        let form = Form { errand, amount: amount.into() };
        form.read(&accounts(), "k", Lang::Zh).map_err(|notes| notes.iter().map(|note| note.code).collect())
    }

    #[test]
    fn a_transfer_goes_out_of_the_account_that_its_purpose_names() {
        let order = read(Errand::TopUp, "３０００").unwrap();
        assert_eq!((order.from, order.to, order.ask().purpose), (Id(1), Id(2), PurposeName::TopUp));
        assert_eq!((order.before.get(), order.before_to.get()), (300_000, 50_000));
        let order = read(Errand::Return, "500").unwrap();
        assert_eq!((order.from, order.to, order.ask().purpose), (Id(2), Id(1), PurposeName::WalletReturn));
    }

    #[test]
    fn what_cannot_be_is_named_beside_its_field() {
        assert_eq!(read(Errand::TopUp, "0"), Err(vec!["AX1001"]));
        assert_eq!(read(Errand::TopUp, "-1"), Err(vec!["AX1001"]));
        assert_eq!(read(Errand::Return, "500.01"), Err(vec!["AX3070"]));
    }

    #[test]
    fn without_a_wallet_there_is_nothing_to_send() {
        let form = Form { amount: "1".into(), ..Form::default() };
        let none = form.read(&accounts()[..1], "k", Lang::Zh).unwrap_err();
        assert_eq!((none[0].field.as_str(), none[0].code), ("errand", "AX3030"));
    }
}
