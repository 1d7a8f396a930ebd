//! What somebody has typed, and its way into a `Case` and into a link. Nothing here knows a browser.

pub mod amount;
mod bill;
mod form;
mod place;
mod problem;
mod read;
mod share;

pub use bill::{BillForm, BillWay, CATEGORIES, CategoryRow, LineRow};
pub use form::{
    AccountForm, Form, Inputs, SITUATIONS_MAX, Situation, SoFarForm, VISITS_MAX, VisitForm, VisitKind, Who, move_item,
};
pub use place::{areas, filings};
pub use problem::{Problem, field_of};
pub use read::{Reading, read, read_situation, read_year};
pub use share::{Keep, from_fragment, to_fragment};
