//! Prescriptions.

use serde_json::{Value, json};

use super::operations::{Body, Operation};
use super::wallet::{READ, WRITE};

const ONCE: Operation = Operation { headers: &[], ..WRITE };

pub const ALL: &[Operation] = &[
    Operation {
        path: "/api/v1/pay/practitioners",
        id: "register_practitioner",
        summary: "Register where a doctor or a pharmacist works",
        description: "By the area. The last word counts. Whose qualification is suspended is kept out by `standings`.",
        request: Some(Body::Practitioner),
        answer: Body::Practitioner,
        status: "200",
        answered: "What is registered.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/pay/prescriptions",
        id: "prescribe",
        summary: "Write a prescription",
        description: "电子处方, by a doctor whom the area knows. It is in force to the end of its last day in China, and dispensed once.",
        request: Some(Body::RxAsk),
        answer: Body::Rx,
        answered: "The prescription.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/pay/prescriptions/look",
        id: "look_up_prescriptions",
        summary: "What is prescribed to the patient who is there",
        description: "By a pharmacy, with the token of who was read. Asks a pharmacist of this pharmacy to review each of them.",
        request: Some(Body::RxLook),
        answer: Body::RxList,
        status: "200",
        answered: "What is in force and not dispensed, with its review here.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/pay/reviews",
        id: "reviews",
        summary: "Prescriptions that wait for a pharmacist",
        description: "审方, by a pharmacist whom the area knows at this pharmacy: what was asked for in the last three days.",
        query: &[],
        answer: Body::RxList,
        answered: "Prescriptions, the latest first.",
        ..READ
    },
    Operation {
        path: "/api/v1/pay/prescriptions/{rx}/review",
        id: "review_prescription",
        summary: "Pass or refuse a prescription",
        description: "By a pharmacist of this pharmacy who did not ask for it; once. A refusal has a reason. Without a pass nothing of it is settled here, and never by the pharmacist who passed it.",
        request: Some(Body::ReviewAsk),
        answer: Body::Rx,
        status: "200",
        answered: "The prescription, decided.",
        ..ONCE
    },
];

/// An example of a body. Ids and codes are made up.
pub fn example(body: Body) -> Option<Value> {
    let lines =
        json!([{ "drug": "XDEMO00000000000000003", "count": 2, "days": 14, "usage": "口服，一次1片，一日2次" }]);
    let rx = json!({
        "id": "5d6e7f8091a2b3c4d5e6f708192a3b4c", "institution": "羊城示范医院（演示）", "doctor": "DEMODOCTOR01",
        "name": "何*", "diagnosis": "I10.x00", "lines": lines, "made_at": "2026-11-02T01:00:00.000000Z",
        "until": "2026-11-02T16:00:00.000000Z", "review": { "state": "passed", "pharmacist": "DEMOPHARMA01" },
    });
    Some(match body {
        Body::Practitioner => json!({
            "person": "5d6e7f8091a2b3c4d5e6f708192a3b4c", "kind": "pharmacist", "code": "DEMOPHARMA01",
            "institution": "P00000000001",
        }),
        Body::RxAsk => json!({
            "id_number": "000000199206180055", "diagnosis": "I10.x00", "lines": lines, "valid_days": 1,
        }),
        Body::RxLook => json!({ "token": "5b1e".repeat(16), "device": "till-1" }),
        Body::ReviewAsk => json!({ "pass": false, "reason": "剂量超过说明书" }),
        Body::RxList => json!({ "prescriptions": [rx] }),
        Body::Rx => rx,
        _ => return None,
    })
}
