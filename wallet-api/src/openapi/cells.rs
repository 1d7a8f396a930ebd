//! Other areas.

use serde_json::{Value, json};

use super::operations::{Body, Operation};
use super::wallet::{READ, WRITE};

const AS_THEY_STAND: &str = "The areas as they stand now.";

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
        answered: AS_THEY_STAND,
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/cells/windows/{window}/statement",
        id: "window_statement",
        summary: "The statement of a window",
        description: "对账单, for operators of the area and auditors: what was claimed, owed and given back by business day and area, and how what is owed went from hour to hour.",
        query: &[],
        answer: Body::WindowStatement,
        answered: "By day and area, and by hour.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/cells/windows/{window}/differences",
        id: "window_differences",
        summary: "A window beside both journals",
        description: "三方对账, for operators of the area and auditors: each transfer of a window by the journal of this area, by that of the other, who is asked for it now, and by the letters between them. Transfers that are not the same in all three are named one by one; totals are not compared, since two differences can hide each other. An area that does not answer has no `compared`.",
        query: &[],
        answer: Body::WindowDifferences,
        answered: "What differs, area by area.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/cells/windows/{window}/payments",
        id: "settle_window",
        summary: "Book that a window was paid",
        description: "By an operator of the area, once the bank says so: what a closed window comes to with one area was paid by whichever of the two owes, from the bank or out of its 预付金. A window that is not closed, or was paid, is refused.",
        request: Some(Body::WindowPaymentAsk),
        answer: Body::Cells,
        answered: AS_THEY_STAND,
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/cells/areas/{area}/terms",
        id: "agree_terms",
        summary: "Write down what was agreed with another area",
        description: "By an operator of the area: whether settlements with it are begun, 净借记限额, 预付金下限, and whether what exceeds them is refused or raises an alarm. It holds from the next settlement on; those that were begun come to their end.",
        request: Some(Body::TermsAsk),
        answer: Body::Cells,
        answered: AS_THEY_STAND,
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/cells/areas/{area}/prepayments",
        id: "take_prepayment",
        summary: "Book a prepayment of another area",
        description: "By an operator of the area, once the bank says so: 预付金 of another area came in. A floor has to be agreed on before.",
        request: Some(Body::PrepaymentAsk),
        answer: Body::Cells,
        answered: AS_THEY_STAND,
        ..WRITE
    },
];

pub fn example(body: Body) -> Option<Value> {
    Some(match body {
        Body::TermsAsk => json!({ "open": true, "cap_fen": 500_000_000, "floor_fen": 10_000_000, "over": "refuse" }),
        Body::PrepaymentAsk => json!({ "amount_fen": 100_000_000 }),
        Body::WindowPaymentAsk => json!({ "area": "440100", "paid_from": "bank" }),
        Body::WindowStatement => json!({
            "window": 7,
            "days": [{
                "day": "2026-11-02", "area": "440100",
                "claimed": { "count": 2, "amount_fen": 13_000 },
                "claims_refunded": { "count": 1, "amount_fen": 200 },
                "owed": { "count": 0, "amount_fen": 0 },
                "debts_refunded": { "count": 0, "amount_fen": 0 },
            }],
            "course": [{ "at": "2026-11-02T02:00:00.000000Z", "area": "440100", "position_fen": -12_800 }],
        }),
        Body::WindowDifferences => json!({
            "window": 7, "state": "closed",
            "areas": [
                { "area": "440100", "compared": 3, "differences": [{
                    "transfer": "5f0c1de2a4b34f8c9d1e2f3a4b5c6d7e", "kind": "amount",
                    "ours_fen": -12_800, "theirs_fen": -12_700, "letters_fen": -12_800,
                }] },
                { "area": "450800", "differences": [] },
            ],
        }),
        Body::Cells => areas(),
        _ => return None,
    })
}

fn areas() -> Value {
    json!({
        "area": "450100", "window": 7,
        "peers": [{
            "area": "440100", "open": true,
            "opening": { "state": "unknown" },
            "position_fen": -12_800, "asking_fen": 0, "held_fen": 0, "sent": 4, "under_way": 0, "received": 2,
            "terms": { "cap_fen": 500_000_000, "over": "refuse" },
        }],
        "windows": [{
            "id": 7, "state": "open",
            "sums": [{ "area": "440100", "claims_fen": 12_800, "debts_fen": 0, "net_fen": -12_800, "paid": false }],
        }],
        "alarms": [{ "area": "440100", "letter": 3, "kind": "letter_changed", "at": "2026-11-02T01:00:00.000000Z" }],
    })
}
