//! Reading the books on somebody's behalf. What is not theirs is not there: every statement here asks for the
//! owner together with the row.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anxin_core::proof::{Hash, Inclusion};
use wallet_ledger::{
    Account, AccountId, AccountKind, Command, DrawId, Entry, Fact, Head, Hold, HoldId, Leg, Micros, Node, OwnerId,
    Peaks, Transfer, TransferId, bag, beside, own_transfer, trees,
};

use crate::error::StoreError;
use crate::heads::{KeyId, SignedHead};
use crate::history::{Balance, Point, undo};
use crate::journal::{PAGE_MAX, STATEMENT, StoredLine};
use crate::permit::{Actor, Denied, Known, looked_at, permit};
use crate::postgres::PostgresStore;
use crate::rows::{from_body, id, node, signed, transfer, unsigned};
use crate::sql::{Arg, Open, Pools, Row};
use crate::sqlite::SqliteStore;
use crate::upkeep::{LAST, NODES, sized};
use crate::vault::{Place, Vault};

/// Where people ask about the books.
#[derive(Clone, Debug)]
pub struct Desk {
    pub(crate) pools: Pools,
    pub(crate) shard: i64,
    pub(crate) vault: Arc<Vault>,
}

/// A line of the journal with what shows that the log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub line: StoredLine,
    pub head: Head,
    /// The signature under that head, once one covers the line.
    pub signed: Option<SignedHead>,
    pub inclusion: Inclusion,
}

/// A line about an account, with its balance on either side of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    pub number: u64,
    pub entry: Entry,
    pub before: Balance,
    pub after: Balance,
}

/// Reading the same of one side or of all: what is someone's asks for the owner right after the shard.
pub(crate) struct OfSide {
    /// `None` where residents see nothing of it.
    pub patient: Option<&'static str>,
    pub institution: &'static str,
    pub all: &'static str,
}

impl SqliteStore {
    pub fn desk(&self, vault: Arc<Vault>) -> Desk {
        let (readers, writer) = (self.readers.clone(), self.side.clone());
        Desk { pools: Pools::Sqlite { readers, writer }, shard: self.shard, vault }
    }
}

impl PostgresStore {
    pub fn desk(&self, vault: Arc<Vault>) -> Desk {
        Desk { pools: Pools::Postgres(self.pool.clone()), shard: self.shard, vault }
    }
}

const OWNED: &str = "SELECT body FROM account WHERE shard = $1 AND id = $2
    AND (CAST($3 AS BIGINT) = 1 OR owner = $4)";
const ACCOUNTS: &str = "SELECT body FROM account WHERE shard = $1 AND id > $2
    AND (CAST($3 AS BIGINT) = 1 OR owner = $4) ORDER BY id LIMIT $5";
const SUM: &str = "SELECT count(*), CAST(coalesce(sum(posted), 0) AS BIGINT) FROM account WHERE shard = $1";
const OF_OWNER: &str = "SELECT body FROM account WHERE shard = $1 AND owner = $2 AND id > $3 ORDER BY id LIMIT $4";
const HOLD: &str = "SELECT body FROM hold WHERE shard = $1 AND id = $2";
const TRANSFER: &str = "SELECT (SELECT body FROM transfer WHERE shard = $1 AND id = $2),
    (SELECT body FROM journal WHERE shard = $1 AND transfer = $2)";
const END: &str = "SELECT peaks FROM journal_end WHERE shard = $1";
const NAME: &str = "SELECT name FROM institution WHERE shard = $1 AND owner = $2";

impl Desk {
    /// Whether the database answers.
    pub async fn answers(&self) -> Result<(), StoreError> {
        self.pools.rows(END, vec![self.here()]).await.map(drop)
    }

    pub(crate) fn here(&self) -> Arg {
        Arg::Number(self.shard)
    }

    /// The place of a value that is sealed.
    pub(crate) fn place(&self, column: &'static str) -> Place {
        Place::new(column, self.shard)
    }

