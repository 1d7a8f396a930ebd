//! Rows as columns of arrays, so that one statement writes all of a batch's rows of a table.

use wallet_ledger::{Account, BodyHash, Hold, Outcome, OwnerId, RequestKey, Stored, Transfer};

use crate::batch::{Changes, Line};
use crate::cells::CellRows;
use crate::error::StoreError;

/// One column of the rows that are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    Numbers(Vec<i64>),
    Bytes(Vec<Vec<u8>>),
    Texts(Vec<String>),
}

/// The columns of each table in the order of its statement.
pub struct Rows {
    pub accounts: Vec<Column>,
    pub holds: Vec<Column>,
    pub transfers: Vec<Column>,
    pub lines: Vec<Column>,
    pub nodes: Vec<Column>,
    pub mentions: Vec<Column>,
    pub requests: Vec<Column>,
    pub cells: CellRows,
}

impl Rows {
    pub fn of(changes: &Changes) -> Rows {
        Rows {
            accounts: accounts(&changes.accounts),
            holds: holds(&changes.holds),
            transfers: transfers(&changes.transfers),
            lines: lines(&changes.lines),
            nodes: vec![
                numbers(&changes.nodes, |n| i64::from(n.level)),
                numbers(&changes.nodes, |n| signed(n.index)),
                bytes(&changes.nodes, |n| n.hash.to_vec()),
            ],
            mentions: vec![
                bytes(&changes.mentions, |(account, _)| id(account.0)),
                numbers(&changes.mentions, |(_, number)| signed(*number)),
            ],
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

fn transfers(rows: &[Transfer]) -> Vec<Column> {
    vec![bytes(rows, |t| id(t.id.0)), bytes(rows, body)]
}

fn lines(rows: &[Line]) -> Vec<Column> {
    vec![
        numbers(rows, |l| signed(l.number)),
        numbers(rows, |l| l.entry.at.0),
        bytes(rows, |l| l.bytes.clone()),
        bytes(rows, |l| l.leaf.to_vec()),
    ]
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
