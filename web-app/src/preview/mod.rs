//! The preview of groups: a record in, its group and why out; two codings beside each other; a whole
//! table at once; a city's catalogue taken in. A program of its own, see [`crate::app::Room`].

mod answer;
mod app;
mod batch;
mod codings;
mod compare;
mod dip;
mod fields;
mod file_chooser;
mod findings;
mod forecast;
mod form;
mod import;
mod inputs;
mod library;
mod page;
mod path;
mod payment;
mod read;
mod result;
mod rows;
mod sample;
mod search_box;
mod settings;
mod waiting;
mod words;

pub use app::App;
pub use batch::wait_for_task;
#[cfg(test)]
pub use {dip::D, forecast::F, import::I, words::P};
