//! Grouping of discharges by CHS-DRG and its regional variants.
//!
//! A [`Scheme`] is opened from a pack; nothing in this module knows a particular scheme. A
//! [`Grouper`] takes records one by one, reusing its buffers: grouping a record allocates nothing.

mod check;
mod facts;
mod group;
pub mod layout;
mod row;
pub mod rule;
mod scheme;

pub use check::{Finding, FindingKind, Place, Respelled};
pub use facts::Sex;
pub use group::{Grouper, Grouping, Labels, Status};
pub use row::{Columns, Row};
pub use scheme::{AdrgId, DrgId, MdcId, Scheme, SchemeError};
