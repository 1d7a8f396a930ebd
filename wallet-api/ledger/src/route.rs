//! Which kinds of account may pay which, and what for. What is not listed is refused.

use serde::{Deserialize, Serialize};

use crate::account::AccountKind::{
    self, Advance, Cash, Clearing, Funding, Institution, Personal, PooledFund, Premium, Prepayment, Quota, Suspense,
    Wallet,
};

/// What money moves for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Purpose {
    /// 个账划入
    Credit,
    /// Into a wallet that holds money.
    TopUp,
    /// Back from a wallet into the personal account.
    WalletReturn,
    /// From one person's wallet to a relative's.
    WalletTransfer,
    QuotaSet,
    QuotaReturn,
    /// A medical settlement.
    Settle,
    PayPremium,
    /// For a settlement in another area: out of a payer here.
    Draw,
    /// For a settlement here: in from another area.
    Deliver,
    /// To an institution's or insurer's bank account; of what it is owed, what is deducted (扣款) and what it was paid
    /// before (预付金) goes where it belongs instead.
    PayOut,
    /// An area's deposit, in and out.
    Deposit,
    DepositReturn,
    /// A window's net amount between two areas.
    Net,
    /// From the pooled fund's budget.
    FundIn,
    /// Money that came with no order to book it on.
    Late,
    /// Money in suspense that found its owner.
    Resolve,
    /// Back to where a settlement drew it. Only [`crate::Command::Refund`] makes these.
    Refund,
    /// The opposite of an entry that was wrong. Only [`crate::Command::Correct`] makes these.
    Correction,
}

/// From, to, and what for.
pub const ROUTES: &[(AccountKind, AccountKind, Purpose)] = &[
    (Funding, Personal, Purpose::Credit),
    (Personal, Wallet, Purpose::TopUp),
    (Wallet, Personal, Purpose::WalletReturn),
    (Wallet, Wallet, Purpose::WalletTransfer),
    (Personal, Quota, Purpose::QuotaSet),
    (Quota, Personal, Purpose::QuotaReturn),
    (Personal, Institution, Purpose::Settle),
    (Wallet, Institution, Purpose::Settle),
    (Quota, Institution, Purpose::Settle),
    (PooledFund, Institution, Purpose::Settle),
    (Personal, Premium, Purpose::PayPremium),
    (Wallet, Premium, Purpose::PayPremium),
    (Quota, Premium, Purpose::PayPremium),
    (Personal, Clearing, Purpose::Draw),
    (Wallet, Clearing, Purpose::Draw),
    (Quota, Clearing, Purpose::Draw),
    (PooledFund, Clearing, Purpose::Draw),
    (Clearing, Institution, Purpose::Deliver),
    (Institution, Cash, Purpose::PayOut),
    (Institution, PooledFund, Purpose::PayOut),
    (Institution, Suspense, Purpose::PayOut),
    (Institution, Advance, Purpose::PayOut),
    (Advance, Cash, Purpose::PayOut),
    (Premium, Cash, Purpose::PayOut),
    (Cash, Prepayment, Purpose::Deposit),
    (Prepayment, Cash, Purpose::DepositReturn),
    (Clearing, Cash, Purpose::Net),
    (Cash, Clearing, Purpose::Net),
    (Prepayment, Clearing, Purpose::Net),
    (Cash, PooledFund, Purpose::FundIn),
    (Cash, Suspense, Purpose::Late),
    (Clearing, Suspense, Purpose::Late),
    (Suspense, Personal, Purpose::Resolve),
    (Suspense, Wallet, Purpose::Resolve),
    (Suspense, Institution, Purpose::Resolve),
    (Suspense, Clearing, Purpose::Resolve),
    (Suspense, Cash, Purpose::Resolve),
];

/// Whether money may go this way for this.
pub fn allowed(from: AccountKind, to: AccountKind, purpose: Purpose) -> bool {
    ROUTES.contains(&(from, to, purpose))
}

impl Purpose {
    /// Whether a settlement of this kind can be refunded to where it was drawn.
    pub fn refundable(self) -> bool {
        matches!(self, Purpose::Settle | Purpose::PayPremium | Purpose::Draw | Purpose::Deliver)
    }

    /// Whether what leaves a quota for this counts as used.
    pub fn uses_quota(self) -> bool {
        matches!(self, Purpose::Settle | Purpose::PayPremium | Purpose::Draw)
    }

    /// Transfers between people's wallets are limited by day, by amount and by the clock.
    pub fn limited(self) -> bool {
        self == Purpose::WalletTransfer
    }
}
