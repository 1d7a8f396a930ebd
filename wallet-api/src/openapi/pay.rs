//! Payment codes and settlements.

use serde_json::{Value, json};

use super::operations::{Body, Operation};
use super::wallet::{READ, WRITE};

/// Without a key of the client's.
const ONCE: Operation = Operation { headers: &[], ..WRITE };

pub const ALL: &[Operation] = &[
    Operation {
        path: "/api/v1/wallet/codes",
        id: "make_code",
        summary: "A payment code to show",
        description: "By a resident for themselves, by a helper for who is helped, and by either side of a relation of the kind `helper` that helps. 28 digits that say nothing; the first reading burns it. A new one ends the one before after five seconds.",
        request: Some(Body::CodeAsk),
        answer: Body::Code,
        answered: "A code.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/pay/decode",
        id: "decode",
        summary: "Read what a patient shows",
        description: "By an institution. A code, an identity card, a social security card and a face are equal. The token is for this institution, operator, device and business, for one settlement, and at most five minutes. A code that is wrong, used or expired, and a number that nobody has, get one answer; who sends too many of them waits. The same key and body again get the same token.",
        request: Some(Body::DecodeAsk),
        answer: Body::Decoded,
        status: "200",
        answered: "Who it is, and a token.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/pay/presettle",
        id: "presettle",
        summary: "What a bill comes to",
        description: "预结算: the core splits the bill by the rules of the patient's area, with what the year has used up, and says where each part would be drawn. Nothing is changed. How the patient is insured, and what the institution is, come from the area's records. A bill that some figure of is not known is refused by AX9030, which names the figure; so is one that rests on an assumption, except in a demonstration.",
        request: Some(Body::PresettleAsk),
        answer: Body::Presettled,
        status: "200",
        answered: "What it comes to, where it would be drawn, and every step.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/pay/settle",
        id: "settle",
        summary: "Settle a bill",
        description: "结算: with the figures of the presettlement, or not at all. All parts are held, the cash is collected, then all is posted. Look at `state`: `failed` is nothing paid (`why`), `unknown` that the answer about the cash was lost: ask for the order, or reverse it.",
        request: Some(Body::SettleAsk),
        answer: Body::Order,
        answered: "The order, as it ended.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/pay/reverse",
        id: "reverse",
        summary: "Take a settlement back by its key",
        description: "冲正: for a settlement whose answer never came. Whatever it holds or took goes back. One that has not arrived yet is kept out: it is refused when it comes.",
        request: Some(Body::ReverseAsk),
        answer: Body::Order,
        status: "200",
        answered: "The order, revoked.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/pay/orders",
        id: "orders",
        summary: "Orders",
        description: "A resident's own, those of an institution, or all for the area. The latest first.",
        query: &[
            ("before", "Only those made before this instant, such as `2026-01-31T09:30:00Z`.", ""),
            ("most", "Most orders of a page, 1 to 500; 50 when left out.", "50"),
        ],
        answer: Body::Orders,
        answered: "Orders.",
        ..READ
    },
    Operation {
        path: "/api/v1/pay/orders/{order}",
        id: "order",
        summary: "One order",
        description: "For its two sides and the area. When the institution asks, an outcome that was not known is asked about, and what a stopped program left is ended.",
        query: &[],
        answer: Body::Order,
        answered: "The order.",
        ..READ
    },
    Operation {
        path: "/api/v1/pay/orders/{order}/refund",
        id: "refund_order",
        summary: "Refund an order, or part of it",
        description: "By the institution. Packs that come back (all of them, when all of it does) are not sold before somebody looked at them. The cash comes back first, then relatives, the wallet, the own account, and the funds last: never more than was paid. A part says nothing of how a smaller bill would have been split; for that the order is reversed and the smaller bill settled.",
        request: Some(Body::OrderRefundAsk),
        answer: Body::Order,
        status: "200",
        answered: "The order, with its refunds.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/pay/packs/{pack}",
        id: "pack",
        summary: "A pack of a drug by its trace code",
        description: "药品追溯码, with every sale, the first at the head. For the area and auditors; an institution is told only that a pack is not to be had.",
        query: &[],
        answer: Body::DrugPack,
        answered: "The pack.",
        ..READ
    },
    Operation {
        path: "/api/v1/pay/packs/{pack}/look",
        id: "look_at_pack",
        summary: "Say what became of a pack that came back",
        description: "待核: by the area. A sound one can be sold again; another is done with.",
        request: Some(Body::PackLook),
        answer: Body::DrugPack,
        status: "200",
        answered: "The pack.",
        ..ONCE
    },
];

