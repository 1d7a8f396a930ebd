//! Who shares with somebody, with all that decides what may be drawn of them, in one way to the database and back.

use wallet_ledger::{Account, OwnerId};

use super::persons::Person;
use super::relations::{Relation, read_relation};
use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::{from_body, id};
use crate::sql::Arg;

/// A relation in which somebody is shared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedBy {
    pub relation: Relation,
    pub giver: Person,
    /// In which money is set aside.
    pub quota: Account,
    /// Whether somebody holds a consent of the asked purpose beside the two.
    pub guarded: bool,
}

/// Which relations of somebody are looked for.
#[derive(Clone, Copy, Debug)]
pub struct SharersOf<'a> {
    pub taker: OwnerId,
    pub kind: &'a str,
    /// The purpose of a consent that has to be there for some.
    pub guardian: &'a str,
    /// Whether those that have ended are meant too.
    pub ended: bool,
}

impl Desk {
    /// By priority, and then the oldest first.
    pub async fn sharers(&self, of: &SharersOf<'_>) -> Result<Vec<SharedBy>, StoreError> {
        const SQL: &str =
            "SELECT p.owner, p.lookup, p.area, p.cover, p.born, p.without_phone, p.died, p.lookup_key, r.id,
            r.kind, r.kin, r.giver, r.taker, r.since, r.ended_at, r.ended_by, r.why, r.priority, q.body,
            (SELECT count(*) FROM consent AS c WHERE c.shard = $1 AND c.relation = r.id AND c.purpose = $4
                AND c.withdrawn_at IS NULL)
            FROM relation AS r
            JOIN person AS p ON p.shard = $1 AND p.owner = r.giver
            JOIN account AS q ON q.shard = $1 AND q.id = r.id
            WHERE r.shard = $1 AND r.taker = $2 AND r.kind = $3
                AND (r.ended_at IS NULL OR CAST($5 AS BIGINT) = 1)
            ORDER BY r.priority, r.since, r.id LIMIT 500";
        let SharersOf { taker, kind, guardian, ended } = *of;
        let mut args = vec![self.here(), Arg::Bytes(id(taker.0))];
        args.extend([kind, guardian].map(|text| Arg::Text(text.to_owned())));
        args.push(Arg::Number(ended.into()));
        let mut sharers = Vec::new();
        for row in &self.pools.rows(SQL, args).await? {
            sharers.push(SharedBy {
                giver: self.read_person(row)?,
                relation: read_relation(row, [8, 9, 10, 11, 12, 13, 14, 15, 16, 17])?,
                quota: from_body("account", &row.bytes(18)?)?,
                guarded: row.number(19)? > 0,
            });
        }
        Ok(sharers)
    }
}
