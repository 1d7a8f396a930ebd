//! From lines of the journal to what people are told.

use anxin_core::Fen;
use wallet_ledger::{
    Account, AccountId, Entry, Fact, Hold, HoldId, HoldState, Leg, Micros, OwnerId, Purpose, Transfer, TransferId,
};

use super::{Notice, NoticeKind};
use crate::desk::{Desk, line};
use crate::error::StoreError;
use crate::journal::STATEMENT;
use crate::rows::{from_body, id};
use crate::sql::{Arg, Row};

/// Lines that are looked at before what they came to is written.
const LINES: i64 = 500;

/// The two of a relation.
struct Two {
    relation: u128,
    giver: OwnerId,
    taker: OwnerId,
}

impl Desk {
    /// Tells people of what was booked since it was last asked, and says the number of the last notice. Any number of
    /// programs may do so at once.
    pub async fn tell(&self) -> Result<i64, StoreError> {
        const AHEAD: &str = "SELECT coalesce(max(j.number), -1), coalesce(min(n.journal), 0), coalesce(min(n.last), 0)
            FROM (SELECT max(number) AS number FROM journal WHERE shard = $1) AS j
            LEFT JOIN notice_end AS n ON n.shard = $1";
        loop {
            let rows = self.pools.rows(AHEAD, vec![self.here()]).await?;
            let row = rows.first().ok_or_else(|| StoreError::Damaged("notice_end".into()))?;
            let (newest, next, last) = (row.number(0)?, row.number(1)?, row.number(2)?);
            if newest < next {
                return Ok(last);
            }
            self.tell_some(next).await?;
        }
    }

    /// Reads without a lock, so that the books wait only while something is written.
    async fn tell_some(&self, from: i64) -> Result<(), StoreError> {
        const SQL: &str = "SELECT number, body FROM journal WHERE shard = $1 AND number >= $2
            ORDER BY number LIMIT $3";
        let (mut next, mut notices) = (from, Vec::new());
        for line in self.pools.rows(SQL, vec![self.here(), Arg::Number(from), Arg::Number(LINES)]).await? {
            let Entry { at, fact } = from_body("journal", &line.bytes(1)?)?;
            notices.extend(self.notices_of(at, &fact).await?);
            next = line.number(0)? + 1;
        }
        let mut open = self.pools.change().await?;
        let (mut last, there) = self.lock_notices(&mut open).await?;
        if there != from {
            // Another program told of these lines meanwhile.
            return Ok(());
        }
        for notice in notices {
            last += 1;
            self.put_notice(&mut open, last, &notice).await?;
        }
        self.unlock_notices(&mut open, last, next).await?;
        open.commit().await
    }

