use wallet_ledger::{Account, OwnerId};

use super::orders::OrderRow;
use super::standings::{Standing, keeps_out, read_standing};
use crate::desk::Desk;
use crate::error::StoreError;
use crate::nhsa::Filing;
use crate::rows::{from_body, id};
use crate::sql::Arg;

/// Whose bill it is and where, with the days that decide what of the records counts.
#[derive(Clone, Copy, Debug)]
pub struct RecordsOf<'a> {
    pub institution: OwnerId,
    /// 定点医药机构编号
    pub code: &'a str,
    pub patient: OwnerId,
    /// The kind of filing that is looked for, and the day on which it has to hold.
    pub filed: (&'a str, &'a str),
    /// The day on which the institution's agreement has to hold.
    pub agreed: &'a str,
}

/// What the area has on record beside both sides of a bill, of one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// Accounts of the institution, in the order of their ids.
    pub theirs: Vec<Account>,
    /// Accounts of the patient.
    pub own: Vec<Account>,
    /// Whether anybody shares with the patient now, or is helped by them.
    pub related: bool,
    /// The latest first.
    pub filings: Vec<Filing>,
    /// Orders of the patient, the latest first.
    pub orders: Vec<OrderRow>,
    /// What keeps the institution from new settlements, the earliest of it.
    pub standing: Option<Standing>,
}

/// Each part is what its own statement elsewhere reads. Columns that a part does not have are empty: four that are bytes,
/// four numbers and five texts.
const SQL: &str = concat!(
    "SELECT CAST(0 AS BIGINT), body, CAST(NULL AS BYTEA), CAST(NULL AS BYTEA), CAST(NULL AS BYTEA),
        CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT),
        CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT)
    FROM (SELECT body FROM account WHERE shard = $1 AND owner = $2 ORDER BY id LIMIT 500) AS theirs
    UNION ALL SELECT 1, body, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM (SELECT body FROM account WHERE shard = $1 AND owner = $3 ORDER BY id LIMIT 500) AS own
    UNION ALL SELECT 2, id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM (SELECT id FROM relation WHERE shard = $1 AND taker = $3 AND ended_at IS NULL LIMIT 1) AS shares
    UNION ALL SELECT 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, code, filing, from_day, until_day, body
    FROM (SELECT * FROM nhsa_filing WHERE shard = $1 AND owner = $3 AND kind = $4 AND from_day <= $5
        AND until_day >= $5 AND ended_at IS NULL ORDER BY from_day DESC, filing LIMIT 50) AS filed
    UNION ALL SELECT 4, id, institution, patient, NULL, state, version, made_at, changed_at, body, NULL, NULL, NULL, NULL
    FROM (SELECT * FROM pay_order WHERE shard = $1 AND patient = $3 ORDER BY made_at DESC, id LIMIT 50) AS orders
    UNION ALL SELECT 5, id, asked_by, approved_by, NULL, NULL, NULL, NULL, NULL, kind, code, from_day, until_day, reason
    FROM (SELECT * FROM standing WHERE shard = $1 AND ",
    keeps_out!("$6", "$7"),
    " ORDER BY from_day LIMIT 1) AS forbids"
);

impl Desk {
    /// All that decides a bill beside [`Desk::sides`], in one way to the database and back.
    pub async fn records(&self, of: &RecordsOf<'_>) -> Result<Records, StoreError> {
        let (kind, day) = of.filed;
        let args = vec![
            self.here(),
            Arg::Bytes(id(of.institution.0)),
            Arg::Bytes(id(of.patient.0)),
            Arg::Text(kind.to_owned()),
            Arg::Text(day.to_owned()),
            Arg::Text(of.code.to_owned()),
            Arg::Text(of.agreed.to_owned()),
        ];
        let mut all = Records::default();
        for row in &self.pools.rows(SQL, args).await? {
            match row.number(0)? {
                0 => all.theirs.push(from_body("account", &row.bytes(1)?)?),
                1 => all.own.push(from_body("account", &row.bytes(1)?)?),
                2 => all.related = true,
                3 => all.filings.push(self.read_filing(row, of.patient, kind, [9, 10, 11, 12, 13])?),
                4 => all.orders.push(self.read_order_at(row, [1, 2, 3, 5, 6, 7, 8, 9])?),
                _ => all.standing = Some(read_standing(row, [1, 9, 10, 11, 12, 13, 2, 3])?),
            }
        }
        all.in_order();
        Ok(all)
    }
}

impl Records {
    /// A statement of several parts promises no order.
    fn in_order(&mut self) {
        self.theirs.sort_by_key(|account| account.id);
        self.own.sort_by_key(|account| account.id);
        self.filings.sort_by(|a, b| (&b.from, &a.filing).cmp(&(&a.from, &b.filing)));
        self.orders.sort_by_key(|order| (std::cmp::Reverse(order.made_at), order.id));
    }
}
