//! A second factor, names and an order of relatives, one's own data, and what is done at a window.

use serde_json::{Value, json};

use super::operations::{Body, Operation};
use super::wallet::{READ, WRITE};

/// Without a key of the client's: asked again it changes nothing.
const ONCE: Operation = Operation { headers: &[], status: "200", request: None, ..WRITE };

pub const ALL: &[Operation] = &[
    Operation {
        path: "/api/v1/wallet/second-factor",
        id: "second_factor",
        summary: "Whether large amounts need a code, and whether you have an authenticator",
        description: "Transfers, holds, payments and higher quotas above `above_fen`, and smaller ones once they would come to more than `day_fen` on one day (Asia/Shanghai), are refused with `AX9025` until they come with the authenticator's present code in the header `X-Second-Factor`. A code is good for one request, which may come again with the same code and key. Wrong codes are `AX9026`, and after a few of them `AX9009` with the seconds to wait.",
        query: &[],
        answer: Body::SecondFactor,
        answered: "How it stands. `demo_code` is there for made-up people only.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/second-factor",
        id: "offer_second_factor",
        summary: "Set an authenticator up",
        description: "Gives a new secret, which holds once a code of it was confirmed. Takes your name and password again; who has an authenticator sends a code of it in `X-Second-Factor` as well, unless it is lost and a window has let them replace it (`reset`). There is nothing at this address where an identity provider logs people in.",
        request: Some(Body::Credentials),
        answer: Body::SecondFactorOffer,
        status: "201",
        answered: "The secret, shown this once.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/second-factor/confirmation",
        id: "confirm_second_factor",
        summary: "Confirm the authenticator",
        description: "By a code of the secret that was offered last.",
        request: Some(Body::SecondFactorCode),
        answer: Body::SecondFactor,
        answered: "It holds from now on.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/second-factor/objection",
        id: "object_to_reset",
        summary: "Say that it was not you who asked for another authenticator",
        description: "Ends what was asked for in your name at a window, granted or not. Refused with `AX9016` where there is nothing of the kind.",
        answer: Body::SecondFactor,
        answered: "Your authenticator stays the one that it is.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/family/relations/{relation}/nickname",
        id: "nickname",
        summary: "Give a relative a name",
        description: "Only you see it. It is kept sealed; an empty one takes it away.",
        request: Some(Body::NicknameAsk),
        answer: Body::Relation,
        answered: "The relation.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/family/relations/{relation}/priority",
        id: "prioritise",
        summary: "Say whose money is drawn first",
        description: "Lower numbers first, of equal ones the older relation. By who is shared with, or by who shares, as the operator has set it; the other is told, and every change stays on record.",
        request: Some(Body::PriorityAsk),
        answer: Body::Relation,
        answered: "The relation.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/family/relations/{relation}/details",
        id: "show_details",
        summary: "Let a relative see what you buy with their money, or no longer",
        description: "By who is shared with alone, for what is bought from then on. When it was given and taken back stays on record, among the consents of the relation.",
        request: Some(Body::DetailsAsk),
        answer: Body::Relation,
        answered: "The relation.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/family/relations/{relation}/details",
        id: "details",
        summary: "What was bought with the money of a relation",
        description: "Diseases, items and drugs of the bills that the relation paid a part of since who is shared with agreed to show them (`show_details`); refused with `AX9021` unless that holds. Both sides see the same.",
        query: &[],
        answer: Body::Details,
        answered: "The latest first.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/export",
        id: "export",
        summary: "All that is kept of you, in one file",
        description: "Accounts with every line, relations with consents, invitations, transfers, bills, notices and what was done at a window. Of relatives it has what you see anyway.",
        query: &[],
        answer: Body::Export,
        answered: "Your data.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/deletion",
        id: "erase",
        summary: "Delete what need not stay",
        description: "Ends your relations, and deletes names, notices, invitations that nobody accepted and the authenticator. What has to stay is told, with the reason and, where it ends, for how long. Who has an authenticator sends a code of it in `X-Second-Factor`.",
        request: Some(Body::DeletionAsk),
        answer: Body::Deletion,
        answered: "What is gone and what stays.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/window/acceptances",
        id: "accept_at_window",
        summary: "Accept an invitation for somebody at the window (代开通)",
        description: "By an operator of the area or of an institution, for somebody without a phone or under age who stands there with a document and a signed consent. Under fourteen a guardian has to have signed. Who did it, by which document and paper, is on record before it takes effect, and in the person's own export.",
        request: Some(Body::WindowAsk),
        answer: Body::WindowAct,
        status: "201",
        answered: "Related.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/window/deaths",
        id: "note_death",
        summary: "Note that somebody died (身故登记)",
        description: "By an operator of the area, by the number of who died and of the paper that says so. Their accounts are frozen at once, their relations end, unused quotas and transfers that wait go back. `register_person` says the same by the person's id.",
        request: Some(Body::DeathAsk),
        answer: Body::Death,
        status: "201",
        answered: "Noted.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/window/authenticators",
        id: "resets",
        summary: "Who asked at a window for another authenticator",
        description: "For operators of the area and its auditors. Whose each is stands on the paper alone.",
        query: &[],
        answer: Body::Resets,
        answered: "The latest first.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/window/authenticators",
        id: "ask_reset",
        summary: "Ask for another authenticator for somebody at the window who lost theirs",
        description: "By an operator of the area who saw a document and a signed request. Nothing changes by it until another operator grants it; the person is told at once, and may object. Of a person one is open at a time.",
        request: Some(Body::ResetAsk),
        answer: Body::Reset,
        status: "201",
        answered: "It waits for another operator.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/window/authenticators/{reset}/approval",
        id: "grant_reset",
        summary: "Grant another authenticator",
        description: "By another operator than who asked. From `ready_at` on the person may set up another with their password; until they have, the old one goes on holding. They are told, and may object.",
        answer: Body::Reset,
        answered: "Granted; the waiting time runs.",
        ..ONCE
    },
];

