//! Family accounts: who may share, how much, where money comes from, and what happens then.

mod fields;
mod form;
mod page;
mod result;
mod words;

pub use fields::NEAR;
pub use page::{Family, Rules, use_rules, waiting};
pub use result::AnswerView;
pub use words::F;
