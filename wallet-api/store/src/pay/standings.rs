use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::{Arg, Row};

/// What keeps an institution or a person from new settlements, by civil days in China.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub id: u128,
    pub kind: String,
    pub code: String,
    pub from: String,
    /// The first day on which it is over.
    pub until: Option<String>,
    pub reason: String,
    pub asked_by: u128,
    pub approved_by: Option<u128>,
}

/// That two operators put something on record of a code which holds on a day.
macro_rules! holds {
    ($code:literal, $day:literal) => {
        concat!(
            "code = ",
            $code,
            " AND from_day <= ",
            $day,
            " AND (until_day IS NULL OR until_day > ",
            $day,
            ") AND approved_by IS NOT NULL"
        )
    };
}

/// The same of what keeps an institution from new settlements.
macro_rules! keeps_out {
    ($code:literal, $day:literal) => {
        concat!($crate::pay::holds!($code, $day), " AND kind <> 'unqualified'")
    };
}

pub(crate) use {holds, keeps_out};

const COLUMNS: &str = "SELECT id, kind, code, from_day, until_day, reason, asked_by, approved_by FROM standing
    WHERE shard = $1 AND id = $2";
const OF_ALL: &str = "SELECT id, kind, code, from_day, until_day, reason, asked_by, approved_by FROM standing
    WHERE shard = $1 ORDER BY from_day DESC, id LIMIT 500";

impl Desk {
    /// Keeps what was asked for; the same once more changes nothing.
    pub async fn ask_standing(&self, standing: &Standing) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO standing (shard, id, kind, code, from_day, until_day, reason, asked_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            Arg::Bytes(id(standing.id)),
            Arg::Text(standing.kind.clone()),
            Arg::Text(standing.code.clone()),
            Arg::Text(standing.from.clone()),
            Arg::MaybeText(standing.until.clone()),
            Arg::Text(standing.reason.clone()),
            Arg::Bytes(id(standing.asked_by)),
        ];
        self.once(SQL, args).await.map(drop)
    }

    /// Says whether it is approved now. Whoever asked for it does not approve it, whatever the caller looked at.
    pub async fn approve_standing(&self, standing: u128, by: u128) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE standing SET approved_by = $3
            WHERE shard = $1 AND id = $2 AND asked_by <> $3 AND approved_by IS NULL";
        self.once(SQL, vec![self.here(), Arg::Bytes(id(standing)), Arg::Bytes(id(by))]).await?;
        Ok(self.standing(standing).await?.is_some_and(|standing| standing.approved_by.is_some()))
    }

    pub async fn standing(&self, standing: u128) -> Result<Option<Standing>, StoreError> {
        let rows = self.pools.rows(COLUMNS, vec![self.here(), Arg::Bytes(id(standing))]).await?;
        rows.first().map(read).transpose()
    }

    pub async fn standings(&self) -> Result<Vec<Standing>, StoreError> {
        self.pools.rows(OF_ALL, vec![self.here()]).await?.iter().map(read).collect()
    }

    /// What keeps a person from settling on a day, the earliest first.
    pub async fn unqualified_on(&self, code: &str, day: &str) -> Result<Option<Standing>, StoreError> {
        const SQL: &str = concat!(
            "SELECT id, kind, code, from_day, until_day, reason, asked_by, approved_by FROM standing WHERE shard = $1 AND ",
            holds!("$2", "$3"),
            " AND kind = 'unqualified' ORDER BY from_day LIMIT 1"
        );
        let (code, day) = (Arg::Text(code.into()), Arg::Text(day.into()));
        let rows = self.pools.rows(SQL, vec![self.here(), code, day]).await?;
        rows.first().map(read).transpose()
    }
}

fn read(row: &Row) -> Result<Standing, StoreError> {
    read_standing(row, [0, 1, 2, 3, 4, 5, 6, 7])
}

/// One whose columns stand elsewhere in a row.
pub(super) fn read_standing(row: &Row, columns: [usize; 8]) -> Result<Standing, StoreError> {
    let [id, kind, code, from, until, reason, asked_by, approved_by] = columns;
    Ok(Standing {
        id: row.id(id)?,
        kind: row.text(kind)?,
        code: row.text(code)?,
        from: row.text(from)?,
        until: row.maybe_text(until)?,
        reason: row.text(reason)?,
        asked_by: row.id(asked_by)?,
        approved_by: row.maybe_id(approved_by)?,
    })
}
