//! What the tests from end to end share: generated cases, the declarations of types, and the other
//! builds of the core as processes.

pub mod browser;
pub mod declarations;
pub mod generate;
pub mod golden;
pub mod node;
pub mod patience;
pub mod product;
pub mod samples;
pub mod table;
pub mod wallet;
