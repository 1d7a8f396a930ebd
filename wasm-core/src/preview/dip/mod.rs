//! Grouping by a DIP catalogue behind the door: from a [`DipCase`] to a [`DipAnswer`].

mod answer;
mod case;
mod check;
mod compose;
mod hints;
mod scored;

pub use answer::{
    DipAnswer, DipCandidateOut, DipFate, DipFindingCode, DipFindingOut, DipGroupOut, DipHintCode, DipHintOut,
    DipOperationOut, DipScoreOut, PointOut,
};
pub use case::{DipCase, DipPaymentCase, PointCase};
pub(crate) use check::{SOURCE_BYTES_MAX, check_points, own_point};
pub use compose::group;
pub(crate) use compose::{finding_code, grouper, told};
pub(crate) use scored::{hospital, point_value};
