use wallet_ledger::{Micros, OwnerId};

use super::orders::OrderRow;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::{Arg, Open, Row};
use crate::vault::Place;

/// 医师 or 药师, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practitioner {
    pub person: u128,
    pub institution: OwnerId,
    pub kind: String,
    /// 医保医师代码 or 医保药师代码
    pub code: String,
}

/// 电子处方
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rx {
    pub id: u128,
    pub patient: OwnerId,
    pub made_at: Micros,
    /// The first instant at which nothing is dispensed on it any more.
    pub until: Micros,
    /// The order that it was dispensed by.
    pub sale: Option<u128>,
    pub body: String,
}

/// 审方 of a prescription at one pharmacy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RxReview {
    pub rx: u128,
    pub institution: OwnerId,
    pub asked_by: u128,
    pub asked_at: Micros,
    /// Whether it passed, who said so, and when.
    pub decided: Option<(bool, u128, Micros)>,
    pub reason: Option<String>,
}

const REVIEW: &str = "SELECT rx, institution, asked_by, asked_at, passed, decided_by, decided_at, reason FROM rx_review
    WHERE shard = $1 AND rx = $2 AND institution = $3";
const REVIEWS: &str =
    "SELECT rx, institution, asked_by, asked_at, passed, decided_by, decided_at, reason FROM rx_review
    WHERE shard = $1 AND institution = $2 AND asked_at > $3 ORDER BY asked_at DESC, rx LIMIT 200";

