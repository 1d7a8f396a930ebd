//! The grouping preview behind the door: from a [`GroupCase`] to a [`GroupAnswer`] by DRG and from a [`DipCase`]
//! to a [`DipAnswer`] by DIP, with every number of the grouper turned into the code that people know.

mod answer;
mod batch;
mod case;
mod check;
mod compose;
pub(crate) mod dip;
mod fees;
mod forecast;
mod later;
mod line;
mod listing;
mod pay;
mod shelf;

pub use answer::{
    Ask, CandidateFate, CandidateOut, CodeOut, FindingCode, FindingOut, GateOut, GroupAnswer, GroupRef, HintCode,
    HintOut, MissOut, ReasonOut, SchemeRef, TestOut,
};
pub use batch::{BatchCase, Plan, PointsCase, TableCase, Worker, group_table};
pub use case::{GroupCase, PaymentCase, RecordSource};
pub(crate) use compose::finding_code;
pub use compose::group;
pub(crate) use dip::finding_code as dip_finding_code;
pub use dip::{
    DipAnswer, DipCandidateOut, DipCase, DipFate, DipFindingCode, DipFindingOut, DipGroupOut, DipHintCode, DipHintOut,
    DipOperationOut, DipPaymentCase, DipScoreOut, PointCase, PointOut, group as group_dip,
};
pub use fees::{FeeColumns, FeeField, FeeLine, Fees, Repeated, RepeatedFees, fee_field, fee_fields_missing, fees_told};
pub use forecast::{
    AmountSaid, FigureOrigin, ForecastAnswer, ForecastCase, ForecastLine, ForecastNote, ForecastNoteCode,
    ForecastPoint, LineId, MonthCase, PointPool, RateSaid, Sourced, YearCase, forecast,
};
pub use listing::{
    ChoiceOut, HitOut, LevelOut, PriceOut, PricedRegionOut, ProfileOut, SchemeKind, SchemeOut, Search, SettingOut,
    prices, schemes, search,
};
pub use pay::{BandUnknown, CoefficientFrom, LinesFrom, Paid, Part, PartOrigin, PaymentOut, RemarkOut, Tariff, Unpaid};
pub(crate) use shelf::Opening;
pub use shelf::Shelf;

/// The scheme that is taken where nobody names one: 按病组（DRG）付费分组方案 2.0 版 has been the national one since
/// 医保办发〔2024〕9 号 of July 2024.
pub const DEFAULT_SCHEME: &str = "chs-drg-2.0";
