//! What people are told of: invitations, and what became of money between relatives. A notice of an agreement is
//! written with it in one transaction; one of money follows from the journal, so that none is lost or told twice
//! whichever program is killed.

mod teller;

use anxin_core::Fen;
use wallet_ledger::{Micros, OwnerId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::journal::PAGE_MAX;
use crate::rows::id;
use crate::sql::{Arg, Open, Row};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum NoticeKind { $($(#[$doc])* $name),* }

        impl NoticeKind {
            /// As it is stored.
            pub fn word(self) -> &'static str {
                match self { $(NoticeKind::$name => $word),* }
            }

            fn of_word(word: &str) -> Option<NoticeKind> {
                match word { $($word => Some(NoticeKind::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    Invited = "invited",
    Accepted = "accepted",
    Ended = "ended",
    QuotaRaised = "quota_raised",
    QuotaLowered = "quota_lowered",
    /// A relative paid with the sharer's money.
    Paid = "paid",
    /// What a relative had paid with the sharer's money came back, or part of it.
    Refunded = "refunded",
    /// A relative draws on them earlier or later than before.
    OrderChanged = "order_changed",
    TransferWaiting = "transfer_waiting",
    TransferAccepted = "transfer_accepted",
    TransferRefused = "transfer_refused",
    /// Nobody accepted it in time.
    TransferReturned = "transfer_returned",
    /// An operator was asked to let them set up another authenticator,
    ResetAsked = "reset_asked",
    /// and another operator let them.
    ResetGranted = "reset_granted",
}

/// One thing that one person is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub owner: OwnerId,
    pub kind: NoticeKind,
    pub at: Micros,
    /// The relation, or the invitation that it would come of; for what is of no relation, what it is about.
    pub relation: u128,
    pub amount: Option<Fen>,
    /// Public name of who was paid.
    pub institution: Option<String>,
}

/// A notice as its owner finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Goes up with every notice, not by one for each person.
    pub number: i64,
    pub notice: Notice,
    pub kin: String,
    /// Whether the owner is the giving side.
    pub gives: bool,
}

// An invitation and what came of it have one id. What is of no relation is about oneself.
const AFTER: &str = "SELECT n.number, n.kind, n.at, n.relation, n.amount, n.institution,
    coalesce(i.kin, 'other'), coalesce(i.inviter, n.owner) FROM notice AS n LEFT JOIN invitation AS i
    ON i.shard = n.shard AND i.id = n.relation WHERE n.shard = $1 AND n.owner = $2 AND n.number > $3 ORDER BY n.number LIMIT $4";
const LATEST: &str = "SELECT n.number, n.kind, n.at, n.relation, n.amount, n.institution,
    coalesce(i.kin, 'other'), coalesce(i.inviter, n.owner) FROM notice AS n LEFT JOIN invitation AS i
    ON i.shard = n.shard AND i.id = n.relation WHERE n.shard = $1 AND n.owner = $2 AND n.number < $3 ORDER BY n.number DESC LIMIT $4";
const UNSEEN: &str = "SELECT count(*) FROM notice WHERE shard = $1 AND owner = $2 AND number >
    coalesce((SELECT number FROM notice_seen WHERE shard = $1 AND owner = $2), 0)";

impl Desk {
    /// What somebody was told after a number, in its order.
    pub async fn notices_after(&self, owner: OwnerId, number: i64, most: u32) -> Result<Vec<Told>, StoreError> {
        self.told(AFTER, owner, number, most).await
    }

    /// What somebody was told before a number, the latest first.
    pub async fn notices_before(&self, owner: OwnerId, number: i64, most: u32) -> Result<Vec<Told>, StoreError> {
        self.told(LATEST, owner, number, most).await
    }

    async fn told(&self, sql: &'static str, owner: OwnerId, number: i64, most: u32) -> Result<Vec<Told>, StoreError> {
        let most = Arg::Number(most.min(PAGE_MAX).into());
        let args = vec![self.here(), Arg::Bytes(id(owner.0)), Arg::Number(number), most];
        self.pools.rows(sql, args).await?.iter().map(|row| read(owner, row)).collect()
    }

    /// How many notices somebody has not looked at.
    pub async fn unseen(&self, owner: OwnerId) -> Result<u64, StoreError> {
        let rows = self.pools.rows(UNSEEN, vec![self.here(), Arg::Bytes(id(owner.0))]).await?;
        let count = rows.first().map_or(Ok(0), |row| row.number(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// Notes that somebody has looked up to a number. It never goes back, and never past what there is.
    pub async fn seen(&self, owner: OwnerId, number: i64) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO notice_seen (shard, owner, number)
            SELECT CAST($1 AS BIGINT), $2, n.number FROM notice AS n
            WHERE n.shard = $1 AND n.owner = $2 AND n.number <= $3 ORDER BY n.number DESC LIMIT 1
            ON CONFLICT (shard, owner) DO UPDATE SET number = excluded.number
            WHERE notice_seen.number < excluded.number";
        let args = vec![self.here(), Arg::Bytes(id(owner.0)), Arg::Number(number)];
        self.once(SQL, args).await.map(drop)
    }

    /// Tells somebody of something in the transaction in which it happens.
    pub(crate) async fn tell_in(&self, open: &mut Open<'_>, notice: &Notice) -> Result<(), StoreError> {
        let (last, journal) = self.lock_notices(open).await?;
        self.put_notice(open, last + 1, notice).await?;
        self.unlock_notices(open, last + 1, journal).await
    }

    /// Nobody else tells anything until this transaction ends.
    async fn lock_notices(&self, open: &mut Open<'_>) -> Result<(i64, i64), StoreError> {
        const BEGIN: &str = "INSERT INTO notice_end (shard, last, journal) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING";
        const LOCK: &str = "UPDATE notice_end SET last = last WHERE shard = $1";
        const END: &str = "SELECT last, journal FROM notice_end WHERE shard = $1";
        open.run(BEGIN, vec![self.here()]).await?;
        open.run(LOCK, vec![self.here()]).await?;
        let rows = open.rows(END, vec![self.here()]).await?;
        let row = rows.first().ok_or_else(|| StoreError::Damaged("notice_end".into()))?;
        Ok((row.number(0)?, row.number(1)?))
    }

    async fn unlock_notices(&self, open: &mut Open<'_>, last: i64, journal: i64) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE notice_end SET last = $2, journal = $3 WHERE shard = $1";
        open.run(SQL, vec![self.here(), Arg::Number(last), Arg::Number(journal)]).await.map(drop)
    }

    async fn put_notice(&self, open: &mut Open<'_>, number: i64, notice: &Notice) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO notice (shard, number, owner, kind, at, relation, amount, institution)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let args = vec![
            self.here(),
            Arg::Number(number),
            Arg::Bytes(id(notice.owner.0)),
            Arg::Text(notice.kind.word().into()),
            Arg::Number(notice.at.0),
            Arg::Bytes(id(notice.relation)),
            Arg::MaybeNumber(notice.amount.map(Fen::get)),
            Arg::MaybeText(notice.institution.clone()),
        ];
        open.run(SQL, args).await.map(drop)
    }

    /// Notes before a payment is booked by which relation it draws on which account; the same again changes nothing.
    pub async fn put_draw(&self, payment: u128, account: u128, relation: u128) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO payment_draw (shard, payment, account, relation) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING";
        let bytes = |number| Arg::Bytes(id(number));
        self.once(SQL, vec![self.here(), bytes(payment), bytes(account), bytes(relation)]).await.map(drop)
    }
}

fn read(owner: OwnerId, row: &Row) -> Result<Told, StoreError> {
    let damaged = || StoreError::Damaged("notice".into());
    let amount = row.maybe_number(4)?.map(|fen| Fen::new(fen).ok_or_else(damaged)).transpose()?;
    Ok(Told {
        number: row.number(0)?,
        notice: Notice {
            owner,
            kind: NoticeKind::of_word(&row.text(1)?).ok_or_else(damaged)?,
            at: Micros(row.number(2)?),
            relation: row.id(3)?,
            amount,
            institution: row.maybe_text(5)?,
        },
        kin: row.text(6)?,
        gives: row.id(7)? == owner.0,
    })
}
