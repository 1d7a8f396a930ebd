//! A whole table at once: read in pieces, grouped in a second thread, told in figures and as a list of
//! what is worth checking. Nothing of it leaves the device.

mod chart;
mod checks;
mod columns;
mod csv;
mod file;
mod job;
mod mapping;
mod page;
mod record;
mod run;
mod summary;
mod summary_view;
mod task;
mod thread;
mod workbook;
mod worklist;

pub use page::Batch;
pub use thread::wait_for_task;