    async fn notices_of(&self, at: Micros, fact: &Fact) -> Result<Vec<Notice>, StoreError> {
        match fact {
            Fact::Moved { purpose: purpose @ (Purpose::QuotaSet | Purpose::QuotaReturn), legs, .. } => {
                self.quota_changed(at, *purpose, legs).await
            }
            Fact::Moved {
                purpose: Purpose::Settle | Purpose::PayPremium | Purpose::Draw,
                transfer,
                hold,
                legs,
                ..
            } => {
                let hold = hold.map_or(transfer.0, |hold| hold.0);
                self.paid(at, [transfer.0, hold], legs).await
            }
            Fact::Moved { purpose: Purpose::Refund, of: Some(of), legs, .. } => self.refunded(at, *of, legs).await,
            Fact::Moved { purpose: Purpose::WalletTransfer, hold: Some(hold), .. } => {
                self.gift_went(at, *hold, NoticeKind::TransferAccepted).await
            }
            Fact::Held { purpose: Purpose::WalletTransfer, hold, .. } => {
                self.gift_went(at, *hold, NoticeKind::TransferWaiting).await
            }
            Fact::Released { hold, how: HoldState::Voided } => {
                self.gift_went(at, *hold, NoticeKind::TransferRefused).await
            }
            Fact::Released { hold, how: HoldState::Expired } => {
                self.gift_went(at, *hold, NoticeKind::TransferReturned).await
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Who is shared with is told what was added or taken, unless all of it ended.
    async fn quota_changed(&self, at: Micros, purpose: Purpose, legs: &[Leg]) -> Result<Vec<Notice>, StoreError> {
        let Some(leg) = legs.first() else { return Ok(Vec::new()) };
        let (quota, kind) = match purpose {
            Purpose::QuotaSet => (leg.to, NoticeKind::QuotaRaised),
            _ => (leg.from, NoticeKind::QuotaLowered),
        };
        let account = self.account_now(quota).await?;
        // What comes back because it ended is booked right before the end, or after it.
        let ended = |account: Account| account.closed.is_some_and(|closed| closed <= at.plus(1));
        if account.is_none_or(ended) {
            return Ok(Vec::new());
        }
        let two = self.two(quota.0).await?;
        Ok(two.iter().map(|two| notice(two, two.taker, kind, at, Some(leg.amount))).collect())
    }

    /// Sharers are told what their relative paid whom; of drugs and diagnoses the books know nothing.
    async fn paid(&self, at: Micros, names: [u128; 2], legs: &[Leg]) -> Result<Vec<Notice>, StoreError> {
        const DRAWS: &str = "SELECT account, relation FROM payment_draw WHERE shard = $1 AND payment IN ($2, $3)";
        let [transfer, hold] = names.map(|name| Arg::Bytes(id(name)));
        let mut notices = Vec::new();
        for draw in self.pools.rows(DRAWS, vec![self.here(), transfer, hold]).await? {
            let (account, relation) = (AccountId(draw.id(0)?), draw.id(1)?);
            let Some(two) = self.two(relation).await? else { continue };
            for leg in legs.iter().filter(|leg| leg.from == account && !leg.amount.is_zero()) {
                let institution = self.name_of(leg.to).await?;
                let paid = notice(&two, two.giver, NoticeKind::Paid, at, Some(leg.amount));
                notices.push(Notice { institution, ..paid });
            }
        }
        Ok(notices)
    }

    /// What comes back of a payment is told to the sharer whose money it was, and to who may use it again.
    async fn refunded(&self, at: Micros, of: TransferId, legs: &[Leg]) -> Result<Vec<Notice>, StoreError> {
        let Some(paid) = self.any_transfer(of).await? else { return Ok(Vec::new()) };
        let mut notices = Vec::new();
        for leg in legs.iter().filter(|leg| !leg.amount.is_zero()) {
            let Some((two, usable)) = self.drawn_by(&paid, leg).await? else { continue };
            let institution = self.name_of(leg.from).await?;
            let told = [Some(two.giver), usable.then_some(two.taker)];
            for owner in told.into_iter().flatten() {
                let back = notice(&two, owner, NoticeKind::Refunded, at, Some(leg.amount));
                notices.push(Notice { institution: institution.clone(), ..back });
            }
        }
        Ok(notices)
    }

    /// By which relation the money had been drawn that a leg of a refund gives back, and whether it may be used again.
    /// A quota has its relation's id; what came of one that ended goes to the account above it.
    async fn drawn_by(&self, paid: &Transfer, leg: &Leg) -> Result<Option<(Two, bool)>, StoreError> {
        for from in paid.legs.iter().filter(|paid| paid.to == leg.from).map(|paid| paid.from) {
            let Some(two) = self.two(from.0).await? else { continue };
            let quota = self.account_now(from).await?;
            let open = quota.as_ref().is_some_and(|quota| quota.closed.is_none());
            if leg.to == from || quota.and_then(|quota| quota.parent) == Some(leg.to) {
                return Ok(Some((two, open)));
            }
        }
        const DRAW: &str =
            "SELECT relation FROM payment_draw WHERE shard = $1 AND payment IN ($2, $3) AND account = $4";
        let hold = self.hold_of(paid.id, leg.to).await?.map_or(paid.id.0, |hold| hold.0);
        let named = [paid.id.0, hold, leg.to.0].map(|name| Arg::Bytes(id(name)));
        let args = [self.here()].into_iter().chain(named).collect();
        match self.pools.rows(DRAW, args).await?.first() {
            Some(row) => Ok(self.two(row.id(0)?).await?.map(|two| (two, false))),
            None => Ok(None),
        }
    }

    /// The hold that a payment out of an account had been, which may have another id.
    async fn hold_of(&self, paid: TransferId, account: AccountId) -> Result<Option<HoldId>, StoreError> {
        let args = vec![self.here(), Arg::Bytes(id(account.0)), Arg::Number(i64::MAX), Arg::Number(LINES)];
        for row in self.pools.rows(STATEMENT, args).await? {
            if let Fact::Moved { transfer, hold, .. } = line(&row)?.entry()?.fact
                && transfer == paid
            {
                return Ok(hold);
            }
        }
        Ok(None)
    }

    async fn account_now(&self, account: AccountId) -> Result<Option<Account>, StoreError> {
        let rows = self.pools.rows(ACCOUNT, vec![self.here(), Arg::Bytes(id(account.0))]).await?;
        rows.first().map(|row| from_body("account", &row.bytes(0)?)).transpose()
    }

    /// Of a transfer that waits the taker is told, of its end the giver.
    async fn gift_went(&self, at: Micros, hold: HoldId, kind: NoticeKind) -> Result<Vec<Notice>, StoreError> {
        const GIFT: &str = "SELECT relation, giver, taker FROM gift WHERE shard = $1 AND hold = $2";
        const HOLD: &str = "SELECT body FROM hold WHERE shard = $1 AND id = $2";
        let named = || vec![self.here(), Arg::Bytes(id(hold.0))];
        let gifts = self.pools.rows(GIFT, named()).await?;
        let Some(two) = gifts.first().map(two_of).transpose()? else { return Ok(Vec::new()) };
        let rows = self.pools.rows(HOLD, named()).await?;
        let held = rows.first().map(|row| from_body::<Hold>("hold", &row.bytes(0)?)).transpose()?;
        let amount = held.and_then(|held| held.legs.first().map(|leg| leg.amount));
        let owner = if kind == NoticeKind::TransferWaiting { two.taker } else { two.giver };
        Ok(vec![notice(&two, owner, kind, at, amount)])
    }

    async fn two(&self, relation: u128) -> Result<Option<Two>, StoreError> {
        const SQL: &str = "SELECT id, giver, taker FROM relation WHERE shard = $1 AND id = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(relation))]).await?;
        rows.first().map(two_of).transpose()
    }

    async fn name_of(&self, account: AccountId) -> Result<Option<String>, StoreError> {
        const SQL: &str = "SELECT i.name FROM account AS a JOIN institution AS i ON i.shard = a.shard
            AND i.owner = a.owner WHERE a.shard = $1 AND a.id = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(account.0))]).await?;
        rows.first().map(|row| row.text(0)).transpose()
    }
}

const ACCOUNT: &str = "SELECT body FROM account WHERE shard = $1 AND id = $2";

fn two_of(row: &Row) -> Result<Two, StoreError> {
    Ok(Two { relation: row.id(0)?, giver: OwnerId(row.id(1)?), taker: OwnerId(row.id(2)?) })
}

fn notice(two: &Two, owner: OwnerId, kind: NoticeKind, at: Micros, amount: Option<Fen>) -> Notice {
    Notice { owner, kind, at, relation: two.relation, amount, institution: None }
}
