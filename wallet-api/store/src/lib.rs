//! Keeps the wallet's books.
//!
//! A batch of requests is one transaction: the end of the journal is locked, what the requests need is read,
//! [`wallet_ledger::decide`] decides them in their order, and set-based statements write what changed. The steps
//! are the same for every store ([`carry_out`]); a store only says how each is done. Nothing is answered before it
//! is durable.

mod batch;
mod cells;
mod clock;
mod database;
mod desk;
mod error;
mod family;
mod heads;
mod history;
mod journal;
mod memory;
mod nhsa;
mod notices;
mod own;
mod pay;
mod people;
mod permit;
mod postgres;
mod primary;
mod rows;
mod schema;
mod sql;
mod sqlite;
mod striking;
mod sweep;
mod upkeep;
mod vault;
mod verify;
mod work;
mod writer;

pub use batch::{Answer, Asked, Changes, End, Line, Loaded, Wanted, decide_all, own};
pub use cells::{Glance, PacksNews, ShareNews};
pub use clock::Clock;
pub use database::{ADDRESSES, Database};
pub use desk::{Desk, Receipt, StatementLine};
pub use error::StoreError;
pub use family::{Consent, Gift, Invitation, InvitationState, Person, Relation, SharedBy, SharersOf};
pub use heads::{
    DEMO_KEY, Export, Exported, HeadKey, HeadPublic, KeyError, KeyId, Signed, SignedHead, Withheld, read_heads, sign,
};
pub use history::{Balance, Point};
pub use journal::{PAGE_MAX, StoredLine, Whole};
pub use memory::MemoryStore;
pub use nhsa::{
    Fee, Filed, Filing, Heading, Institution, InstitutionKey, Message, Movement, Numbered, Numbers, Prepaid,
    SEQUENCE_MAX, Sender, SettlementList, Signing, Taken, Visit, VisitState,
};
pub use notices::{Notice, NoticeKind, Told};
pub use own::{Attempt, FactorReset, Held, SecondFactor, TABLES, WindowAct};
pub use pay::{
    AtTill, BatchRow, ClearingItem, CodeRow, Difference, Offer, OrderRow, Pack, PackSale, Practitioner, Proposal,
    ProposalState, Provider, Records, RecordsOf, Rx, RxReview, Sides, Standing, Sums, Take, TokenRow, Uses, Written,
    YearChange, YearRow,
};
pub use people::{Correction, CorrectionState, Login, Rotation, SessionRow};
pub use permit::{Actor, Denied};
pub use postgres::PostgresStore;
pub use primary::Servers;
pub use sqlite::SqliteStore;
pub use sqlx::postgres::PgConnectOptions;
pub use striking::Striking;
pub use sweep::{KEEPER, Unswept, sweep};
pub use upkeep::{LEASE, Upkeep};
pub use vault::{Vault, VaultError};
pub use verify::{Fault, Progress, Row, Signers, Sound, first_fault};
pub use work::{BatchId, Committed, KnownRows, Work, carry_out};
pub use writer::{Books, Refused, Tally, Writer};
