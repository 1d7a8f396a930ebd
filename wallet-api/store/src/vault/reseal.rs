//! Sealing anew what another key sealed, or none. What is done is known by the key that it names, so that whoever was
//! stopped goes on where it was.

use super::Place;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::sql::{Arg, Row};

/// Rows of one transaction.
const PAGE: i64 = 500;

#[derive(Clone, Copy, Debug)]
enum Kind {
    Bytes,
    Text,
    Number,
}

/// A column whose values are sealed.
struct Column {
    place: &'static str,
    value: Kind,
    /// Of the row's key, after the area.
    keys: &'static [Kind],
    find: &'static str,
    put: &'static str,
}

macro_rules! column {
    ($table:literal . $column:literal: $value:ident, [$($key:ident: $kind:ident = $after:literal, $is:literal);+]) => {
        Column {
            place: concat!($table, ".", $column),
            value: Kind::$value,
            keys: &[$(Kind::$kind),+],
            find: concat!(
                "SELECT ", $column, ", ", stringify!($($key),+), " FROM ", $table,
                " WHERE shard = $1 AND (", stringify!($($key),+), ") > (", column!(@list $($after),+), ")
                AND ", $column, " IS NOT NULL AND substr(", $column, ", 1, CAST($3 AS INTEGER)) <> $2
                ORDER BY ", stringify!($($key),+), " LIMIT $4"
            ),
            put: concat!(
                "UPDATE ", $table, " SET ", $column, " = $2 WHERE shard = $1 AND ", $column, " = $3",
                $(" AND ", stringify!($key), " = ", $is),+
            ),
        }
    };
    (@list $first:literal $(, $more:literal)*) => { concat!($first $(, ", ", $more)*) };
}

const COLUMNS: &[Column] = &[
    column!("person"."born": Text, [owner: Bytes = "$5", "$4"]),
    column!("person"."died": Text, [owner: Bytes = "$5", "$4"]),
    column!("second_factor"."secret": Text, [owner: Bytes = "$5", "$4"]),
    column!("second_factor"."offered": Text, [owner: Bytes = "$5", "$4"]),
    column!("nickname"."name": Text, [relation: Bytes = "$5", "$4"; owner: Bytes = "$6", "$5"]),
    column!("window_act"."paper": Text, [relation: Bytes = "$5", "$4"]),
    column!("death_notice"."paper": Text, [person: Bytes = "$5", "$4"]),
    column!("factor_reset"."paper": Text, [id: Bytes = "$5", "$4"]),
    column!("insured"."body": Text, [owner: Bytes = "$5", "$4"]),
    column!("benefit_year"."body": Text, [owner: Bytes = "$5", "$4"; year: Number = "$6", "$5"]),
    column!("pay_order"."body": Text, [id: Bytes = "$5", "$4"]),
    column!("pay_token"."body": Text, [digest: Bytes = "$5", "$4"]),
    column!("pay_offer"."body": Text, [id: Bytes = "$5", "$4"]),
    column!("rx"."body": Text, [id: Bytes = "$5", "$4"]),
    column!("rx_review"."reason": Text, [rx: Bytes = "$5", "$4"; institution: Bytes = "$6", "$5"]),
    column!("nhsa_message"."answer": Bytes, [code: Text = "$5", "$4"; msgid: Text = "$6", "$5"]),
    column!("nhsa_visit"."body": Text, [code: Text = "$5", "$4"; mdtrt_id: Text = "$6", "$5"]),
    column!("nhsa_fee"."body": Text, [code: Text = "$5", "$4"; mdtrt_id: Text = "$6", "$5"; sn: Text = "$7", "$6"]),
    column!("nhsa_fee"."drug": Text, [code: Text = "$5", "$4"; mdtrt_id: Text = "$6", "$5"; sn: Text = "$7", "$6"]),
    column!("nhsa_settlement"."body": Text, [code: Text = "$5", "$4"; setl_id: Text = "$6", "$5"]),
    column!("nhsa_filing"."body": Text, [code: Text = "$5", "$4"; filing: Text = "$6", "$5"]),
    column!("nhsa_list"."body": Text, [code: Text = "$5", "$4"; setl_id: Text = "$6", "$5"; list: Text = "$7", "$6"]),
    column!("nhsa_file"."filename": Text, [code: Text = "$5", "$4"; file_qury_no: Text = "$6", "$5"]),
    column!("nhsa_file"."body": Bytes, [code: Text = "$5", "$4"; file_qury_no: Text = "$6", "$5"]),
];

