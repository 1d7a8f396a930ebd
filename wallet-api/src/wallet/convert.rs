//! The ledger's words and those of the interface.

use anxin_core::{Refusal, RefusalCode};
use jiff::Timestamp;
use wallet_ledger::{AccountKind, Fund, HoldState, Micros, Purpose};
use wallet_types::{AccountKindName, FundName, HoldStateName, PurposeName};

macro_rules! pairs {
    ($to:ident, $back:ident, $ledger:ident, $name:ident: $($variant:ident),* $(,)?) => {
        pub fn $to(value: $ledger) -> $name {
            match value { $($ledger::$variant => $name::$variant),* }
        }

        pub fn $back(value: $name) -> $ledger {
            match value { $($name::$variant => $ledger::$variant),* }
        }
    };
}

pairs!(purpose_name, purpose, Purpose, PurposeName:
    Credit, TopUp, WalletReturn, WalletTransfer, QuotaSet, QuotaReturn, Settle, PayPremium, Draw, Deliver, PayOut,
    Deposit, DepositReturn, Net, FundIn, Late, Resolve, Refund, Correction);

pub fn kind(kind: AccountKind) -> AccountKindName {
    use AccountKindName as Name;
    match kind {
        AccountKind::Personal => Name::Personal,
        AccountKind::Wallet => Name::Wallet,
        AccountKind::Quota => Name::Quota,
        AccountKind::Institution => Name::Institution,
        AccountKind::PooledFund => Name::PooledFund,
        AccountKind::Clearing => Name::Clearing,
        AccountKind::Prepayment => Name::Prepayment,
        AccountKind::Premium => Name::Premium,
        AccountKind::Suspense => Name::Suspense,
        AccountKind::Funding => Name::Funding,
        AccountKind::Cash => Name::Cash,
        AccountKind::Advance => Name::Advance,
    }
}

pub fn fund(fund: Fund) -> FundName {
    match fund {
        Fund::Account => FundName::Account,
        Fund::Pooled => FundName::Pooled,
    }
}

pub fn state(state: HoldState) -> HoldStateName {
    match state {
        HoldState::Pending => HoldStateName::Pending,
        HoldState::Posted => HoldStateName::Posted,
        HoldState::Voided => HoldStateName::Voided,
        HoldState::Expired => HoldStateName::Expired,
    }
}

/// An instant as it is written: UTC, to the microsecond.
pub fn instant(at: Micros) -> String {
    let timestamp = Timestamp::from_microsecond(at.0).unwrap_or(Timestamp::MAX);
    format!("{timestamp:.6}")
}

/// # Errors
/// Names the field.
pub fn micros(field: &str, text: &str) -> Result<Micros, Refusal> {
    let read: Result<Timestamp, _> = text.parse();
    let bad = |_| Refusal::new(RefusalCode::Malformed, field, "2026-01-31T09:30:00Z, 2026-01-31T17:30:00.5+08:00");
    read.map(|timestamp| Micros(timestamp.as_microsecond())).map_err(bad)
}
