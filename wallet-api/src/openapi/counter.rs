//! Codes that an institution shows, paying by them, and what payment providers call.

use serde_json::{Value, json};

use super::operations::{Body, Operation};
use super::pay;
use super::wallet::{READ, WRITE};

const ONCE: Operation = Operation { headers: &[], ..WRITE };

pub const ALL: &[Operation] = &[
    Operation {
        path: "/api/v1/pay/offers",
        id: "make_offer",
        summary: "A bill for whoever scans its code",
        description: "By an institution. The code is signed by its key (SM2) and is for this one bill; the number below it is for who types. Nothing that is paid is read from the code: the payer sees amount and payee as they are here. `meant_for` names whom it is for, by a token that is not spent by it: then nobody else opens it. A new bill of a counter ends the one that waits there.",
        request: Some(Body::OfferAsk),
        answer: Body::Offer,
        answered: "The bill, waiting.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/pay/offers/{offer}",
        id: "offer",
        summary: "What became of a bill that waits",
        description: "For the institution that made it: whether somebody scanned it, and the order once they confirmed.",
        query: &[],
        answer: Body::Offer,
        answered: "The bill.",
        ..READ
    },
    Operation {
        path: "/api/v1/pay/offers/{offer}/release",
        id: "release_offer",
        summary: "Take a bill away from who scanned it",
        description: "For the institution that made it, when somebody scanned it who is not the one to pay: the next one who scans it opens it, and they cannot again. Where nobody has it, nothing changes. Refused once they confirmed.",
        query: &[],
        answer: Body::Offer,
        status: "200",
        answered: "The bill, waiting again.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/pay/counters",
        id: "counter_code",
        summary: "The lasting code of a counter",
        description: "固定收款码, by an institution. It pays nothing by itself: it leads to the bill that waits at this counter, and nowhere when none does. The same counter has the same code.",
        request: Some(Body::CounterAsk),
        answer: Body::Counter,
        status: "200",
        answered: "The code.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/scans",
        id: "scan",
        summary: "Open the bill of a code",
        description: "By a resident. The first one who scans a bill opens it for themselves, and nobody else can. A code that is changed, opened by another or expired, and a counter where nothing waits, get one answer; who sends too many of them waits.",
        request: Some(Body::ScanAsk),
        answer: Body::Scanned,
        status: "200",
        answered: "Whom it pays, what it comes to for this person, and every step.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/scans/{offer}/payment",
        id: "pay_offer",
        summary: "Pay a bill that one scanned",
        description: "With the figures that were shown, or not at all. Above the limit it needs a code of the authenticator in `X-Second-Factor`. The rest is not paid in coins or notes. Look at `state`, as for a settlement.",
        request: Some(Body::ConfirmAsk),
        answer: Body::Order,
        answered: "The order, as it ended.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/scans/{offer}/return",
        id: "return_offer",
        summary: "Give back a bill that one scanned",
        description: "By who scanned a bill that is not theirs, or does not pay it: the next one who scans it opens it. Refused once it was confirmed.",
        answer: Body::Nothing,
        status: "204",
        answered: "It waits again.",
        worded: false,
        ..ONCE
    },
    Operation {
        path: "/api/v1/pay/callbacks/cash",
        id: "cash_called",
        tag: "callbacks",
        summary: "Tell that the outcome of a payment is there",
        description: "By the provider that collects what is left to pay. `X-Pay-Signature` is SM2 with SM3 over `X-Pay-Timestamp`, a line break, `X-Pay-Nonce`, a line break, the body as it is sent, and a line break; the timestamp (seconds since 1970) is within five minutes of now. No outcome is read from the body: this server asks the provider itself, so that a call that is lost, repeated or untrue changes nothing.",
        request: Some(Body::Callback),
        answer: Body::Nothing,
        status: "200",
        answered: "It was asked about.",
        worded: false,
        refusals: &[
            ("400", "Not of the shape given here."),
            ("403", "Not signed by the provider's key over these bytes and this time; which of them is not said."),
            ("415", "Not announced as uncompressed `application/json` in UTF-8."),
            ("503", "Nothing is taken in at the moment. Call again."),
        ],
        ..ONCE
    },
];

/// An example of a body. Ids, codes and tokens are made up.
pub fn example(body: Body) -> Option<Value> {
    let id = "7a1c2e3f405162738495a6b7c8d9e0f1";
    let settled = pay::example(Body::Order)?;
    let (figures, parts) = (settled["figures"].clone(), settled["parts"].clone());
    Some(match body {
        Body::OfferAsk => json!({
            "visit": { "outpatient": {
                "level": "3", "on": "2026-11-02",
                "bill": { "split": { "total_fen": 12_000, "own_expense_fen": 800, "pre_self_pay_fen": 600 } },
            } },
            "counter": "A1",
        }),
        Body::Offer => json!({
            "id": id, "code": "AQF6".repeat(38), "number": "402719386501", "total_fen": 12_000, "seconds": 300,
            "until": "2026-11-02T01:05:00.000000Z", "opened": true, "name": "何*",
        }),
        Body::CounterAsk => json!({ "counter": "A1" }),
        Body::Counter => json!({ "counter": "A1", "code": "AQJ6".repeat(28) }),
        Body::ScanAsk => json!({ "code": "402719386501", "use_accounts": true }),
        Body::Scanned => json!({
            "offer": id, "payee": "羊城示范医院（演示）", "figures": figures, "parts": parts, "certainty": "certain",
            "steps": [{ "title": "统筹基金支付", "formula": "进入统筹 106.00 × 支付比例 85%", "result_fen": 9_010 }],
            "until": "2026-11-02T01:05:00.000000Z",
        }),
        Body::ConfirmAsk => json!({ "use_accounts": true, "figures": figures, "cash": { "means": "wechat" } }),
        Body::Callback => json!({ "order": "2c3d4e5f60718293a4b5c6d7e8f90112" }),
        _ => return None,
    })
}
