//! What travels between the server and its clients, beside the core's own types: problems and the
//! index of rule packs. Shared with the page, so nothing here depends on a server.

mod index;
mod problem;

pub use index::{PackEntry, PackIndex};
pub use problem::{Health, Problem, ProblemCode, TransportCode};
