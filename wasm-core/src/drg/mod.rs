//! Grouping of discharges by CHS-DRG and its regional variants.
//!
//! A [`Scheme`] is opened from a pack; nothing in this module knows a particular scheme. A
//! [`Grouper`] takes records one by one, reusing its buffers: grouping a record allocates nothing.

mod check;
mod explain;
mod facts;
mod field;
mod group;
pub mod layout;
mod payment;
mod record;
mod row;
pub mod rule;
mod scheme;

pub use check::{Finding, FindingKind, Place, Respelled};
pub use explain::{Candidate, Explanation, Fate, Gate, Miss, Outcome, Reason, Subject};
pub use facts::Sex;
pub use field::Field;
pub(crate) use field::{is_rest, stem};
pub use group::{Grouper, Grouping, Labels, Status};
pub use payment::{
    Band, HighCost, Level, Lines, PriceTable, Region, Remark, SCHEMA as WEIGHT_SCHEMA, Thresholds, Unit, WeightBook,
    WeightData, classify, standard,
};
pub(crate) use record::principal_first;
pub use record::{Diagnosis, Operation, ROWS_MAX, Record};
pub(crate) use row::{Cells, Header, names, trimmed};
pub use row::{Columns, Row};
pub use scheme::{AdrgId, DrgId, MdcId, Scheme, SchemeError};
