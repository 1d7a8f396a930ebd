//! What a hospital may expect of its scores: the point value, a month's prepayment and the year's settlement.
//! Every figure goes in with who says so and comes out beside what was worked out of it.

mod answer;
mod case;
mod compose;

pub use answer::{FigureOrigin, ForecastAnswer, ForecastLine, ForecastNote, ForecastNoteCode, LineId};
pub use case::{AmountSaid, ForecastCase, ForecastPoint, MonthCase, PointPool, RateSaid, Sourced, YearCase};
pub use compose::forecast;