    pub(crate) fn seal(&self, place: &Place, plain: &str) -> Result<Arg, StoreError> {
        self.vault.seal(place, plain.as_bytes()).map(Arg::Text)
    }

    pub(crate) fn unseal(&self, place: &Place, stored: &str) -> Result<String, StoreError> {
        let plain = self.vault.open(place, stored.as_bytes())?;
        String::from_utf8(plain).map_err(|_| StoreError::Damaged(place.name().into()))
    }

    /// Rows of the side that the actor is. What else the statements are given stands after the owner.
    pub(crate) async fn of_side(&self, actor: Actor, of: &OfSide, rest: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        let (sql, owner) = match actor {
            Actor::Resident(owner) => (of.patient, Some(owner)),
            Actor::Institution(owner) => (Some(of.institution), Some(owner)),
            Actor::Area | Actor::Auditor => (Some(of.all), None),
        };
        let Some(sql) = sql else { return Ok(Vec::new()) };
        let owner = owner.map(|owner| Arg::Bytes(id(owner.0)));
        let args = [self.here()].into_iter().chain(owner).chain(rest).collect();
        self.pools.rows(sql, args).await
    }

    /// Accounts that the actor sees, in the order of their ids.
    pub async fn accounts(&self, actor: Actor, after: AccountId, most: u32) -> Result<Vec<Account>, StoreError> {
        let most = Arg::Number(most.min(PAGE_MAX).into());
        let after = Arg::Bytes(id(after.0));
        let rows = match actor.sees() {
            Some(owner) => self.pools.rows(OF_OWNER, vec![self.here(), Arg::Bytes(id(owner.0)), after, most]).await?,
            None => self.pools.rows(ACCOUNTS, vec![self.here(), after, Arg::Number(1), Arg::NoBytes, most]).await?,
        };
        rows.iter().map(|row| from_body("account", &row.bytes(0)?)).collect()
    }

    /// How many accounts there are, and what all of them come to at one instant, in fen. It looks at every account.
    pub async fn sum(&self) -> Result<(u64, i64), StoreError> {
        let rows = self.pools.rows(SUM, vec![self.here()]).await?;
        let row = rows.first().ok_or_else(|| StoreError::Damaged("sum".into()))?;
        Ok((unsigned(row.number(0)?), row.number(1)?))
    }

    pub async fn account(&self, actor: Actor, account: AccountId) -> Result<Option<Account>, StoreError> {
        let rows = self.pools.rows(OWNED, self.owned(actor, account)).await?;
        rows.first().map(|row| from_body("account", &row.bytes(0)?)).transpose()
    }

    fn owned(&self, actor: Actor, account: AccountId) -> Vec<Arg> {
        let owner = actor.sees().map_or(Arg::NoBytes, |owner| Arg::Bytes(id(owner.0)));
        let all = i64::from(actor.sees().is_none());
        vec![self.here(), Arg::Bytes(id(account.0)), Arg::Number(all), owner]
    }

    /// An account as it was at a point; `None` before it was opened.
    pub async fn balance(
        &self,
        actor: Actor,
        account: AccountId,
        point: Point,
    ) -> Result<Option<(Account, Balance)>, StoreError> {
        let mut open = self.pools.snapshot().await?;
        self.balance_in(&mut open, actor, account, point).await
    }

    async fn balance_in(
        &self,
        open: &mut Open<'_>,
        actor: Actor,
        account: AccountId,
        point: Point,
    ) -> Result<Option<(Account, Balance)>, StoreError> {
        let rows = open.rows(OWNED, self.owned(actor, account)).await?;
        let Some(account) = rows.first().map(|row| from_body::<Account>("account", &row.bytes(0)?)).transpose()? else {
            return Ok(None);
        };
        let mut balance = Balance::of(&account);
        let mut before = u64::MAX;
        loop {
            let lines = self.lines_before(open, account.id, before, PAGE_MAX).await?;
            for line in &lines {
                let entry = line.entry()?;
                if point.covers(line.number, entry.at) {
                    return Ok(Some((account, balance)));
                }
                let holds = self.ended_by(open, &entry.fact).await?;
                match undo(balance, &account, &entry.fact, &holds)? {
                    Some(earlier) => balance = earlier,
                    None => return Ok(None),
                }
            }
            match lines.last() {
                Some(last) => before = last.number,
                None => return Err(StoreError::Damaged("an account without its opening".into())),
            }
        }
    }

