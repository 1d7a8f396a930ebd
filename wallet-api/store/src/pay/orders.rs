use wallet_ledger::{Micros, OrderState, OwnerId};

use super::packs::Take;
use crate::desk::{Desk, OfSide};
use crate::error::StoreError;
use crate::journal::PAGE_MAX;
use crate::people::maybe;
use crate::permit::Actor;
use crate::rows::id;
use crate::sql::{Arg, Open, Row};
use crate::vault::Place;

/// An order as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// That of its hold and of its transfer in the books, too.
    pub id: u128,
    pub institution: OwnerId,
    /// `None` where only its reversal came.
    pub patient: Option<OwnerId>,
    pub state: OrderState,
    /// Counts its changes, from 1.
    pub version: i64,
    pub made_at: Micros,
    pub changed_at: Micros,
    pub body: String,
}

/// What a year is to be afterwards, if nobody else changed it since it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearChange {
    pub owner: OwnerId,
    pub year: i64,
    pub from_version: i64,
    pub body: String,
}

/// What a new order uses up, all of it or none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Uses<'a> {
    /// The token that it is settled by: of two orders by one token at once, one is made.
    pub token: Option<[u8; 32]>,
    pub packs: &'a [Take],
    /// The prescriptions that it dispenses.
    pub prescriptions: &'a [u128],
    pub year: Option<&'a YearChange>,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    Done,
    /// The order is there already, or is not as it was read.
    OrderMoved,
    /// The token was spent on another order.
    TokenSpent,
    /// The year is not as it was read.
    YearMoved,
    /// Of this pack there is not as much as the order takes.
    PackShort(String),
    /// This prescription was dispensed, or is over.
    RxGone(u128),
}

const COLUMNS: &str = "SELECT id, institution, patient, state, version, made_at, changed_at, body FROM pay_order
    WHERE shard = $1 AND id = $2";
const LATEST: OfSide = OfSide {
    patient: Some(
        "SELECT id, institution, patient, state, version, made_at, changed_at, body FROM pay_order
        WHERE shard = $1 AND patient = $2 AND made_at < $3 ORDER BY made_at DESC, id LIMIT $4",
    ),
    institution: "SELECT id, institution, patient, state, version, made_at, changed_at, body FROM pay_order
        WHERE shard = $1 AND institution = $2 AND made_at < $3 ORDER BY made_at DESC, id LIMIT $4",
    all: "SELECT id, institution, patient, state, version, made_at, changed_at, body FROM pay_order
        WHERE shard = $1 AND made_at < $2 ORDER BY made_at DESC, id LIMIT $3",
};

/// An order with its token and its year in one statement. Where one of the two is not as it has to be, the order has no
/// version, which its table does not take: then nothing of the statement is done.
macro_rules! at_once {
    ($year:literal) => {
        concat!(
            "WITH spent AS (
                UPDATE pay_token SET spent = $2 WHERE shard = $1 AND digest = $9 AND spent IS NULL RETURNING shard
            ), counted AS (",
            $year,
            ") INSERT INTO pay_order (shard, id, institution, patient, state, version, made_at, changed_at, body)
            SELECT $1, $2, $3, $4, $5, CASE WHEN EXISTS (SELECT 1 FROM counted)
                AND (CAST($9 AS BYTEA) IS NULL OR EXISTS (SELECT 1 FROM spent)) THEN 1 END, $6, $7, $8"
        )
    };
}

const IN_A_NEW_YEAR: &str = at_once!(
    "INSERT INTO benefit_year (shard, owner, year, version, body) VALUES ($1, $10, $11, $12, $13)
        ON CONFLICT DO NOTHING RETURNING shard"
);
const IN_A_YEAR: &str = at_once!(
    "UPDATE benefit_year SET version = $12, body = $13
        WHERE shard = $1 AND owner = $10 AND year = $11 AND version = $12 - 1 RETURNING shard"
);

impl Desk {
    /// Writes an order that is not there yet with what it uses up, all or nothing.
    pub async fn begin_order(&self, order: &OrderRow, uses: &Uses<'_>) -> Result<Written, StoreError> {
        if self.begin_at_once(order, uses).await? {
            return Ok(Written::Done);
        }
        // Step by step, which says what stands in the way.
        self.begin_by_steps(order, uses).await
    }

    /// Whether it was written in one way to the database and back.
    async fn begin_at_once(&self, order: &OrderRow, uses: &Uses<'_>) -> Result<bool, StoreError> {
        let Some(year) = uses.year.filter(|_| uses.packs.is_empty() && uses.prescriptions.is_empty()) else {
            return Ok(false);
        };
        let mut args = self.written(order)?;
        args.push(uses.token.map_or(Arg::NoBytes, |token| Arg::Bytes(token.to_vec())));
        args.extend(self.counted(year)?);
        let sql = if year.from_version == 0 { IN_A_NEW_YEAR } else { IN_A_YEAR };
        Ok(self.pools.run_whole(sql, args).await? == Some(true))
    }

