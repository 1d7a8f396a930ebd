//! Rows as columns of arrays, so that one statement writes all of a batch's rows of a table.

use anxin_core::proof::Hash;
use wallet_ledger::{
    Account, AccountId, BodyHash, Entry, Fact, Hold, Outcome, OwnerId, RequestKey, Stored, Transfer, TransferId,
};

use crate::batch::{Changes, Line};
use crate::cells::CellRows;
use crate::error::StoreError;

/// One column of the rows that are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    Numbers(Vec<i64>),
    Bytes(Vec<Vec<u8>>),
    MaybeBytes(Vec<Option<Vec<u8>>>),
    Texts(Vec<String>),
}

/// The columns of each table in the order of its statement.
pub struct Rows {
    pub accounts: Vec<Column>,
    pub holds: Vec<Column>,
    pub transfers: Vec<Column>,
    pub lines: Vec<Column>,
    pub mentions: Vec<Column>,
    pub requests: Vec<Column>,
    pub cells: CellRows,
}

impl Rows {
    pub fn of(changes: &Changes) -> Rows {
        Rows {
            accounts: accounts(&changes.accounts),
            holds: holds(&changes.holds),
            transfers: transfers(changes.transfers.iter().filter(|t| !t.is_as_made())),
            lines: lines(&changes.lines),
            mentions: mentions(&changes.lines),
            requests: requests(&changes.requests),
            cells: CellRows::of(&changes.pool),
        }
    }
}

pub fn numbers<T>(rows: &[T], of: impl Fn(&T) -> i64) -> Column {
    Column::Numbers(rows.iter().map(of).collect())
}

pub fn bytes<T>(rows: &[T], of: impl Fn(&T) -> Vec<u8>) -> Column {
    Column::Bytes(rows.iter().map(of).collect())
}

fn accounts(rows: &[Account]) -> Vec<Column> {
    vec![
        bytes(rows, |a| id(a.id.0)),
        bytes(rows, |a| id(a.owner.0)),
        numbers(rows, |a| i64::from(a.kind.number())),
        numbers(rows, |a| a.posted.get()),
        numbers(rows, |a| a.held.get()),
        bytes(rows, body),
    ]
}

fn holds(rows: &[Hold]) -> Vec<Column> {
    vec![
        bytes(rows, |h| id(h.id.0)),
        numbers(rows, |h| h.until.0),
        numbers(rows, |h| i64::from(h.state == wallet_ledger::HoldState::Pending)),
        bytes(rows, body),
    ]
}

/// Only those that something became of: any other is in the line that made it.
fn transfers<'t>(rows: impl Iterator<Item = &'t Transfer> + Clone) -> Vec<Column> {
    vec![Column::Bytes(rows.clone().map(|t| id(t.id.0)).collect()), Column::Bytes(rows.map(body).collect())]
}

/// Accounts of a line that stand in its own row.
const IN_LINE: usize = 2;

fn lines(rows: &[Line]) -> Vec<Column> {
    vec![
        numbers(rows, |l| signed(l.number)),
        numbers(rows, |l| l.entry.at.0),
        bytes(rows, |l| l.bytes.clone()),
        bytes(rows, |l| l.leaf.to_vec()),
        bytes(rows, |l| l.above.concat()),
        maybe_ids(rows, |l| made_by(&l.entry.fact).map(|transfer| transfer.0)),
        maybe_ids(rows, |l| l.accounts.iter().next().map(|account| account.0)),
        maybe_ids(rows, |l| l.accounts.iter().nth(1).map(|account| account.0)),
    ]
}

/// The accounts of lines that name more than there is room for in their own rows.
fn mentions(lines: &[Line]) -> Vec<Column> {
    let further = |line: &Line| {
        let accounts = line.accounts.iter().skip(IN_LINE);
        accounts.map(|account| (*account, line.number)).collect::<Vec<_>>()
    };
    let further: Vec<(AccountId, u64)> = lines.iter().flat_map(further).collect();
    vec![bytes(&further, |(account, _)| id(account.0)), numbers(&further, |(_, number)| signed(*number))]
}

