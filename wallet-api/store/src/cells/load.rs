//! Reading what a decision needs to know of other cells.

use std::future::Future;

use wallet_ledger::{BodyHash, Cell, CellId, CellNeeds, Draw, Link, Pool, Window};

use crate::error::StoreError;
use crate::rows::{Column, from_body, id, signed};

/// What is looked for. Each finds the bodies of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find {
    Cell,
    Links,
    EveryLink,
    Draws,
    Windows,
    /// Those that not everybody has closed yet.
    WindowsNotAgreed,
    Inbox,
}

impl Find {
    pub fn sqlite(self) -> &'static str {
        match self {
            Find::Links => "SELECT body FROM link WHERE shard = ?1 AND peer IN (SELECT value ->> 0 FROM json_each(?2))",
            Find::Draws => {
                "SELECT body FROM draw WHERE shard = ?1 AND id IN (SELECT unhex(value ->> 0) FROM json_each(?2))"
            }
            Find::Windows => {
                "SELECT body FROM clearing_window WHERE shard = ?1 AND id IN (SELECT value ->> 0 FROM json_each(?2))"
            }
            Find::Inbox => {
                "SELECT i.body FROM json_each(?2) AS k CROSS JOIN letter_in AS i ON i.shard = ?1
                AND i.peer = k.value ->> 0 AND i.number = k.value ->> 1"
            }
            Find::Cell | Find::EveryLink | Find::WindowsNotAgreed => self.postgres(),
        }
    }

    pub fn postgres(self) -> &'static str {
        match self {
            Find::Cell => "SELECT body FROM cell WHERE shard = $1",
            Find::Links => "SELECT body FROM link WHERE shard = $1 AND peer = ANY($2)",
            Find::EveryLink => "SELECT body FROM link WHERE shard = $1",
            Find::Draws => {
                "SELECT d.body FROM UNNEST($2::bytea[]) AS k (id) CROSS JOIN LATERAL
                (SELECT body FROM draw WHERE shard = $1 AND id = k.id LIMIT 1) AS d"
            }
            Find::Windows => "SELECT body FROM clearing_window WHERE shard = $1 AND id = ANY($2)",
            Find::WindowsNotAgreed => "SELECT body FROM clearing_window WHERE shard = $1 AND agreed = 0",
            Find::Inbox => {
                "SELECT i.body FROM UNNEST($2::bigint[], $3::bigint[]) AS k (peer, number) CROSS JOIN LATERAL
                (SELECT body FROM letter_in WHERE shard = $1 AND peer = k.peer AND number = k.number LIMIT 1) AS i"
            }
        }
    }
}

/// A database's transaction, as far as rows on other cells are looked for in it.
pub trait Shelf: Send {
    fn find(
        &mut self,
        which: Find,
        columns: Vec<Column>,
    ) -> impl Future<Output = Result<Vec<Vec<u8>>, StoreError>> + Send;
}

pub async fn load<S: Shelf>(shelf: &mut S, needs: &CellNeeds) -> Result<Pool, StoreError> {
    let mut pool = Pool::default();
    if !needs.cell {
        return Ok(pool);
    }
    let cell = shelf.find(Find::Cell, Vec::new()).await?;
    pool.cell = cell.first().map(|row| from_body::<Cell>("cell", row)).transpose()?;
    let links = if needs.every_link {
        shelf.find(Find::EveryLink, Vec::new()).await?
    } else {
        let peers = needs.links.iter().map(|peer| i64::from(peer.0)).collect();
        shelf.find(Find::Links, vec![Column::Numbers(peers)]).await?
    };
    for row in links {
        let link: Link = from_body("link", &row)?;
        pool.links.insert(link.peer, link);
    }
    if !needs.draws.is_empty() {
        let ids = needs.draws.iter().map(|draw| id(draw.0)).collect();
        for row in shelf.find(Find::Draws, vec![Column::Bytes(ids)]).await? {
            let draw: Draw = from_body("draw", &row)?;
            pool.draws.insert(draw.id, draw);
        }
    }
    let mut windows = shelf.find(Find::WindowsNotAgreed, Vec::new()).await?;
    if !needs.windows.is_empty() {
        let ids = needs.windows.iter().map(|window| signed(window.0)).collect();
        windows.extend(shelf.find(Find::Windows, vec![Column::Numbers(ids)]).await?);
    }
    for row in windows {
        let window: Window = from_body("clearing_window", &row)?;
        pool.windows.insert(window.id, window);
    }
    if !needs.inbox.is_empty() {
        let peers = needs.inbox.iter().map(|(peer, _)| i64::from(peer.0)).collect();
        let letters = needs.inbox.iter().map(|(_, number)| signed(*number)).collect();
        for row in shelf.find(Find::Inbox, vec![Column::Numbers(peers), Column::Numbers(letters)]).await? {
            let (key, hash): ((CellId, u64), BodyHash) = from_body("letter_in", &row)?;
            pool.inbox.insert(key, hash);
        }
    }
    Ok(pool)
}