    async fn begin_by_steps(&self, order: &OrderRow, uses: &Uses<'_>) -> Result<Written, StoreError> {
        const PUT: &str = "INSERT INTO pay_order
            (shard, id, institution, patient, state, version, made_at, changed_at, body)
            VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8) ON CONFLICT DO NOTHING";
        let mut open = self.pools.change().await?;
        if open.run(PUT, self.written(order)?).await? == 0 {
            return Ok(Written::OrderMoved);
        }
        if let Some(token) = uses.token
            && !self.spend_token(&mut open, token, order.id).await?
        {
            return Ok(Written::TokenSpent);
        }
        if let Some(short) = self.take_packs(&mut open, order.id, order.institution, uses.packs, order.made_at).await? {
            return Ok(Written::PackShort(short));
        }
        // Without packs nothing was asked for: what an earlier attempt asked for is given back in its time.
        if !uses.packs.is_empty() && !self.sell_packs_afar(&mut open, order.id).await? {
            return Ok(Written::PackShort(String::new()));
        }
        if let Some(gone) = self.dispense(&mut open, order, uses.prescriptions).await? {
            return Ok(Written::RxGone(gone));
        }
        self.with_year(open, uses.year).await
    }

    /// Changes an order that is still of the version that `order` has, and a year with it, both or neither.
    pub async fn change_order(&self, order: &OrderRow, year: Option<&YearChange>) -> Result<Written, StoreError> {
        const SET: &str = "UPDATE pay_order SET state = $4, version = version + 1, changed_at = $5, body = $6
            WHERE shard = $1 AND id = $2 AND version = $3";
        let args = vec![
            self.here(),
            Arg::Bytes(id(order.id)),
            Arg::Number(order.version),
            Arg::Number(order.state.number().into()),
            Arg::Number(order.changed_at.0),
            self.seal(&self.place_of_order(order.id), &order.body)?,
        ];
        if year.is_none() {
            let changed = self.pools.run(SET, args).await?;
            return Ok(if changed == 0 { Written::OrderMoved } else { Written::Done });
        }
        let mut open = self.pools.change().await?;
        if open.run(SET, args).await? == 0 {
            return Ok(Written::OrderMoved);
        }
        self.with_year(open, year).await
    }

    /// What is written of a new order.
    fn written(&self, order: &OrderRow) -> Result<Vec<Arg>, StoreError> {
        Ok(vec![
            self.here(),
            Arg::Bytes(id(order.id)),
            Arg::Bytes(id(order.institution.0)),
            maybe(order.patient.map(|patient| patient.0)),
            Arg::Number(order.state.number().into()),
            Arg::Number(order.made_at.0),
            Arg::Number(order.changed_at.0),
            self.seal(&self.place_of_order(order.id), &order.body)?,
        ])
    }

    /// What is written of a year.
    fn counted(&self, change: &YearChange) -> Result<[Arg; 4], StoreError> {
        let YearChange { owner, year, from_version, body } = change;
        let body = self.seal(&self.place_of_year(*owner, *year), body)?;
        Ok([Arg::Bytes(id(owner.0)), Arg::Number(*year), Arg::Number(from_version + 1), body])
    }

    async fn with_year(&self, mut open: Open<'_>, year: Option<&YearChange>) -> Result<Written, StoreError> {
        const PUT: &str = "INSERT INTO benefit_year (shard, owner, year, version, body)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        const SET: &str = "UPDATE benefit_year SET version = $4, body = $5
            WHERE shard = $1 AND owner = $2 AND year = $3 AND version = $4 - 1";
        if let Some(change) = year {
            let mut args = vec![self.here()];
            args.extend(self.counted(change)?);
            if open.run(if change.from_version == 0 { PUT } else { SET }, args).await? == 0 {
                return Ok(Written::YearMoved);
            }
        }
        open.commit().await?;
        Ok(Written::Done)
    }

    /// Any order, for who has looked at the rights.
    pub async fn any_order(&self, order: u128) -> Result<Option<OrderRow>, StoreError> {
        let rows = self.pools.rows(COLUMNS, vec![self.here(), Arg::Bytes(id(order))]).await?;
        rows.first().map(|row| self.read_order(row)).transpose()
    }

    /// An order of which the actor is one side.
    pub async fn order(&self, actor: Actor, order: u128) -> Result<Option<OrderRow>, StoreError> {
        let found = self.any_order(order).await?;
        Ok(found.filter(|order| actor.is_side(order.institution, order.patient)))
    }

    /// Orders of which the actor is one side, the latest first, made before an instant.
    pub async fn orders(&self, actor: Actor, before: Micros, most: u32) -> Result<Vec<OrderRow>, StoreError> {
        let (before, most) = (Arg::Number(before.0), Arg::Number(most.min(PAGE_MAX).into()));
        let rows = self.of_side(actor, &LATEST, vec![before, most]).await?;
        rows.iter().map(|row| self.read_order(row)).collect()
    }

    pub(super) fn read_order(&self, row: &Row) -> Result<OrderRow, StoreError> {
        self.read_order_at(row, [0, 1, 2, 3, 4, 5, 6, 7])
    }

    /// An order whose columns stand elsewhere in a row.
    pub(super) fn read_order_at(&self, row: &Row, columns: [usize; 8]) -> Result<OrderRow, StoreError> {
        let order = read(row, columns)?;
        Ok(OrderRow { body: self.unseal(&self.place_of_order(order.id), &order.body)?, ..order })
    }

    fn place_of_order(&self, order: u128) -> Place {
        self.place("pay_order.body").id(order)
    }
}

/// The body is still sealed.
fn read(row: &Row, columns: [usize; 8]) -> Result<OrderRow, StoreError> {
    let [id, institution, patient, state, version, made_at, changed_at, body] = columns;
    let damaged = || StoreError::Damaged("pay_order".into());
    let state = u8::try_from(row.number(state)?).ok().and_then(OrderState::of_number).ok_or_else(damaged)?;
    Ok(OrderRow {
        id: row.id(id)?,
        institution: OwnerId(row.id(institution)?),
        patient: row.maybe_id(patient)?.map(OwnerId),
        state,
        version: row.number(version)?,
        made_at: Micros(row.number(made_at)?),
        changed_at: Micros(row.number(changed_at)?),
        body: row.text(body)?,
    })
}