fn maybe_ids(rows: &[Line], of: impl Fn(&Line) -> Option<u128>) -> Column {
    Column::MaybeBytes(rows.iter().map(|row| of(row).map(id)).collect())
}

fn made_by(fact: &Fact) -> Option<TransferId> {
    match fact {
        Fact::Moved { transfer, .. } => Some(*transfer),
        _ => None,
    }
}

/// A transfer: from its own row where something became of it, or from the line that made it.
pub fn transfer(own: Option<Vec<u8>>, line: Option<Vec<u8>>) -> Result<Option<Transfer>, StoreError> {
    if let Some(own) = own {
        return from_body("transfer", &own).map(Some);
    }
    let Some(line) = line else { return Ok(None) };
    let entry: Entry = from_body("journal", &line)?;
    Transfer::of(&entry.fact).map(Some).ok_or_else(|| StoreError::Damaged("journal".into()))
}

/// Of the nodes that a line completed, the one of a level: its leaf, or one of those above it.
pub fn node(level: u8, leaf: &[u8], above: &[u8]) -> Option<Hash> {
    let hash = match usize::from(level).checked_sub(1) {
        None => leaf,
        Some(place) => above.chunks(size_of::<Hash>()).nth(place)?,
    };
    hash.try_into().ok()
}

fn requests(rows: &[(RequestKey, Stored)]) -> Vec<Column> {
    let mut columns = keys(rows.iter().map(|(key, _)| key));
    columns.push(bytes(rows, |(_, stored)| stored.body.0.to_vec()));
    columns.push(numbers(rows, |(_, stored)| stored.outcome.number().into()));
    columns
}

/// The key of a request in its three columns.
pub fn keys<'k>(keys: impl Iterator<Item = &'k RequestKey> + Clone) -> Vec<Column> {
    vec![
        Column::Numbers(keys.clone().map(|k| signed(k.tenant)).collect()),
        Column::Numbers(keys.clone().map(|k| k.operation.into()).collect()),
        Column::Texts(keys.map(|k| k.key.clone()).collect()),
    ]
}

/// A request as it was kept.
pub fn request(
    tenant: i64,
    operation: i64,
    key: String,
    body: &[u8],
    outcome: i64,
) -> Result<(RequestKey, Stored), StoreError> {
    let damaged = || StoreError::Damaged("request".into());
    let operation = u16::try_from(operation).map_err(|_| damaged())?;
    let key = RequestKey { tenant: unsigned(tenant), operation, key };
    let body = BodyHash(body.try_into().map_err(|_| damaged())?);
    let outcome = Outcome::ALL.iter().find(|o| i64::from(o.number()) == outcome).copied().ok_or_else(damaged)?;
    Ok((key, Stored { body, outcome }))
}

pub fn id(number: u128) -> Vec<u8> {
    number.to_be_bytes().to_vec()
}

pub fn owner(bytes: Vec<u8>) -> Result<OwnerId, StoreError> {
    let bytes = bytes.try_into().map_err(|_| StoreError::Damaged("owner".into()))?;
    Ok(OwnerId(u128::from_be_bytes(bytes)))
}

/// Databases count in signed numbers only; the bits are the same.
pub fn signed(number: u64) -> i64 {
    i64::from_ne_bytes(number.to_ne_bytes())
}

pub fn unsigned(number: i64) -> u64 {
    u64::from_ne_bytes(number.to_ne_bytes())
}

pub fn body<T: serde::Serialize>(row: &T) -> Vec<u8> {
    postcard::to_extend(row, Vec::new()).unwrap_or_default()
}

pub fn from_body<T: for<'de> serde::Deserialize<'de>>(what: &str, bytes: &[u8]) -> Result<T, StoreError> {
    postcard::from_bytes(bytes).map_err(|_| StoreError::Damaged(what.into()))
}