    /// The hold that a line ends.
    async fn ended_by(&self, open: &mut Open<'_>, fact: &Fact) -> Result<BTreeMap<HoldId, Hold>, StoreError> {
        let hold = match fact {
            Fact::Moved { hold: Some(hold), .. } | Fact::Released { hold, .. } => *hold,
            _ => return Ok(BTreeMap::new()),
        };
        let rows = open.rows(HOLD, vec![self.here(), Arg::Bytes(id(hold.0))]).await?;
        let found = rows.first().map(|row| from_body::<Hold>("hold", &row.bytes(0)?)).transpose()?;
        Ok(found.into_iter().map(|found| (hold, found)).collect())
    }

    pub(crate) async fn lines_before(
        &self,
        open: &mut Open<'_>,
        account: AccountId,
        before: u64,
        most: u32,
    ) -> Result<Vec<StoredLine>, StoreError> {
        let before = Arg::Number(i64::try_from(before).unwrap_or(i64::MAX));
        let args = vec![self.here(), Arg::Bytes(id(account.0)), before, Arg::Number(most.into())];
        open.rows(STATEMENT, args).await?.iter().map(line).collect()
    }

    /// Lines about an account, the latest first; `None` for an account that is not the actor's.
    pub async fn statement(
        &self,
        actor: Actor,
        account: AccountId,
        before: u64,
        most: u32,
    ) -> Result<Option<Vec<StatementLine>>, StoreError> {
        let mut open = self.pools.snapshot().await?;
        let Some(last) = before.checked_sub(1) else {
            return Ok(self.account(actor, account).await?.map(|_| Vec::new()));
        };
        let Some((account, mut balance)) = self.balance_in(&mut open, actor, account, Point::Line(last)).await? else {
            return Ok(self.account(actor, account).await?.map(|_| Vec::new()));
        };
        let mut page = Vec::new();
        for line in self.lines_before(&mut open, account.id, before, most.min(PAGE_MAX)).await? {
            let entry = line.entry()?;
            let holds = self.ended_by(&mut open, &entry.fact).await?;
            let earlier = undo(balance, &account, &entry.fact, &holds)?.unwrap_or_default();
            page.push(StatementLine { number: line.number, entry, before: earlier, after: balance });
            balance = earlier;
        }
        Ok(Some(page))
    }

    /// A hold of which the actor gives or takes something, with the accounts that it names.
    pub async fn hold(&self, actor: Actor, hold: HoldId) -> Result<Option<(Hold, Vec<Account>)>, StoreError> {
        let Some(hold) = self.any_hold(hold).await? else { return Ok(None) };
        let accounts = self.any_accounts(hold.legs.iter().flat_map(|leg| [leg.from, leg.to])).await?;
        let seen = accounts.iter().any(|a| actor.sees_account(a));
        Ok(seen.then_some((hold, accounts)))
    }

    /// A transfer of which the actor gave or took something, with the accounts that it names.
    pub async fn transfer(
        &self,
        actor: Actor,
        transfer: TransferId,
    ) -> Result<Option<(Transfer, Vec<Account>)>, StoreError> {
        let Some(transfer) = self.any_transfer(transfer).await? else { return Ok(None) };
        let accounts = self.any_accounts(transfer.legs.iter().flat_map(|leg| [leg.from, leg.to])).await?;
        let seen = accounts.iter().any(|a| actor.sees_account(a));
        Ok(seen.then_some((transfer, accounts)))
    }

