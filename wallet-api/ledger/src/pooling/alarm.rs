//! What must not happen between cells, and was kept so that somebody looks at it.

use serde::{Deserialize, Serialize};

use crate::id::DrawId;
use crate::outcome::Outcome;
use crate::pooling::pool::CellId;
use crate::time::Micros;
use crate::window::WindowId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AlarmKind {
    /// A letter came again under its number and said something else.
    LetterChanged,
    /// A cell asked twice for the same draw.
    DrawRepeated(DrawId),
    /// A decision about a draw that was decided otherwise, or is not known here.
    DecisionContradicts(DrawId),
    /// A draw was decided in favour and cannot be booked here; it stays prepared and is asked for again.
    CannotPost(DrawId, Outcome),
    /// More is to come back than was drawn, or not all of it where all was said.
    RefundDiffers(DrawId),
    /// What a cell says of its window is not what was received of it.
    WindowDiffers(WindowId),
    /// 净借记限额: more would be owed than was agreed.
    OverNetDebit,
    /// 预付金低于下限
    BelowFloor,
}

/// Kept once for each peer, letter and kind, however often it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Alarm {
    pub peer: CellId,
    /// The letter that raised it; zero where none did.
    pub letter: u64,
    pub kind: AlarmKind,
    pub at: Micros,
}