/// An example of a body. Ids, codes and tokens are made up.
pub fn example(body: Body) -> Option<Value> {
    let (code, token) = ("4240193857264018375920000000", "5b1e".repeat(16));
    let visit = json!({ "outpatient": {
        "level": "3", "on": "2026-11-02", "place": { "area": "in_province", "filing": "long_term" },
        "bill": { "split": { "total_fen": 12_000, "own_expense_fen": 800, "pre_self_pay_fen": 600 } },
    } });
    let figures = json!({
        "medfee_sumamt_fen": 12_000, "fulamt_ownpay_amt_fen": 800, "overlmt_selfpay_fen": 0,
        "preselfpay_amt_fen": 600, "inscp_scp_amt_fen": 10_600, "act_pay_dedc_fen": 0, "hifp_pay_fen": 9_010,
        "cvlserv_pay_fen": 0, "hifes_pay_fen": 0, "hifmi_pay_fen": 0, "hifob_pay_fen": 0, "maf_pay_fen": 0,
        "oth_pay_fen": 0, "hosp_part_amt_fen": 0, "fund_pay_sumamt_fen": 9_010, "psn_part_amt_fen": 2_990,
        "acct_pay_fen": 2_990, "acct_mulaid_pay_fen": 0, "psn_cash_pay_fen": 0, "balc_fen": 247_010,
    });
    let parts = json!([
        { "from": "fund", "fund": "hifp", "amount_fen": 9_010 }, { "from": "own", "amount_fen": 2_990 },
    ]);
    let order = json!({
        "id": "2c3d4e5f60718293a4b5c6d7e8f90112", "state": "settled", "institution": "羊城示范医院（演示）",
        "figures": figures, "parts": parts, "cash": { "amount_fen": 0, "state": "none" }, "certainty": "certain",
        "refunds": [], "made_at": "2026-11-02T01:00:00.000000Z", "changed_at": "2026-11-02T01:00:00.000000Z",
    });
    Some(match body {
        Body::CodeAsk => json!({}),
        Body::Code => json!({ "code": code, "seconds": 60, "until": "2026-11-02T01:00:30.000000Z" }),
        Body::DecodeAsk => json!({
            "cert": "01", "value": code, "business": "01301", "device": "till-1", "ceiling_fen": 100_000,
        }),
        Body::Decoded => json!({
            "token": token, "until": "2026-11-02T01:05:00.000000Z", "name": "何*", "age": 34, "area": "441800",
            "area_name": { "admdvs": "441800", "name_zh": "清远", "name_en": "Qingyuan" },
            "place": { "area": "in_province", "filing": "long_term" }, "level": "3", "by_agent": false,
        }),
        Body::PresettleAsk => {
            json!({ "token": token, "device": "till-1", "visit": visit, "use_accounts": true })
        }
        Body::Presettled => json!({
            "figures": figures, "parts": parts, "certainty": "certain",
            "steps": [{ "title": "统筹基金支付", "formula": "进入统筹 106.00 × 支付比例 85%", "result_fen": 9_010 }],
        }),
        Body::SettleAsk => json!({
            "token": token, "device": "till-1", "visit": visit, "use_accounts": true, "figures": figures,
            "cash": { "means": "cash" },
        }),
        Body::ReverseAsk => json!({ "key": "01JGXQ5T9M-settle-1" }),
        Body::PackLook => json!({ "sound": true }),
        Body::DrugPack => json!({
            "code": "81234567890123456789", "drug": "XDEMO00000000000000001", "content": 24, "sold": 24,
            "held_back": false,
            "uses": [{
                "order": "2c3d4e5f60718293a4b5c6d7e8f90112", "institution": "羊城示范药店（演示）", "units": 24,
                "at": "2026-11-02T01:00:00.000000Z",
            }],
        }),
        Body::OrderRefundAsk => json!({ "amount_fen": 2_990, "reason": "少做一项检查" }),
        Body::Orders => json!({ "orders": [order] }),
        Body::Order => order,
        _ => return None,
    })
}
