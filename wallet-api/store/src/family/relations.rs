use wallet_ledger::{Micros, OwnerId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::notices::{Notice, NoticeKind};
use crate::people::maybe;
use crate::rows::id;
use crate::sql::{Arg, Open, Row};

/// Two people who both agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// That of the invitation, and of the account in which money is set aside.
    pub id: u128,
    pub kind: String,
    /// What the taker is to the giver.
    pub kin: String,
    /// Who shares; of a helper's relation, who is helped.
    pub giver: OwnerId,
    /// Who is shared with; of a helper's relation, the helper.
    pub taker: OwnerId,
    pub since: Micros,
    pub ended_at: Option<Micros>,
    pub ended_by: Option<u128>,
    pub why: Option<String>,
    /// Drawn on before those of a higher number.
    pub priority: u8,
}

/// Somebody agreed to something, by an edition of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    pub relation: u128,
    pub person: OwnerId,
    pub purpose: String,
    pub rules: String,
    pub given_at: Micros,
    pub withdrawn_at: Option<Micros>,
}

const ONE: &str = "SELECT id, kind, kin, giver, taker, since, ended_at, ended_by, why, priority FROM relation
    WHERE shard = $1 AND id = $2";
const OF: &str = "SELECT id, kind, kin, giver, taker, since, ended_at, ended_by, why, priority FROM relation
    WHERE shard = $1 AND (giver = $2 OR taker = $2) ORDER BY since, id LIMIT 500";

