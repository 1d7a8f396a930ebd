//! A stay by a DIP catalogue: its fields, its group and why, its score and what that is paid.

mod payment;
mod read;
mod result;
mod scale;
mod score;
mod words;

pub use payment::{DipPaymentFields, DipTableFields, point_kind_choices};
pub use result::{DipResultView, dip_headline, dip_lines};
pub use score::dip_payment;
pub use words::D;
pub use words::{band_name, path_name};
