//! Other areas.

use serde_json::{Value, json};

use super::operations::{Body, Operation};
use super::wallet::{READ, WRITE};

pub const ALL: &[Operation] = &[
    Operation {
        path: "/api/v1/wallet/cells",
        id: "cells",
        summary: "Other areas",
        description: "For operators of the area and auditors: what is owed between it and each other area, what is set aside, letters that are under way, windows, alarms, and whether an area has opened sharing across provinces, with the source.",
        query: &[],
        answer: Body::Cells,
        answered: "Positions, windows and alarms.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/cells/windows",
        id: "close_window",
        summary: "Close the window",
        description: "清算场次: by an operator of the area. Claims go to the next window; every other area is told what it owes in this one.",
        answer: Body::Cells,
        answered: "The areas as they stand now.",
        ..WRITE
    },
];

pub fn example(body: Body) -> Option<Value> {
    let Body::Cells = body else { return None };
    Some(json!({
        "area": "450100", "window": 7,
        "peers": [{
            "area": "440100", "open": true,
            "opening": { "state": "unknown" },
            "position_fen": -12_800, "asking_fen": 0, "held_fen": 0, "sent": 4, "under_way": 0, "received": 2,
        }],
        "windows": [{
            "id": 7, "state": "open",
            "sums": [{ "area": "440100", "claims_fen": 12_800, "debts_fen": 0, "net_fen": -12_800, "paid": false }],
        }],
        "alarms": [{ "area": "440100", "letter": 3, "kind": "letter_changed", "at": "2026-11-02T01:00:00.000000Z" }],
    }))
}
