//! What two operators of the area decide together.

use serde_json::{Value, json};

use super::operations::{Body, Operation};
use super::wallet::{READ, WRITE};

/// Without a key of the client's.
const ONCE: Operation = Operation { headers: &[], request: None, status: "200", ..WRITE };
const ADVANCES: &str = "/api/v1/pay/clearing/advances";

pub const ALL: &[Operation] = &[
    Operation {
        path: ADVANCES,
        id: "ask_advance",
        summary: "Ask for 预付金 to be paid to an institution",
        description: "By an operator of the area. It is paid out of the pooled fund once another operator approved it, and later batches of the institution make up for it by the share that is set (`clearing.recover_percent`).",
        request: Some(Body::AdvanceAsk),
        answer: Body::Advance,
        answered: "What was asked for.",
        ..WRITE
    },
    Operation {
        path: ADVANCES,
        id: "advances",
        summary: "预付金 and how far it is made up for",
        description: "For the area and auditors all of it; an institution sees what it was paid.",
        query: &[],
        answer: Body::Advances,
        answered: "The latest first.",
        ..READ
    },
    Operation {
        path: "/api/v1/pay/clearing/advances/{proposal}/approval",
        id: "approve_advance",
        summary: "Approve 预付金 that another operator asked for",
        description: "By an operator of the area. It is paid once, however often it is approved.",
        answer: Body::Advance,
        answered: "It is paid.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/pay/clearing/advances/{proposal}/refusal",
        id: "refuse_advance",
        summary: "Refuse 预付金 that another operator asked for",
        description: "By an operator of the area.",
        answer: Body::Advance,
        answered: "It is refused, and nothing is paid.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/pay/differences",
        id: "differences",
        summary: "Settlements on which the two sides differ",
        description: "What 3202 found: the institution's file, the area's list and the books beside each other. All of them for the area and auditors, an institution's own for the institution. One is closed when both sides agree again, or when a correction was decided and done.",
        query: &[],
        answer: Body::Differences,
        answered: "The open ones first.",
        ..READ
    },
    Operation {
        path: "/api/v1/pay/differences/{difference}/corrections",
        id: "ask_difference",
        summary: "Ask for a correction",
        description: "By an operator of the area: `take_back` gives all that is left of the area's settlement back to where it was drawn, `leave` books nothing. Nothing is done before another operator approved it; one correction of a difference waits at a time.",
        request: Some(Body::DifferenceAsk),
        answer: Body::Difference,
        answered: "The difference, with what was asked for.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/pay/differences/corrections/{proposal}/approval",
        id: "approve_difference",
        summary: "Approve a correction that another operator asked for",
        description: "By an operator of the area. All of it is booked or nothing, and once; where the books refuse it, it has failed and the difference stays open.",
        answer: Body::Difference,
        answered: "The difference, with what became of it.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/pay/differences/corrections/{proposal}/refusal",
        id: "refuse_difference",
        summary: "Refuse a correction that another operator asked for",
        description: "By an operator of the area. Nothing is booked, and another can be asked for.",
        answer: Body::Difference,
        answered: "The difference.",
        ..ONCE
    },
];

pub fn example(body: Body) -> Option<Value> {
    let id = "3d4e5f60718293a4b5c6d7e8f9011223";
    let (asked_at, decided_at) = ("2026-11-03T01:00:00.000000Z", "2026-11-03T02:00:00.000000Z");
    let advance = json!({
        "id": id, "institution": "羊城示范医院（演示）", "amount_fen": 5_000_000, "recovered_fen": 1_000_000,
        "reason": "2026年11月预付", "state": "done", "asked_at": asked_at, "decided_at": decided_at,
    });
    let difference = json!({
        "id": id, "institution": "羊城示范医院（演示）", "code": "H00000000001", "setl_id": "00012345678901234567",
        "class": "only_area", "ours": { "total_fen": 12_000, "fund_fen": 9_010, "account_fen": 2_990 },
        "booked": {
            "order": "4e5f60718293a4b5c6d7e8f901122334", "state": "settled", "total_fen": 12_000, "back_fen": 0,
        },
        "told_at": "2026-11-03T00:30:00.000000Z",
        "corrections": [{
            "id": "5f60718293a4b5c6d7e8f90112233445", "kind": "take_back", "reason": "医院未收到结算结果",
            "state": "asked", "asked_by": "60718293a4b5c6d7e8f9011223344556", "asked_at": asked_at,
        }],
    });
    Some(match body {
        Body::AdvanceAsk => json!({ "code": "H00000000001", "amount_fen": 5_000_000, "reason": "2026年11月预付" }),
        Body::Advances => json!({ "advances": [advance] }),
        Body::Advance => advance,
        Body::DifferenceAsk => json!({ "kind": "take_back", "reason": "医院未收到结算结果" }),
        Body::Differences => json!({ "differences": [difference] }),
        Body::Difference => difference,
        _ => return None,
    })
}
