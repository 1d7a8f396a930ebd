//! 代开通: what an operator did at a window for somebody who stood there with their papers.

use wallet_ledger::{Micros, OwnerId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::people::maybe;
use crate::rows::id;
use crate::sql::{Arg, Row};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowAct {
    pub relation: u128,
    /// For whom it was done.
    pub person: OwnerId,
    /// Who consented for a child.
    pub guardian: Option<OwnerId>,
    pub operator: u128,
    /// The kind of document that showed who it was.
    pub document: String,
    /// Number of the consent on paper.
    pub paper: String,
    pub at: Micros,
}

impl Desk {
    /// Writes an act down before it takes effect; the same relation again changes nothing.
    pub async fn put_window_act(&self, act: &WindowAct) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO window_act (shard, relation, person, guardian, operator, document, paper, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            Arg::Bytes(id(act.relation)),
            Arg::Bytes(id(act.person.0)),
            maybe(act.guardian.map(|guardian| guardian.0)),
            Arg::Bytes(id(act.operator)),
            Arg::Text(act.document.clone()),
            self.seal(&self.place("window_act.paper").id(act.relation), &act.paper)?,
            Arg::Number(act.at.0),
        ];
        self.once(SQL, args).await.map(drop)
    }

    /// What was done at windows for somebody.
    pub async fn window_acts(&self, person: OwnerId) -> Result<Vec<WindowAct>, StoreError> {
        const SQL: &str = "SELECT relation, person, guardian, operator, document, paper, at FROM window_act
            WHERE shard = $1 AND person = $2 ORDER BY at";
        let read = |row: &Row| {
            let relation = row.id(0)?;
            Ok(WindowAct {
                relation,
                person: OwnerId(row.id(1)?),
                guardian: row.maybe_id(2)?.map(OwnerId),
                operator: row.id(3)?,
                document: row.text(4)?,
                paper: self.unseal(&self.place("window_act.paper").id(relation), &row.text(5)?)?,
                at: Micros(row.number(6)?),
            })
        };
        self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(person.0))]).await?.iter().map(read).collect()
    }
}