/// An example of a body. Ids, codes and secrets are made up.
pub fn example(body: Body) -> Option<Value> {
    let relation = "6f708192a3b4c5d6e7f8091122334455";
    Some(match body {
        Body::SecondFactor => json!({ "confirmed": true, "above_fen": 100_000, "day_fen": 200_000 }),
        Body::SecondFactorOffer => json!({
            "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
            "uri": "otpauth://totp/Anxin:daughter1?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Anxin",
        }),
        Body::SecondFactorCode => json!({ "code": "287082" }),
        Body::NicknameAsk => json!({ "nickname": "老爸" }),
        Body::PriorityAsk => json!({ "priority": 1 }),
        Body::DetailsAsk => json!({ "shown": true }),
        Body::Details => json!({
            "since": "2026-11-02T04:00:00.000000Z",
            "purchases": [{
                "at": "2026-11-03T01:20:00.000000Z", "institution": "演示大药房", "amount_fen": 3_680, "care": "outpatient",
                "items": ["降压药"], "drugs": [{ "drug": "XC09CAX094A001010101234", "count": 2, "split": false }],
            }],
        }),
        Body::Export => json!({
            "person": "708192a3b4c5d6e7f809112233445566", "made_at": "2026-11-02T04:00:00.000000Z",
            "cover": { "area": "440100", "cover": "employee", "age": 38, "opened": ["44"] }, "born": "1988-04-05",
            "second_factor": true, "accounts": [], "relations": { "relations": [] },
            "invitations": { "invitations": [] }, "transfers": { "transfers": [] }, "orders": [], "notices": [],
            "window_acts": [], "visits": [], "filings": [], "prescriptions": [], "authenticator_resets": [],
        }),
        Body::DeletionAsk => json!({ "consent": true }),
        Body::Deletion => json!({
            "erased": ["nicknames", "notices", "second_factor", "invitations"],
            "kept": [
                { "what": "books", "why": "accounting" }, { "what": "visits", "why": "accounting" },
                { "what": "consents", "why": "proof", "years": 30 },
                { "what": "cover", "why": "insured" },
            ],
        }),
        Body::WindowAsk => json!({
            "code": "7K3QWM-0ZD9HP-V2X8RT-NB4C6J", "id_number": "000000193501010077", "document": "id_card",
            "paper": "2026-0117",
        }),
        Body::DeathAsk => json!({ "id_number": "000000195809120055", "died": "2026-11-01", "paper": "2026-0119" }),
        Body::Death => json!({ "ended": 1 }),
        Body::ResetAsk => json!({ "id_number": "000000198804050066", "document": "id_card", "paper": "2026-0118" }),
        Body::Reset => json!({
            "id": "8192a3b4c5d6e7f80911223344556677", "state": "waiting", "document": "id_card", "paper": "2026-0118",
            "own": false, "asked_at": "2026-11-02T04:00:00.000000Z", "ready_at": "2026-11-05T05:00:00.000000Z",
        }),
        Body::Resets => json!({ "resets": [{
            "id": "8192a3b4c5d6e7f80911223344556677", "state": "asked", "document": "id_card", "paper": "2026-0118",
            "own": true, "asked_at": "2026-11-02T04:00:00.000000Z",
        }] }),
        Body::WindowAct => json!({ "relation": relation, "at": "2026-11-02T04:00:00.000000Z" }),
        _ => return None,
    })
}
