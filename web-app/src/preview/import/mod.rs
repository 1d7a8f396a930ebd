//! A city's catalogue or weights out of its spreadsheet: chosen, its columns put right, read, kept on this
//! device. Nothing of it leaves the device unless exported.

mod file;
mod guessed;
mod kept;
mod page;
mod read;
mod report;
mod thread;
mod words;

pub use page::Import;
pub use thread::run;
#[cfg(test)]
pub use words::I;