impl Kind {
    /// Before every other.
    fn first(self) -> Arg {
        match self {
            Kind::Bytes => Arg::Bytes(Vec::new()),
            Kind::Text => Arg::Text(String::new()),
            Kind::Number => Arg::Number(i64::MIN),
        }
    }

    fn read(self, row: &Row, at: usize) -> Result<Arg, StoreError> {
        Ok(match self {
            Kind::Bytes => Arg::Bytes(row.bytes(at)?),
            Kind::Text => Arg::Text(row.text(at)?),
            Kind::Number => Arg::Number(row.number(at)?),
        })
    }

    fn written(self, text: String) -> Arg {
        match self {
            Kind::Bytes => Arg::Bytes(text.into_bytes()),
            Kind::Text | Kind::Number => Arg::Text(text),
        }
    }
}

fn bytes(arg: &Arg) -> Vec<u8> {
    match arg {
        Arg::Bytes(bytes) => bytes.clone(),
        Arg::Text(text) => text.clone().into_bytes(),
        Arg::Number(number) => number.to_be_bytes().to_vec(),
        _ => Vec::new(),
    }
}

impl Desk {
    /// Seals with the last key whatever is not, and says of each column how many values that were.
    pub async fn reseal(&self, mut told: impl FnMut(&'static str, u64)) -> Result<u64, StoreError> {
        let mut all = 0;
        for column in COLUMNS {
            let mut of_column = 0;
            let mut after: Vec<Arg> = column.keys.iter().map(|kind| kind.first()).collect();
            loop {
                let rows = self.page(column, &after).await?;
                let Some(last) = rows.last() else { break };
                after.clone_from(&last.1);
                of_column += self.reseal_page(column, rows).await?;
            }
            told(column.place, of_column);
            all += of_column;
        }
        Ok(all)
    }

    /// Values that the last key did not seal, each with the key of its row.
    async fn page(&self, column: &Column, after: &[Arg]) -> Result<Vec<(Arg, Vec<Arg>)>, StoreError> {
        let mark = self.vault.mark();
        let length = i64::try_from(mark.len()).unwrap_or_default();
        let mut args = vec![self.here(), column.value.written(mark), Arg::Number(length), Arg::Number(PAGE)];
        args.extend(after.iter().cloned());
        let read = |row: &Row| {
            let keys = column.keys.iter().zip(1..).map(|(kind, at)| kind.read(row, at));
            Ok((column.value.read(row, 0)?, keys.collect::<Result<_, _>>()?))
        };
        self.pools.rows(column.find, args).await?.iter().map(read).collect()
    }

    /// A value that somebody changed meanwhile was sealed by them.
    async fn reseal_page(&self, column: &Column, rows: Vec<(Arg, Vec<Arg>)>) -> Result<u64, StoreError> {
        let mut open = self.pools.change().await?;
        let mut changed = 0;
        for (value, keys) in rows {
            let place = keys.iter().fold(Place::new(column.place, self.shard), |place, key| place.part(&bytes(key)));
            let plain = self.vault.open(&place, &bytes(&value))?;
            let sealed = column.value.written(self.vault.seal(&place, &plain)?);
            let mut args = vec![self.here(), sealed, value];
            args.extend(keys);
            changed += open.run(column.put, args).await?;
        }
        open.commit().await?;
        Ok(changed)
    }
}
