use std::collections::BTreeSet;

use anxin_core::Fen;
use wallet_ledger::{Micros, OwnerId};

use crate::desk::{Desk, OfSide};
use crate::error::StoreError;
use crate::journal::PAGE_MAX;
use crate::people::maybe;
use crate::permit::Actor;
use crate::rows::id;
use crate::sql::{Arg, Open, Row};

/// What one side says of a settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    pub total: Fen,
    pub fund: Fen,
    pub acct: Fen,
}

/// A settlement of which the institution's file and the area's own do not say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub id: u128,
    pub institution: OwnerId,
    pub code: String,
    pub setl_id: String,
    pub class: String,
    /// The order behind the area's settlement, where it has one.
    pub order: Option<u128>,
    pub theirs: Option<Sums>,
    pub ours: Option<Sums>,
    /// When it was found last.
    pub told_at: Micros,
    pub closed_at: Option<Micros>,
}

impl Difference {
    /// Whether it is the same difference, found again.
    fn same(&self, other: &Difference) -> bool {
        (&self.class, self.theirs, self.ours) == (&other.class, other.theirs, other.ours)
    }
}

const ONE: &str = "SELECT id, institution, code, setl_id, class, of_order, their_total, their_fund, their_acct,
    our_total, our_fund, our_acct, told_at, closed_at FROM difference WHERE shard = $1 AND id = $2";
const OPEN_FIRST: OfSide = OfSide {
    patient: None,
    institution: "SELECT id, institution, code, setl_id, class, of_order, their_total, their_fund, their_acct,
        our_total, our_fund, our_acct, told_at, closed_at FROM difference WHERE shard = $1 AND institution = $2
        ORDER BY closed_at IS NOT NULL, told_at DESC, id LIMIT $3",
    all: "SELECT id, institution, code, setl_id, class, of_order, their_total, their_fund, their_acct,
        our_total, our_fund, our_acct, told_at, closed_at FROM difference WHERE shard = $1
        ORDER BY closed_at IS NOT NULL, told_at DESC, id LIMIT $2",
};

impl Desk {
    /// Keeps what a comparison found, all of it or nothing: differences that are new or have changed are open, those that
    /// agree now are closed.
    pub async fn note_differences(
        &self,
        institution: OwnerId,
        found: &[Difference],
        agree: &BTreeSet<u128>,
        now: Micros,
    ) -> Result<(), StoreError> {
        const WAITING: &str = "SELECT id FROM difference WHERE shard = $1 AND institution = $2 AND closed_at IS NULL";
        let mut open = self.pools.change().await?;
        let rows = open.rows(WAITING, vec![self.here(), Arg::Bytes(id(institution.0))]).await?;
        for waiting in rows.iter().map(|row| row.id(0)).collect::<Result<Vec<_>, _>>()? {
            if agree.contains(&waiting) {
                self.close(&mut open, waiting, now).await?;
            }
        }
        for difference in found {
            self.note_difference(&mut open, difference).await?;
        }
        open.commit().await
    }

    async fn note_difference(&self, open: &mut Open<'_>, found: &Difference) -> Result<(), StoreError> {
        const PUT: &str = "INSERT INTO difference (shard, id, institution, code, setl_id, class, of_order, their_total,
            their_fund, their_acct, our_total, our_fund, our_acct, told_at, closed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            ON CONFLICT (shard, id) DO UPDATE SET class = excluded.class, of_order = excluded.of_order,
            their_total = excluded.their_total, their_fund = excluded.their_fund, their_acct = excluded.their_acct,
            our_total = excluded.our_total, our_fund = excluded.our_fund, our_acct = excluded.our_acct,
            told_at = excluded.told_at, closed_at = excluded.closed_at";
        let rows = open.rows(ONE, vec![self.here(), Arg::Bytes(id(found.id))]).await?;
        let before = rows.first().map(read).transpose()?;
        // What was decided of it stands as long as nothing about it changes.
        let closed = before.filter(|before| before.same(found)).and_then(|before| before.closed_at);
        let sums = |sums: Option<Sums>| {
            let of = |fen: fn(Sums) -> Fen| Arg::MaybeNumber(sums.map(|sums| fen(sums).get()));
            [of(|sums| sums.total), of(|sums| sums.fund), of(|sums| sums.acct)]
        };
        let mut args = vec![
            self.here(),
            Arg::Bytes(id(found.id)),
            Arg::Bytes(id(found.institution.0)),
            Arg::Text(found.code.clone()),
            Arg::Text(found.setl_id.clone()),
            Arg::Text(found.class.clone()),
            maybe(found.order),
        ];
        args.extend(sums(found.theirs).into_iter().chain(sums(found.ours)));
        args.extend([Arg::Number(found.told_at.0), Arg::MaybeNumber(closed.map(|at| at.0))]);
        open.run(PUT, args).await.map(drop)
    }

    async fn close(&self, open: &mut Open<'_>, difference: u128, now: Micros) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE difference SET closed_at = $3 WHERE shard = $1 AND id = $2 AND closed_at IS NULL";
        open.run(SQL, vec![self.here(), Arg::Bytes(id(difference)), Arg::Number(now.0)]).await.map(drop)
    }

    pub async fn close_difference(&self, difference: u128, now: Micros) -> Result<(), StoreError> {
        let mut open = self.pools.change().await?;
        self.close(&mut open, difference, now).await?;
        open.commit().await
    }

    pub async fn difference(&self, difference: u128) -> Result<Option<Difference>, StoreError> {
        let rows = self.pools.rows(ONE, vec![self.here(), Arg::Bytes(id(difference))]).await?;
        rows.first().map(read).transpose()
    }

    /// Those that the actor sees: the open ones first, and of each the latest.
    pub async fn differences(&self, actor: Actor, most: u32) -> Result<Vec<Difference>, StoreError> {
        let most = Arg::Number(most.min(PAGE_MAX).into());
        self.of_side(actor, &OPEN_FIRST, vec![most]).await?.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<Difference, StoreError> {
    let damaged = || StoreError::Damaged("difference".into());
    let fen = |at| row.maybe_number(at)?.map(|n| Fen::new(n).ok_or_else(damaged)).transpose();
    let sums = |at: usize| -> Result<Option<Sums>, StoreError> {
        let all = fen(at)?.zip(fen(at + 1)?).zip(fen(at + 2)?);
        Ok(all.map(|((total, fund), acct)| Sums { total, fund, acct }))
    };
    Ok(Difference {
        id: row.id(0)?,
        institution: OwnerId(row.id(1)?),
        code: row.text(2)?,
        setl_id: row.text(3)?,
        class: row.text(4)?,
        order: row.maybe_id(5)?,
        theirs: sums(6)?,
        ours: sums(9)?,
        told_at: Micros(row.number(12)?),
        closed_at: row.maybe_number(13)?.map(Micros),
    })
}