impl Desk {
    /// Of one that holds already nothing is changed.
    pub(super) async fn keep_consent(&self, open: &mut Open<'_>, consent: &Consent) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO consent (shard, relation, person, purpose, rules, given_at)
            SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS (SELECT 1 FROM consent
            WHERE shard = $1 AND relation = $2 AND person = $3 AND purpose = $4 AND withdrawn_at IS NULL)
            ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            Arg::Bytes(id(consent.relation)),
            Arg::Bytes(id(consent.person.0)),
            Arg::Text(consent.purpose.clone()),
            Arg::Text(consent.rules.clone()),
            Arg::Number(consent.given_at.0),
        ];
        open.run(SQL, args).await.map(drop)
    }

    /// Keeps what somebody agreed to beside the relation itself.
    pub async fn consent(&self, consent: &Consent) -> Result<(), StoreError> {
        let mut open = self.pools.change().await?;
        self.keep_consent(&mut open, consent).await?;
        open.commit().await
    }

    /// Takes one consent of somebody back; what was not given is not held against anybody.
    pub async fn withdraw_consent(
        &self,
        relation: u128,
        person: OwnerId,
        purpose: &str,
        now: Micros,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE consent SET withdrawn_at = $5
            WHERE shard = $1 AND relation = $2 AND person = $3 AND purpose = $4 AND withdrawn_at IS NULL";
        let args = vec![
            self.here(),
            Arg::Bytes(id(relation)),
            Arg::Bytes(id(person.0)),
            Arg::Text(purpose.into()),
            Arg::Number(now.0),
        ];
        self.once(SQL, args).await.map(drop)
    }

    /// Makes an invitation that still waits a relation, with the other's consent and a guardian's. Says whether there is such a
    /// relation now.
    pub async fn relate(&self, relation: &Relation, consents: &[Consent]) -> Result<bool, StoreError> {
        const TAKE: &str = "UPDATE invitation SET state = 1 WHERE shard = $1 AND id = $2 AND state = 0 AND until > $3";
        const PUT: &str = "INSERT INTO relation (shard, id, kind, kin, giver, taker, since)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let mut open = self.pools.change().await?;
        let taken = vec![self.here(), Arg::Bytes(id(relation.id)), Arg::Number(relation.since.0)];
        if open.run(TAKE, taken).await? == 1 {
            let args = vec![
                self.here(),
                Arg::Bytes(id(relation.id)),
                Arg::Text(relation.kind.clone()),
                Arg::Text(relation.kin.clone()),
                Arg::Bytes(id(relation.giver.0)),
                Arg::Bytes(id(relation.taker.0)),
                Arg::Number(relation.since.0),
            ];
            if open.run(PUT, args).await? == 0 {
                return Ok(false);
            }
            for consent in consents {
                self.keep_consent(&mut open, consent).await?;
            }
            let (owner, kind, at) = (relation.giver, NoticeKind::Accepted, relation.since);
            let notice = Notice { owner, kind, at, relation: relation.id, amount: None, institution: None };
            self.tell_in(&mut open, &notice).await?;
            open.commit().await?;
        }
        let kept = self.relation(relation.id).await?;
        Ok(kept.is_some_and(|kept| kept.taker == relation.taker && kept.giver == relation.giver))
    }

    pub async fn relation(&self, relation: u128) -> Result<Option<Relation>, StoreError> {
        let rows = self.pools.rows(ONE, vec![self.here(), Arg::Bytes(id(relation))]).await?;
        rows.first().map(read).transpose()
    }

    /// Relations of somebody, the oldest first, ended ones too.
    pub async fn relations(&self, owner: OwnerId) -> Result<Vec<Relation>, StoreError> {
        self.pools.rows(OF, vec![self.here(), Arg::Bytes(id(owner.0))]).await?.iter().map(read).collect()
    }

    /// Ends a relation that has not ended, and with it both consents. Whoever did not ask for it is told.
    pub async fn end_relation(
        &self,
        relation: &Relation,
        by: Option<u128>,
        why: &str,
        now: Micros,
    ) -> Result<(), StoreError> {
        const END: &str = "UPDATE relation SET ended_at = $3, ended_by = $4, why = $5
            WHERE shard = $1 AND id = $2 AND ended_at IS NULL";
        const WITHDRAW: &str = "UPDATE consent SET withdrawn_at = $3
            WHERE shard = $1 AND relation = $2 AND withdrawn_at IS NULL";
        let mut open = self.pools.change().await?;
        let named = || vec![self.here(), Arg::Bytes(id(relation.id)), Arg::Number(now.0)];
        let mut ended = named();
        ended.extend([maybe(by), Arg::Text(why.into())]);
        if open.run(END, ended).await? == 0 {
            return Ok(());
        }
        open.run(WITHDRAW, named()).await?;
        for owner in [relation.giver, relation.taker].into_iter().filter(|owner| Some(owner.0) != by) {
            let (kind, relation) = (NoticeKind::Ended, relation.id);
            self.tell_in(&mut open, &Notice { owner, kind, at: now, relation, amount: None, institution: None })
                .await?;
        }
        open.commit().await
    }

    /// Who agreed to a relation, in the order in which they did.
    pub async fn consents(&self, relation: u128) -> Result<Vec<Consent>, StoreError> {
        const SQL: &str = "SELECT relation, person, purpose, rules, given_at, withdrawn_at FROM consent
            WHERE shard = $1 AND relation = $2 ORDER BY given_at, person";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(relation))]).await?;
        let read = |row: &Row| {
            Ok(Consent {
                relation: row.id(0)?,
                person: OwnerId(row.id(1)?),
                purpose: row.text(2)?,
                rules: row.text(3)?,
                given_at: Micros(row.number(4)?),
                withdrawn_at: row.maybe_number(5)?.map(Micros),
            })
        };
        rows.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<Relation, StoreError> {
    read_relation(row, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
}

/// A relation whose columns stand elsewhere in a row.
pub(super) fn read_relation(row: &Row, columns: [usize; 10]) -> Result<Relation, StoreError> {
    let [id, kind, kin, giver, taker, since, ended_at, ended_by, why, priority] = columns;
    Ok(Relation {
        id: row.id(id)?,
        kind: row.text(kind)?,
        kin: row.text(kin)?,
        giver: OwnerId(row.id(giver)?),
        taker: OwnerId(row.id(taker)?),
        since: Micros(row.number(since)?),
        ended_at: row.maybe_number(ended_at)?.map(Micros),
        ended_by: row.maybe_id(ended_by)?,
        why: row.maybe_text(why)?,
        priority: u8::try_from(row.number(priority)?).map_err(|_| StoreError::Damaged("relation".into()))?,
    })
}
