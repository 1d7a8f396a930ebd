//! What the tests from end to end share: generated cases, the declarations of types, and the other
//! builds of the core as processes.

pub mod declarations;
pub mod generate;
pub mod golden;
pub mod node;
