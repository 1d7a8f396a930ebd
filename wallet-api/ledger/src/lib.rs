//! The wallet's books.
//!
//! [`decide`] is a function: books, a command and a time in; what changes and an outcome out. It reads
//! no clock, rolls no dice and touches no disk, so that a simulator can run years of it from one seed.
//! A store loads what [`Command::needs`] names, calls [`decide`], and applies the [`Plan`] in one
//! transaction of its database.

mod account;
mod books;
mod command;
mod decide;
mod entry;
mod flags;
mod hold;
mod id;
mod invariant;
mod limits;
mod log;
mod order;
mod outcome;
mod peaks;
mod pooling;
mod quota;
mod refund;
mod replay;
mod request;
mod route;
mod time;
mod window;

pub use account::{Account, AccountKind, Fund};
pub use books::{Books, Plan};
pub use command::{Command, Leg, Needs, OpenAccount};
pub use decide::{Decision, LEGS_MAX, decide};
pub use entry::{Entry, Fact};
pub use flags::{Flag, Holder, Movement, Pattern, Patterns, flags};
pub use hold::{Hold, HoldState};
pub use id::{AccountId, DrawId, HoldId, OwnerId, TransferId};
pub use invariant::{Broken, check, check_positions};
pub use limits::{DatedLimits, Limits};
pub use log::{Head, Log, beside, leaf_hash, trees};
pub use order::{ORDER_EDGES, OrderEvent, OrderState};
pub use outcome::Outcome;
pub use peaks::{Node, Peaks, bag};
pub use pooling::{
    Alarm, AlarmKind, Cell, CellCommand, CellId, CellNeeds, Draw, DrawOrder, DrawState, Letter, Link, Message, Over,
    Part, Payer, Pool, Reply, Role, Stand, Terms, Vote, draw_hold, draw_transfer, home_of, own_transfer, reply,
};
pub use refund::Transfer;
pub use replay::{Replayed, Tampered, Told, verify};
pub use request::{Admission, BodyHash, Request, RequestKey, Stored, admit};
pub use route::{Purpose, ROUTES, allowed};
pub use time::Micros;
pub use window::{
    Claim, DayKey, DaySums, Difference, Found, Moved, Net, NetError, Obligation, ObligationKey, PaidFrom, Tally,
    Window, WindowId, WindowState, moved, multilateral, pairs, reconcile, statement,
};
