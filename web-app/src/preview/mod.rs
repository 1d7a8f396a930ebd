//! The preview of groups: a record in, its group and why out; two codings beside each other; a whole
//! table at once. A program of its own, see [`crate::app::Room`].

mod app;
mod batch;
mod codings;
mod compare;
mod fields;
mod findings;
mod form;
mod inputs;
mod library;
mod page;
mod path;
mod payment;
mod read;
mod result;
mod rows;
mod search_box;
mod waiting;
mod words;

pub use app::App;
pub use batch::wait_for_task;
#[cfg(test)]
pub use words::P;
