//! Paying institutions.

use serde_json::{Value, json};

use super::operations::{Body, Operation};
use super::wallet::{READ, WRITE};

/// Without a key of the client's.
const ONCE: Operation = Operation { headers: &[], ..WRITE };
const BATCHES: &str = "/api/v1/pay/clearing/batches";
const STANDINGS: &str = "/api/v1/pay/clearing/standings";

pub const ALL: &[Operation] = &[
    Operation {
        path: BATCHES,
        id: "declare",
        summary: "Declare a period",
        description: "申报: by an institution, a day, a month or a year that is over: everything until its end that was not declared before, settlements and what took some of them back. Where more came back than was settled there is nothing to declare yet. It is to be paid within 20 working days.",
        request: Some(Body::DeclareAsk),
        answer: Body::ClearingBatch,
        answered: "The batch.",
        ..WRITE
    },
    Operation {
        path: BATCHES,
        id: "clearing_batches",
        summary: "Batches",
        description: "An institution's own, or all for the area and auditors. The latest first.",
        query: &[],
        answer: Body::ClearingBatches,
        answered: "Batches.",
        ..READ
    },
    Operation {
        path: "/api/v1/pay/clearing/batches/{batch}",
        id: "clearing_batch",
        summary: "One batch, with its statement",
        description: "For the institution, the area and auditors.",
        query: &[],
        answer: Body::ClearingBatch,
        answered: "The batch, line by line.",
        ..READ
    },
    Operation {
        path: "/api/v1/pay/clearing/batches/{batch}/statement.csv",
        id: "clearing_csv",
        summary: "A batch's statement for spreadsheets",
        description: "Every settlement and what took some of it back (below zero), deductions and what made up for 预付金, and their sum: what is paid. CSV in UTF-8, amounts in yuan; a text that a spreadsheet would take for a formula has an apostrophe before it.",
        query: &[],
        answer: Body::Csv,
        answered: "The table.",
        ..READ
    },
    Operation {
        path: "/api/v1/pay/clearing/batches/{batch}/steps",
        id: "clearing_step",
        summary: "Take the next step with a batch",
        description: "初审 with deductions, 复审 by somebody else, 退回, 拨付 by somebody else than who reviewed it last; by operators of the area. 撤回 by the institution, before it is reviewed. The same step by the same person again changes nothing.",
        request: Some(Body::ClearingStepAsk),
        answer: Body::ClearingBatch,
        status: "200",
        answered: "The batch.",
        ..ONCE
    },
    Operation {
        path: STANDINGS,
        id: "ask_standing",
        summary: "Ask to keep new settlements out",
        description: "暂停协议, 解除协议 of an institution, or 支付资格 of a person, from a day on. It holds once another operator approved it. Discharges and refunds go on.",
        request: Some(Body::StandingAsk),
        answer: Body::Standing,
        answered: "What was asked for.",
        ..WRITE
    },
    Operation {
        path: STANDINGS,
        id: "standings",
        summary: "What keeps new settlements out",
        description: "For the area and auditors.",
        query: &[],
        answer: Body::Standings,
        answered: "All of it, the latest first.",
        ..READ
    },
    Operation {
        path: "/api/v1/pay/clearing/standings/{standing}/approval",
        id: "approve_standing",
        summary: "Approve what another operator asked for",
        description: "By an operator of the area.",
        request: None,
        answer: Body::Standing,
        status: "200",
        answered: "It holds now.",
        ..ONCE
    },
];

pub fn example(body: Body) -> Option<Value> {
    let id = "3d4e5f60718293a4b5c6d7e8f9011223";
    let batch = json!({
        "id": id, "institution": "羊城示范医院（演示）", "period": "month", "from": "2026-10-01", "to": "2026-10-31",
        "state": "reviewed", "items": 2, "pooled_fen": 9_010, "account_fen": 2_990,
        "deductions": [{ "fund": "pooled", "amount_fen": 1_000, "reason": "超限定支付范围用药" }],
        "payable_pooled_fen": 8_010, "payable_account_fen": 2_990, "recovered_fen": 0, "declared_at": "2026-11-02T01:00:00.000000Z",
        "due_on": "2026-11-30", "late": false,
        "steps": [{
            "step": "first_review", "by": "4e5f60718293a4b5c6d7e8f901122334", "at": "2026-11-03T01:00:00.000000Z",
        }],
    });
    let standing = json!({
        "id": id, "kind": "suspended", "code": "H00000000002", "from": "2026-11-10", "until": "2026-12-10",
        "reason": "违反服务协议", "approved": true,
    });
    Some(match body {
        Body::DeclareAsk => json!({ "period": "month", "from": "2026-10-01" }),
        Body::ClearingStepAsk => json!({
            "step": "first_review",
            "deductions": [{ "fund": "pooled", "amount_fen": 1_000, "reason": "超限定支付范围用药" }],
        }),
        Body::ClearingBatches => json!({ "batches": [batch] }),
        Body::ClearingBatch => batch,
        Body::StandingAsk => json!({
            "kind": "suspended", "code": "H00000000002", "from": "2026-11-10", "until": "2026-12-10",
            "reason": "违反服务协议",
        }),
        Body::Standings => json!({ "standings": [standing] }),
        Body::Standing => standing,
        _ => return None,
    })
}
