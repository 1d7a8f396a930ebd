//! Benefit estimation: a bill in, what each fund pays and what is left out, every figure with its source.
//!
//! The order of work is the one of a settlement: split the bill, take off the deductible, apply the
//! pool's ratio and cap, then the layers above it, then the person's own means. What is not known is
//! computed at both of its ends.

mod answer;
mod asked;
mod away;
mod bill;
mod case;
mod check;
mod clinic;
mod close;
mod desk;
mod ends;
mod estimate;
mod layers;
mod maternity;
mod notes;
mod pool;
mod run;
mod scale;
mod slip;
mod visits;
mod year;

pub use answer::{
    Answer, Away, AwayFact, CiteOut, Cited, Compared, Diagnostic, DiagnosticCode, Mismatch, Op, Quantity, Range,
    Reading, Role, Settlement, Severity, Step, StepId, Term, Texts, YearAnswer,
};
pub use case::{
    Accounts, Bill, Birth, Case, Category, CategoryItem, Clinic, Cover, LineClass, LineItem, Maternity, Official,
    Options, Person, Rounds, SecondPay, SharedAccounts, Special, Split, Stay, TotalOnly, Transfer, Visit, YearToDate,
};
pub use check::AMOUNT_MAX;
pub use close::identities;
pub use estimate::estimate;
pub use year::{compare, year};
