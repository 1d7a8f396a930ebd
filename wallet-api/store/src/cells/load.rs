//! Reading what a decision needs to know of other cells.

use std::collections::BTreeSet;
use std::future::Future;

use wallet_ledger::{Cell, CellId, CellNeeds, Draw, Link, Pool, Window};

use crate::cells::sheet::TakenIn;
use crate::error::StoreError;
use crate::rows::{Column, from_body, id, signed};

/// What is looked for, all of it at once: each statement is a way to the server and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find {
    /// The cell, links by their peers or all of them, draws, windows by their ids and those that not everybody has closed yet.
    Known,
    /// Sheets that letters which were taken in stand on.
    TakenIn,
}

impl Find {
    pub fn sqlite(self) -> &'static str {
        match self {
            Find::Known => {
                "SELECT 0, body FROM cell WHERE shard = ?1
                UNION ALL SELECT 1, body FROM link
                WHERE shard = ?1 AND (json_array_length(?2) > 0 OR peer IN (SELECT value ->> 0 FROM json_each(?3)))
                UNION ALL SELECT 2, body FROM draw
                WHERE shard = ?1 AND id IN (SELECT unhex(value ->> 0) FROM json_each(?4))
                UNION ALL SELECT 3, body FROM clearing_window
                WHERE shard = ?1 AND id IN (SELECT value ->> 0 FROM json_each(?5))
                UNION ALL SELECT 3, body FROM clearing_window WHERE shard = ?1 AND agreed = 0"
            }
            Find::TakenIn => {
                "SELECT 0, i.body FROM json_each(?2) AS k CROSS JOIN letter_in AS i ON i.shard = ?1
                AND i.peer = k.value ->> 0 AND i.last = (SELECT min(last) FROM letter_in
                    WHERE shard = ?1 AND peer = k.value ->> 0 AND last >= k.value ->> 1)"
            }
        }
    }

    pub fn postgres(self) -> &'static str {
        match self {
            Find::Known => {
                "SELECT 0::bigint, body FROM cell WHERE shard = $1
                UNION ALL SELECT 1, body FROM link WHERE shard = $1 AND peer = ANY($3)
                UNION ALL SELECT 1, body FROM link WHERE shard = $1 AND cardinality($2::bigint[]) > 0
                UNION ALL SELECT 2, d.body FROM UNNEST($4::bytea[]) AS k (id)
                CROSS JOIN LATERAL (SELECT body FROM draw WHERE shard = $1 AND id = k.id LIMIT 1) AS d
                UNION ALL SELECT 3, body FROM clearing_window WHERE shard = $1 AND id = ANY($5)
                UNION ALL SELECT 3, body FROM clearing_window WHERE shard = $1 AND agreed = 0"
            }
            Find::TakenIn => {
                "SELECT 0::bigint, i.body FROM UNNEST($2::bigint[], $3::bigint[]) AS k (peer, number)
                CROSS JOIN LATERAL (SELECT body FROM letter_in WHERE shard = $1 AND peer = k.peer AND last >= k.number
                    ORDER BY last LIMIT 1) AS i"
            }
        }
    }
}

/// A database's transaction, as far as rows on other cells are looked for in it.
pub trait Shelf: Send {
    /// Rows by tables of what they are looked for by: which kind each is, and its body.
    fn find(
        &mut self,
        which: Find,
        tables: Vec<Vec<Column>>,
    ) -> impl Future<Output = Result<Vec<(i64, Vec<u8>)>, StoreError>> + Send;
}

pub async fn load<S: Shelf>(shelf: &mut S, needs: &CellNeeds) -> Result<Pool, StoreError> {
    let mut pool = Pool::default();
    if !needs.cell {
        return Ok(pool);
    }
    let every = if needs.every_link { vec![1] } else { Vec::new() };
    let peers = needs.links.iter().filter(|_| !needs.every_link).map(|peer| peer.0.into());
    let draws = needs.draws.iter().map(|draw| id(draw.0));
    let windows = needs.windows.iter().map(|window| signed(window.0));
    let wanted = [
        Column::Numbers(every),
        Column::Numbers(peers.collect()),
        Column::Bytes(draws.collect()),
        Column::Numbers(windows.collect()),
    ];
    for (kind, row) in shelf.find(Find::Known, wanted.map(|column| vec![column]).into()).await? {
        put(&mut pool, kind, &row)?;
    }
    // Most letters are new. Only of one that comes again is it asked what it said.
    let received = |peer: &CellId| pool.links.get(peer).map_or(0, |link| link.received);
    let again: BTreeSet<(CellId, u64)> =
        needs.inbox.iter().filter(|(peer, number)| *number <= received(peer)).copied().collect();
    if !again.is_empty() {
        let peers = again.iter().map(|(peer, _)| i64::from(peer.0)).collect();
        let letters = again.iter().map(|(_, number)| signed(*number)).collect();
        let wanted = vec![Column::Numbers(peers), Column::Numbers(letters)];
        for (_, row) in shelf.find(Find::TakenIn, vec![wanted]).await? {
            let sheet: TakenIn = from_body("letter_in", &row)?;
            pool.inbox.extend(sheet.numbered().filter(|(letter, _)| again.contains(letter)));
        }
    }
    Ok(pool)
}

/// Puts a row among those that are known: of the cell, a link, a draw or a window, in this order of kinds.
pub(super) fn put(pool: &mut Pool, kind: i64, row: &[u8]) -> Result<(), StoreError> {
    match kind {
        0 => pool.cell = Some(from_body::<Cell>("cell", row)?),
        1 => {
            let link: Link = from_body("link", row)?;
            pool.links.insert(link.peer, link);
        }
        2 => {
            let draw: Draw = from_body("draw", row)?;
            pool.draws.insert(draw.id, draw);
        }
        _ => {
            let window: Window = from_body("clearing_window", row)?;
            pool.windows.insert(window.id, window);
        }
    }
    Ok(())
}
