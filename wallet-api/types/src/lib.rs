//! What travels between the server and its clients, beside the core's own types: problems and the
//! index of rule packs. Shared with the page, so nothing here depends on a server.

mod cells;
mod clearing;
mod counter;
mod family;
mod flags;
mod index;
mod names;
pub mod nhsa;
mod nhsa_code;
mod notices;
mod office;
mod own;
mod pay;
mod problem;
mod reset;
mod rx;
mod session;
mod story;
mod wallet;
mod wallet_code;

pub use cells::{
    AlarmName, AlarmOut, AreaCompared, CellsOut, ClearingWindow, CountedSum, CoursePoint, DayLine, DifferenceName,
    OpeningOut, OpeningState, OverName, PaidFromName, PeerOut, PrepaymentAsk, TermsAsk, TermsOut, WindowDifference,
    WindowDifferences, WindowPaymentAsk, WindowStateName, WindowStatement, WindowSum,
};
pub use clearing::{
    BatchLine, BatchOfOrders, BatchState, BatchStep, BatchStepAsk, BatchesOfOrders, DeclareAsk, Deduction, PeriodKind,
    StandingAsk, StandingKind, StandingOut, Standings, StepTaken,
};
pub use counter::{ConfirmAsk, CounterAsk, CounterOut, MeantFor, OfferAsk, OfferOut, ScanAsk, ScannedOut};
pub use family::{
    AcceptanceAsk, ConsentOut, DrawnOut, EndedWhy, GiftAsk, GiftOut, Gifts, InvitationAsk, InvitationOut,
    InvitationStateName, Invitations, PayeeOut, Payees, PaymentAsk, PaymentOut, PersonAsk, PersonOut, QuotaAsk,
    RelationKind, RelationOut, Relations, Side,
};
pub use flags::{FlagOut, Flags, PatternName};
pub use index::{PackEntry, PackIndex};
pub use nhsa_code::NhsaCode;
pub use notices::{NoticeKindName, NoticeOut, Notices, OwnCover, SeenAsk};
pub use office::{
    AdvanceAsk, AdvanceOut, Advances, BookedOut, CorrectionKind, DifferenceAsk, DifferenceClass, DifferenceOut,
    Differences, ProposalOut, ProposalStateName, SideOut,
};
pub use own::{
    BoughtDrug, CareKind, DeathAsk, DeathOut, DeletionAsk, DeletionOut, DetailsAsk, DetailsOut, DocumentKind,
    ExportOut, ExportedAccount, FeeRecord, FilingRecord, KeptOut, KeptWhy, NicknameAsk, PrepaidRecord, PriorityAsk,
    PurchaseOut, RecordKind, SecondFactorCode, SecondFactorOffer, SecondFactorOut, SettlementRecord, VisitRecord,
    WindowActOut, WindowAsk, WindowOut,
};
pub use pay::{
    Business, CashAsk, CashMeans, CashOut, CashState, CertKind, CodeAsk, CodeOut, DecodeAsk, DecodeOut, DrugLine,
    Figures, Finding, FundKind, OrderOut, OrderRefundAsk, OrderStateName, Orders, PackLook, PackOut, PackUse, Part,
    PartFrom, PresettleAsk, PresettleOut, RefundOut, RefundStateName, ReverseAsk, SettleAsk, SoldPack, StepOut,
};
pub use problem::{Health, Problem, ProblemCode, TransportCode};
pub use reset::{FactorResetOut, OwnReset, ResetAsk, ResetOut, ResetState, Resets};
pub use rx::{
    PractitionerAsk, PractitionerKind, ReviewAsk, ReviewOut, ReviewState, RxAsk, RxLine, RxList, RxLook, RxOut,
};
pub use session::{Credentials, Refresh, SessionOut};
pub use story::{StoryAsk, StoryName, StoryOut};
pub use wallet::{
    AccountKindName, AccountOut, Accounts, BalanceOut, BatchAsk, BatchItem, BatchOut, BatchResult, Booked,
    CorrectionAsk, CorrectionOut, CorrectionStateName, FundName, HoldAsk, HoldOut, HoldPost, HoldStateName, HoldVoid,
    Id, LegAsk, LegOut, LineKind, LineOut, PostAsk, PurposeName, ReceiptOut, RefundAsk, SealOut, Statement,
    TransferAsk, TransferOut,
};
pub use wallet_code::WalletCode;
