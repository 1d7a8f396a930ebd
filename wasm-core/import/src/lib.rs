//! Turns a city's spreadsheet into a pack that every program uses at once.
//!
//! What each column holds is guessed from headers and content and given back as data, so that a person can
//! look at it and change it. A row that cannot be read is reported with its sheet, its number and why; nothing
//! is left out in silence.

mod condition;
mod dip;
mod drg;
mod field;
mod guess;
mod lists;
mod local;
mod number;
mod quality;
mod report;
mod row;
mod terms;
mod words;

pub use dip::{DipImport, DipOptions, import as import_dip, import_with as import_dip_with};
pub use drg::{DrgImport, DrgOptions, import as import_drg};
pub use field::Field;
pub use guess::{Guess, Table, guess};
pub use local::{LocalGroup, Overlay, WhyNot};
pub use quality::{Editions, Quality};
pub use report::{Doubt, DoubtKind, Problem, Reason};
