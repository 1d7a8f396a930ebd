//! Rows of each table.

use wallet_ledger::{Pool, WindowState};

use crate::cells::sheet::sheets;
use crate::rows::{Column, body, bytes, id, numbers, signed};

/// The tables on other cells, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    Cell,
    Link,
    Draw,
    Window,
    LetterOut,
    LetterIn,
    Obligation,
    Alarm,
}

impl Table {
    /// PostgreSQL writes all of them at once.
    pub fn sqlite(self) -> &'static str {
        match self {
            Table::Cell => {
                "INSERT INTO cell (shard, body)
                SELECT ?1, unhex(value ->> 0) FROM json_each(?2) WHERE true
                ON CONFLICT (shard) DO UPDATE SET body = excluded.body"
            }
            Table::Link => {
                "INSERT INTO link (shard, peer, acked, body)
                SELECT ?1, value ->> 0, value ->> 1, unhex(value ->> 2) FROM json_each(?2) WHERE true
                ON CONFLICT (shard, peer) DO UPDATE SET acked = excluded.acked, body = excluded.body"
            }
            Table::Draw => {
                "INSERT INTO draw (shard, id, until, pending, body)
                SELECT ?1, unhex(value ->> 0), value ->> 1, value ->> 2, unhex(value ->> 3) FROM json_each(?2) WHERE true
                ON CONFLICT (shard, id) DO UPDATE SET pending = excluded.pending, body = excluded.body"
            }
            Table::Window => {
                "INSERT INTO clearing_window (shard, id, agreed, body)
                SELECT ?1, value ->> 0, value ->> 1, unhex(value ->> 2) FROM json_each(?2) WHERE true
                ON CONFLICT (shard, id) DO UPDATE SET agreed = excluded.agreed, body = excluded.body"
            }
            Table::LetterOut => {
                "INSERT INTO letter_out (shard, peer, last, body)
                SELECT ?1, value ->> 0, value ->> 1, unhex(value ->> 2) FROM json_each(?2)"
            }
            Table::LetterIn => {
                "INSERT INTO letter_in (shard, peer, last, body)
                SELECT ?1, value ->> 0, value ->> 1, unhex(value ->> 2) FROM json_each(?2)"
            }
            Table::Obligation => {
                "INSERT INTO obligation (shard, clearing_window, creditor, debtor, transfer, amount, body)
                SELECT ?1, value ->> 0, value ->> 1, value ->> 2, unhex(value ->> 3), value ->> 4, unhex(value ->> 5) FROM json_each(?2)"
            }
            Table::Alarm => {
                "INSERT INTO cell_alarm (shard, peer, letter, kind, at, body)
                SELECT ?1, value ->> 0, value ->> 1, unhex(value ->> 2), value ->> 3, unhex(value ->> 4) FROM json_each(?2) WHERE true
                ON CONFLICT (shard, peer, letter, kind) DO UPDATE SET at = excluded.at, body = excluded.body"
            }
        }
    }
}

/// What a batch changes, by table.
pub struct CellRows(pub Vec<(Table, Vec<Column>)>);

impl CellRows {
    pub fn of(pool: &Pool) -> CellRows {
        let cell: Vec<_> = pool.cell.iter().collect();
        let links: Vec<_> = pool.links.values().collect();
        let draws: Vec<_> = pool.draws.values().collect();
        let windows: Vec<_> = pool.windows.values().collect();
        let (outbox, inbox) = (sheets(&pool.outbox), sheets(&pool.inbox));
        let obligations: Vec<_> = pool.obligations.values().collect();
        let alarms: Vec<_> = pool.alarms.values().collect();
        let agreed = |state| matches!(state, WindowState::Closed | WindowState::Settled);
        CellRows(vec![
            (Table::Cell, vec![bytes(&cell, body)]),
            (
                Table::Link,
                vec![numbers(&links, |l| l.peer.0.into()), numbers(&links, |l| signed(l.acked)), bytes(&links, body)],
            ),
            (
                Table::Draw,
                vec![
                    bytes(&draws, |d| id(d.id.0)),
                    numbers(&draws, |d| d.until.0),
                    numbers(&draws, |d| d.pending().into()),
                    bytes(&draws, body),
                ],
            ),
            (
                Table::Window,
                vec![
                    numbers(&windows, |w| signed(w.id.0)),
                    numbers(&windows, |w| agreed(w.state).into()),
                    bytes(&windows, body),
                ],
            ),
            (
                Table::LetterOut,
                vec![
                    numbers(&outbox, |s| s.peer.0.into()),
                    numbers(&outbox, |s| signed(s.last)),
                    bytes(&outbox, |s| body(&s.letters)),
                ],
            ),
            (
                Table::LetterIn,
                vec![numbers(&inbox, |s| s.peer.0.into()), numbers(&inbox, |s| signed(s.last)), bytes(&inbox, body)],
            ),
            (
                Table::Obligation,
                vec![
                    numbers(&obligations, |o| signed(o.key.window.0)),
                    numbers(&obligations, |o| o.key.creditor.0.into()),
                    numbers(&obligations, |o| o.key.debtor.0.into()),
                    bytes(&obligations, |o| id(o.key.transfer.0)),
                    numbers(&obligations, |o| o.amount.get()),
                    bytes(&obligations, body),
                ],
            ),
            (
                Table::Alarm,
                vec![
                    numbers(&alarms, |a| a.peer.0.into()),
                    numbers(&alarms, |a| signed(a.letter)),
                    bytes(&alarms, |a| body(&a.kind)),
                    numbers(&alarms, |a| a.at.0),
                    bytes(&alarms, body),
                ],
            ),
        ])
    }
}
