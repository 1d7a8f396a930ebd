//! Rules as data: dated values, each with its source, and how the one that applies is found.

mod book;
mod dims;
mod source;
mod value;

pub use book::{Dormant, Found, Labels, Region, Rule, RuleBook, SCHEMA};
pub use dims::{
    AidClass, Area, Binding, Dim, Filing, Kind, Level, Nth, Place, Plan, Query, Reach, Scheme, Tenure, Ward, WorkStatus,
};
pub use source::{Basis, Certainty, Cite, CiteKind, Tier};
pub use value::{Amount, Axis, Band, Bound, CapBasis, Counts, Fund, Origin, Slot, Traits};
