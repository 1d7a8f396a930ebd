//! How a command ended.

use serde::{Deserialize, Serialize};

macro_rules! outcomes {
    ($($(#[$doc:meta])* $name:ident = $number:literal),* $(,)?) => {
        /// How a command ended. Where several things are wrong, the one with the lowest number is said.
        /// A number is never given to anything else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Outcome {
            $($(#[$doc])* $name = $number,)*
        }

        impl Outcome {
            pub const ALL: &[Outcome] = &[$(Outcome::$name),*];

            /// The stable number, as stores and the interface write it.
            pub const fn number(self) -> u16 {
                match self {
                    $(Outcome::$name => $number,)*
                }
            }
        }
    };
}

outcomes! {
    Done = 0,
    /// An id that exists already, for something else.
    IdTaken = 10,
    NoLegs = 20,
    /// More than [`crate::decide::LEGS_MAX`].
    TooManyLegs = 21,
    AmountNotPositive = 22,
    SameAccount = 23,
    /// A purpose that only refunds and corrections have.
    PurposeReserved = 24,
    /// A deadline that has passed already.
    DeadlinePassed = 25,
    /// As many amounts as the hold has legs, or none.
    AmountsDoNotMatch = 26,
    AccountUnknown = 30,
    AccountClosed = 31,
    /// A quota without an account to be set aside in, or a parent where none belongs.
    ParentWrong = 32,
    RouteRefused = 33,
    FundsMixed = 34,
    /// No cell of this number is known here, or these books are not a cell's.
    CellUnknown = 35,
    /// No draws are made with this cell, or not out of this fund.
    CellClosed = 36,
    /// A letter to another cell.
    LetterMisdirected = 37,
    /// More letters than were written.
    LetterUnknown = 38,
    HoldUnknown = 40,
    HoldPosted = 41,
    HoldVoided = 42,
    HoldExpired = 43,
    /// Not yet, for a sweep that came too early.
    HoldNotDue = 44,
    PostExceedsHold = 45,
    /// Another cell counts on it: only the decision on its draw ends it.
    HoldPrepared = 46,
    TransferUnknown = 50,
    NotRefundable = 51,
    RefundExceedsPaid = 52,
    AlreadyCorrected = 53,
    /// Neither the account that it was drawn from nor one that takes its place is open.
    OriginGone = 54,
    DrawUnknown = 55,
    /// Not every cell has answered yet.
    DrawUndecided = 56,
    DrawAborted = 57,
    WindowUnknown = 58,
    /// Not everybody has closed it, or it was paid before.
    WindowNotClosed = 59,
    ClosedHours = 60,
    OverLimitPerTransfer = 61,
    OverLimitPerDay = 62,
    /// A quota or an account that still has money or holds cannot be closed.
    NotEmpty = 63,
    /// As many transfers as may wait to be accepted do so.
    TransferWaiting = 64,
    /// The quota is what it is asked to be.
    QuotaUnchanged = 65,
    /// 净借记限额: more would be owed to another cell than was agreed.
    OverNetDebit = 66,
    /// 预付金: less would be left of another cell's than was agreed.
    BelowFloor = 67,
    InsufficientFunds = 70,
    /// Sums outside what an amount can be.
    Overflow = 71,
}
