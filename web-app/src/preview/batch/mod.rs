//! A whole table at once: read in pieces, grouped in a second thread, told in figures and as a list of
//! what is worth checking. Nothing of it leaves the device.

mod by_dip;
mod by_drg;
mod chart;
mod checks;
mod codes;
mod columns;
mod csv;
mod fees;
mod file;
mod job;
mod mapping;
mod page;
mod record;
mod run;
mod scatter;
mod scatter_view;
mod summary;
mod summary_view;
mod task;
mod thread;
mod workbook;
mod worklist;

pub use file::{Decoder, bytes, encoding as encoding_of};
pub use page::Batch;
pub use run::Run;
pub use task::Points;
pub use thread::wait_for_task;
