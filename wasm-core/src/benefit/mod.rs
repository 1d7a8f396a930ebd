//! Benefit estimation: a bill in, what each fund pays and what is left out, every figure with its source.

mod answer;
mod case;
mod settle;

pub use answer::{
    Answer, Away, AwayFact, Cited, Compared, Diagnostic, DiagnosticCode, Mismatch, Op, PackRef, Quantity, Range,
    Reading, Role, Settlement, Severity, Step, StepId, Term, Texts, YearAnswer,
};
pub use case::{
    Accounts, Bill, Birth, Case, Category, CategoryItem, Clinic, Cover, LineClass, LineItem, Maternity, Official,
    Options, Person, Rounds, SecondPay, SharedAccounts, Special, Split, Stay, TotalOnly, Transfer, Visit, YearToDate,
};
pub use settle::{compare, estimate, year};