impl Desk {
    /// Whom the area knows to work where; the last word counts.
    pub async fn put_practitioner(&self, known: &Practitioner) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO practitioner (shard, person, institution, kind, code)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (shard, person) DO UPDATE SET
            institution = excluded.institution, kind = excluded.kind, code = excluded.code";
        let args = vec![
            self.here(),
            Arg::Bytes(id(known.person)),
            Arg::Bytes(id(known.institution.0)),
            Arg::Text(known.kind.clone()),
            Arg::Text(known.code.clone()),
        ];
        self.once(SQL, args).await.map(drop)
    }

    pub async fn practitioner(&self, person: u128) -> Result<Option<Practitioner>, StoreError> {
        const SQL: &str = "SELECT institution, kind, code FROM practitioner WHERE shard = $1 AND person = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(person))]).await?;
        let read = |row: &Row| {
            let (institution, kind, code) = (OwnerId(row.id(0)?), row.text(1)?, row.text(2)?);
            Ok(Practitioner { person, institution, kind, code })
        };
        rows.first().map(read).transpose()
    }

    /// Keeps a prescription; the same one again changes nothing.
    pub async fn put_rx(&self, rx: &Rx) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO rx (shard, id, patient, made_at, until, body)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            Arg::Bytes(id(rx.id)),
            Arg::Bytes(id(rx.patient.0)),
            Arg::Number(rx.made_at.0),
            Arg::Number(rx.until.0),
            self.seal(&self.place_of_rx(rx.id), &rx.body)?,
        ];
        self.once(SQL, args).await.map(drop)
    }

    pub async fn rx(&self, rx: u128) -> Result<Option<Rx>, StoreError> {
        const SQL: &str = "SELECT id, patient, made_at, until, sale, body FROM rx WHERE shard = $1 AND id = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(rx))]).await?;
        rows.first().map(|row| self.read_rx(row)).transpose()
    }

    /// All that was ever prescribed to somebody, the latest first.
    pub async fn every_rx(&self, patient: OwnerId) -> Result<Vec<Rx>, StoreError> {
        const SQL: &str = "SELECT id, patient, made_at, until, sale, body FROM rx
            WHERE shard = $1 AND patient = $2 ORDER BY until DESC, id";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(patient.0))]).await?;
        rows.iter().map(|row| self.read_rx(row)).collect()
    }

    /// What of a patient's is still to be dispensed.
    pub async fn open_rx(&self, patient: OwnerId, now: Micros) -> Result<Vec<Rx>, StoreError> {
        const SQL: &str = "SELECT id, patient, made_at, until, sale, body FROM rx
            WHERE shard = $1 AND patient = $2 AND until > $3 AND sale IS NULL ORDER BY made_at DESC, id LIMIT 50";
        let args = vec![self.here(), Arg::Bytes(id(patient.0)), Arg::Number(now.0)];
        self.pools.rows(SQL, args).await?.iter().map(|row| self.read_rx(row)).collect()
    }

    /// Gives prescriptions to an order. The first one that another order has, or that is over, is given back, and then
    /// the transaction is not to be kept.
    pub(super) async fn dispense(
        &self,
        open: &mut Open<'_>,
        order: &OrderRow,
        prescriptions: &[u128],
    ) -> Result<Option<u128>, StoreError> {
        const SQL: &str = "UPDATE rx SET sale = $3
            WHERE shard = $1 AND id = $2 AND sale IS NULL AND patient = $4 AND until > $5";
        for rx in prescriptions {
            let args = vec![
                self.here(),
                Arg::Bytes(id(*rx)),
                Arg::Bytes(id(order.id)),
                Arg::Bytes(id(order.patient.map_or(0, |patient| patient.0))),
                Arg::Number(order.made_at.0),
            ];
            if open.run(SQL, args).await? == 0 {
                return Ok(Some(*rx));
            }
        }
        Ok(None)
    }

    /// The prescriptions of an order that came to nothing can be dispensed again.
    pub async fn free_rx(&self, sale: u128) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE rx SET sale = NULL WHERE shard = $1 AND sale = $2";
        self.once(SQL, vec![self.here(), Arg::Bytes(id(sale))]).await.map(drop)
    }

    /// Asks for a review; where one was asked for before it changes nothing.
    pub async fn ask_review(&self, ask: &RxReview) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO rx_review (shard, rx, institution, asked_by, asked_at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            Arg::Bytes(id(ask.rx)),
            Arg::Bytes(id(ask.institution.0)),
            Arg::Bytes(id(ask.asked_by)),
            Arg::Number(ask.asked_at.0),
        ];
        self.once(SQL, args).await.map(drop)
    }

    /// Decides a review that was asked for by somebody else and not decided yet. Says whether it did.
    pub async fn decide_review(
        &self,
        review: (u128, OwnerId),
        passed: bool,
        by: u128,
        at: Micros,
        reason: &str,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE rx_review SET passed = $4, decided_by = $5, decided_at = $6, reason = $7
            WHERE shard = $1 AND rx = $2 AND institution = $3 AND decided_by IS NULL AND asked_by <> $5";
        let (rx, institution) = review;
        let args = vec![
            self.here(),
            Arg::Bytes(id(rx)),
            Arg::Bytes(id(institution.0)),
            Arg::Number(passed.into()),
            Arg::Bytes(id(by)),
            Arg::Number(at.0),
            self.seal(&self.place_of_review(rx, institution), reason)?,
        ];
        Ok(self.once(SQL, args).await? == 1)
    }

    pub async fn rx_review(&self, rx: u128, institution: OwnerId) -> Result<Option<RxReview>, StoreError> {
        let args = vec![self.here(), Arg::Bytes(id(rx)), Arg::Bytes(id(institution.0))];
        self.pools.rows(REVIEW, args).await?.first().map(|row| self.read_review(row)).transpose()
    }

    /// What was asked for at a pharmacy since an instant, the latest first.
    pub async fn rx_reviews(&self, institution: OwnerId, since: Micros) -> Result<Vec<RxReview>, StoreError> {
        let args = vec![self.here(), Arg::Bytes(id(institution.0)), Arg::Number(since.0)];
        self.pools.rows(REVIEWS, args).await?.iter().map(|row| self.read_review(row)).collect()
    }

    fn read_rx(&self, row: &Row) -> Result<Rx, StoreError> {
        let rx = row.id(0)?;
        Ok(Rx {
            id: rx,
            patient: OwnerId(row.id(1)?),
            made_at: Micros(row.number(2)?),
            until: Micros(row.number(3)?),
            sale: row.maybe_id(4)?,
            body: self.unseal(&self.place_of_rx(rx), &row.text(5)?)?,
        })
    }

    fn read_review(&self, row: &Row) -> Result<RxReview, StoreError> {
        let (rx, institution) = (row.id(0)?, OwnerId(row.id(1)?));
        let decided = match (row.maybe_number(4)?, row.maybe_id(5)?, row.maybe_number(6)?) {
            (Some(passed), Some(by), Some(at)) => Some((passed == 1, by, Micros(at))),
            _ => None,
        };
        let place = self.place_of_review(rx, institution);
        let reason = row.maybe_text(7)?.map(|stored| self.unseal(&place, &stored)).transpose()?;
        let (asked_by, asked_at) = (row.id(2)?, Micros(row.number(3)?));
        Ok(RxReview { rx, institution, asked_by, asked_at, decided, reason })
    }

    fn place_of_rx(&self, rx: u128) -> Place {
        self.place("rx.body").id(rx)
    }

    fn place_of_review(&self, rx: u128, institution: OwnerId) -> Place {
        self.place("rx_review.reason").id(rx).id(institution.0)
    }
}
