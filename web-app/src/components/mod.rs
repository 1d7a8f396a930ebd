//! Pieces that the pages are made of.

mod after;
mod answer;
mod away;
mod bill;
mod bill_rows;
mod choice;
mod field;
mod notes;
mod result;
mod share;
mod shell;
mod sofar;
mod steps;
mod visit;
mod who;

pub use after::YearAfter;
pub use answer::AnswerView;
pub use away::AwayView;
pub use bill::BillFields;
pub use bill_rows::{CategoryFields, LineFields};
pub use choice::{Choice, Pick, Radios};
pub use field::{Check, FieldNote, FieldNotes, Kind, TextField, notes_of, use_note};
pub use notes::{Badge, Mismatches, Notes};
pub use result::{RulesUsed, Sentence, WhoPays, in_words};
pub use share::ShareBox;
pub use shell::{Rooms, Shell, Waiting, Way};
pub use sofar::{AccountFields, SoFarFields};
pub use steps::Steps;
pub use visit::{VisitFields, area_choices, filing_choices};
pub use who::WhoFields;