    async fn any_hold(&self, hold: HoldId) -> Result<Option<Hold>, StoreError> {
        let rows = self.pools.rows(HOLD, vec![self.here(), Arg::Bytes(id(hold.0))]).await?;
        rows.first().map(|row| from_body("hold", &row.bytes(0)?)).transpose()
    }

    pub(crate) async fn any_transfer(&self, wanted: TransferId) -> Result<Option<Transfer>, StoreError> {
        let rows = self.pools.rows(TRANSFER, vec![self.here(), Arg::Bytes(id(wanted.0))]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        transfer(row.maybe_bytes(0)?, row.maybe_bytes(1)?)
    }

    /// Accounts for a decision about rights, and for nothing that is shown.
    pub async fn any_accounts(&self, ids: impl Iterator<Item = AccountId>) -> Result<Vec<Account>, StoreError> {
        let mut accounts = Vec::new();
        for account in ids.collect::<BTreeSet<_>>() {
            accounts.extend(self.account(Actor::Area, account).await?);
        }
        Ok(accounts)
    }

    /// Whether an actor may ask for a command, as far as the books themselves do not look at it.
    pub async fn admits(&self, actor: Actor, command: &Command) -> Result<Result<(), Denied>, StoreError> {
        if let (Actor::Institution(_), Some(order)) = (actor, order_of(command)) {
            // What the own area paid beside others is a transfer of its own.
            for order in [order, own_transfer(DrawId(order)).0] {
                if self.any_order(order).await?.is_some() {
                    return Ok(Err(Denied::NotAllowed));
                }
            }
        }
        if let Command::Correct { of, .. } = command
            && !self.is_to_be_corrected(*of).await?
        {
            return Ok(Err(Denied::NotAllowed));
        }
        Ok(Ok(()))
    }

    /// Whether an actor may ask for a command.
    pub async fn permits(&self, actor: Actor, command: &Command) -> Result<Result<(), Denied>, StoreError> {
        if let Err(denied) = self.admits(actor, command).await? {
            return Ok(Err(denied));
        }
        let (mut hold, mut transfer) = (None, None);
        match command {
            Command::Post { hold: asked, .. } | Command::Void { hold: asked } => hold = self.any_hold(*asked).await?,
            Command::Refund { of, .. } => transfer = self.any_transfer(*of).await?,
            _ => {}
        }
        let (hold, transfer) = (hold.as_ref(), transfer.as_ref());
        let accounts = self.any_accounts(looked_at(command, hold, transfer).into_iter()).await?;
        Ok(permit(actor, command, &Known { accounts: accounts.iter().collect(), hold, transfer }))
    }

    /// An account that what a command booked speaks of: a person's where there is one, for its history is short.
    pub async fn account_of(&self, command: &Command) -> Result<Option<AccountId>, StoreError> {
        let legs = match command {
            Command::Open(open) => return Ok(Some(open.id)),
            Command::Close { account } => return Ok(Some(*account)),
            Command::While { then, .. } => return Box::pin(self.account_of(then)).await,
            Command::SetQuota { quota, .. } | Command::Dissolve { quota, .. } => return Ok(Some(*quota)),
            Command::Transfer { legs, .. } | Command::Hold { legs, .. } => legs.clone(),
            Command::Post { hold, .. } | Command::Void { hold } | Command::Expire { hold } => {
                // What ends a hold without moving anything speaks of the givers only.
                let legs = self.any_hold(*hold).await?.map(|hold| hold.legs).unwrap_or_default();
                legs.into_iter().map(|leg| Leg { to: leg.from, ..leg }).collect()
            }
            Command::Refund { id, .. } | Command::Correct { id, .. } => {
                self.any_transfer(*id).await?.map(|transfer| transfer.legs).unwrap_or_default()
            }
            Command::Cell(_) => return Ok(None),
        };
        let accounts = self.any_accounts(legs.iter().flat_map(|leg| [leg.from, leg.to])).await?;
        let of_person = accounts.iter().find(|a| matches!(a.kind, AccountKind::Personal | AccountKind::Wallet));
        Ok(of_person.map(|a| a.id).or_else(|| legs.first().map(|leg| leg.from)))
    }

    /// The line that booked a transfer or touched a hold; found by way of an account that it names.
    pub async fn line_where(
        &self,
        account: AccountId,
        wanted: impl Fn(&Fact) -> bool,
    ) -> Result<Option<StoredLine>, StoreError> {
        let mut open = self.pools.snapshot().await?;
        let mut before = u64::MAX;
        loop {
            let lines = self.lines_before(&mut open, account, before, PAGE_MAX).await?;
            let Some(last) = lines.last() else { return Ok(None) };
            before = last.number;
            for line in lines {
                if wanted(&line.entry()?.fact) {
                    return Ok(Some(line));
                }
            }
        }
    }

    /// Shows that a line is in the log: as it was signed last, or as it stands now while the line is not signed yet.
    pub async fn receipt(&self, line: StoredLine) -> Result<Option<Receipt>, StoreError> {
        let mut open = self.pools.snapshot().await?;
        let rows = open.rows(END, vec![self.here()]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let now = from_body::<Peaks>("journal_end", &row.bytes(0)?)?.head();
        let last = open.rows(LAST, vec![self.here()]).await?;
        let last = last.first().map(|row| self.signed_head(row)).transpose()?;
        let signed = last.filter(|last| (line.number + 1..=now.size).contains(&last.head.size));
        let head = signed.map_or(now, |signed| signed.head);
        if line.number >= head.size {
            return Ok(None);
        }
        let mut path = Vec::new();
        for (from, until) in beside(line.number, head.size) {
            path.push(self.over(&mut open, from, until).await?);
        }
        let inclusion = Inclusion { index: line.number, size: head.size, path };
        Ok(Some(Receipt { line, head, signed, inclusion }))
    }

    fn signed_head(&self, row: &Row) -> Result<SignedHead, StoreError> {
        let head = Head { size: unsigned(row.number(0)?), root: sized(&row.bytes(1)?)? };
        let (key, signature) = (KeyId(sized(&row.bytes(3)?)?), sized(&row.bytes(4)?)?);
        Ok(SignedHead { shard: unsigned(self.shard), head, at: Micros(row.number(2)?), key, signature })
    }

    /// The hash over a span of leaves, from the full trees that it consists of.
    async fn over(&self, open: &mut Open<'_>, from: u64, until: u64) -> Result<Hash, StoreError> {
        let damaged = || StoreError::Damaged("journal".into());
        let mut hashes: Vec<Hash> = Vec::new();
        for (level, place) in trees(from, until) {
            let line = Node::made_by(level, place).ok_or_else(damaged)?;
            let rows = open.rows(NODES, vec![self.here(), Arg::Number(signed(line))]).await?;
            let row = rows.first().ok_or_else(damaged)?;
            hashes.push(node(level, &row.bytes(0)?, &row.bytes(1)?).ok_or_else(damaged)?);
        }
        Ok(bag(&hashes))
    }

    /// The public name of an institution.
    pub async fn institution(&self, owner: OwnerId) -> Result<Option<String>, StoreError> {
        let rows = self.pools.rows(NAME, vec![self.here(), Arg::Bytes(id(owner.0))]).await?;
        rows.first().map(|row| row.text(0)).transpose()
    }
}

pub(crate) fn line(row: &Row) -> Result<StoredLine, StoreError> {
    let (bytes, leaf, above) = (row.bytes(2)?, row.bytes(3)?, row.bytes(4)?);
    Ok(StoredLine { number: unsigned(row.number(0)?), at: row.number(1)?, bytes, leaf, above })
}

/// The order whose hold or transfer a command would end or give back: orders have addresses of their own, which keep
/// the cash and the year in step with the books.
fn order_of(command: &Command) -> Option<u128> {
    match command {
        Command::Post { hold, .. } | Command::Void { hold } => Some(hold.0),
        Command::Refund { of, .. } => Some(of.0),
        _ => None,
    }
}
