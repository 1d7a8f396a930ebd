//! What can be asked of the wallet.

use serde_json::{Value, json};

use super::operations::{Body, Operation};

const KEY: &[(&str, &str)] = &[(
    "Idempotency-Key",
    "Made by the client and kept there before the request is sent: 1 to 255 visible ASCII characters. The same key and body again get the same answer, with `Idempotency-Replayed: true`; another body is refused by 409.",
)];
const READ_REFUSALS: &[(&str, &str)] = &[
    ("400", "A name or value behind the `?` that is not known here."),
    ("401", "No token, or one that is not taken."),
    ("403", "Not for this role."),
    ("404", "Not there, or not yours."),
    ("429", "Too many requests; `Retry-After` says when the next is taken."),
    ("503", "The server has no wallet, or its store is busy."),
];
const WRITE_REFUSALS: &[(&str, &str)] = &[
    ("400", "Not JSON of the shape given here, or without `Idempotency-Key`."),
    ("401", "No token, or one that is not taken."),
    ("403", "Not for this role, or sent by another site."),
    ("404", "Something that it names is not there, or not yours."),
    ("408", "The body did not arrive in time."),
    ("409", "The key was used for another request, the same one is under way, or what is asked no longer fits."),
    ("413", "Larger than 1 MiB."),
    ("415", "Not announced as uncompressed `application/json` in UTF-8."),
    ("422", "The books refuse it; the code says why."),
    ("429", "Too many requests; `Retry-After` says when the next is taken."),
    ("503", "Nothing was taken in: ask again with the same key."),
    ("504", "It is not known whether it was booked: ask again with the same key."),
];
const SESSION_REFUSALS: &[(&str, &str)] = &[
    ("400", "Not JSON of the shape given here."),
    ("401", "Name and password, or token, are not taken."),
    ("403", "Sent by another site."),
    ("404", "This server takes its tokens from elsewhere."),
    ("408", "The body did not arrive in time."),
    ("413", "Larger than 1 MiB."),
    ("415", "Not announced as uncompressed `application/json` in UTF-8."),
    ("429", "Too many tries; `Retry-After` says when the next is taken."),
    ("503", "The server has no wallet, or its store is busy."),
];
const STORY_REFUSALS: &[(&str, &str)] = &[
    ("400", "Not JSON of the shape given here."),
    ("403", "Sent by another site."),
    ("404", "This is no demonstration, or one of several areas."),
    ("408", "The body did not arrive in time."),
    ("413", "Larger than 1 MiB."),
    ("415", "Not announced as uncompressed `application/json` in UTF-8."),
    ("429", "Told too often; `Retry-After` says when the next is."),
    ("503", "The server has no wallet, or its store is busy."),
];
const PAGE: &[(&str, &str, &str)] = &[
    ("before", "The `next` of the page before.", ""),
    ("most", "Most lines of a page, 1 to 500; 50 when left out.", "50"),
];

pub const READ: Operation = Operation {
    path: "/api/v1/wallet/accounts",
    method: "get",
    id: "accounts",
    tag: "wallet",
    summary: "The accounts that you see",
    description: "A resident sees their own, an institution its own; area and auditor see all. Paged by id.",
    call: None,
    request: None,
    answer: Body::Accounts,
    answered: "Accounts with their balances, in the order of their ids.",
    status: "200",
    query: &[
        ("after", "The `next` of the page before.", ""),
        ("most", "Most accounts of a page, 1 to 500; 50 when left out.", "50"),
    ],
    headers: &[],
    worded: true,
    tagged: false,
    refusals: READ_REFUSALS,
};
pub const WRITE: Operation = Operation {
    method: "post",
    query: &[],
    headers: KEY,
    answer: Body::Booked,
    status: "201",
    refusals: WRITE_REFUSALS,
    ..READ
};
const SESSION: Operation = Operation {
    method: "post",
    tag: "sessions",
    query: &[],
    headers: &[],
    worded: true,
    answer: Body::Session,
    refusals: SESSION_REFUSALS,
    ..READ
};

pub const ALL: &[Operation] = &[
    READ,
    Operation {
        path: "/api/v1/wallet/accounts/{account}",
        id: "account",
        summary: "One account, now or at a past instant",
        description: "`at` is an instant as RFC 3339 writes it; the balance is what every line up to it adds up to.",
        query: &[("at", "An instant, such as `2026-01-31T09:30:00Z`.", "")],
        answer: Body::Account,
        answered: "The account and its balance.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/accounts/{account}/statement",
        id: "statement",
        summary: "A statement",
        description: "Lines of the journal about the account, the latest first, each with the balance after it. Paged by the number of the journal's line, so that a page does not change while money comes in.",
        query: PAGE,
        answer: Body::Statement,
        answered: "One page.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/accounts/{account}/statement.csv",
        id: "statement_csv",
        summary: "A statement for spreadsheets",
        description: "The same page as CSV in UTF-8, amounts in yuan. A name that a spreadsheet would take for a formula has an apostrophe before it.",
        query: PAGE,
        answer: Body::Csv,
        answered: "One page.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/transfers",
        id: "transfer",
        summary: "Move money at once",
        description: "All movements or none, drawn in their order. A resident moves their own money; the area books credits, payouts and the like.",
        request: Some(Body::TransferAsk),
        answered: "Booked, with your balances right after it.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/transfers/{transfer}",
        id: "one_transfer",
        summary: "One transfer",
        description: "Only the movements that touch an account of yours are shown.",
        query: &[],
        answer: Body::Transfer,
        answered: "The transfer.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/transfers/{transfer}/receipt",
        id: "receipt",
        summary: "A receipt that anybody can check",
        description: "The journal's line with the way from it to the root of the log as it stands now. Whoever holds a published head can check it without this server.",
        query: &[],
        answer: Body::Receipt,
        answered: "The line's hash, the root, and the hashes beside the way.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/transfers/{transfer}/refunds",
        id: "refund",
        summary: "Give back part of a settlement",
        description: "By the institution that was paid. What was drawn last comes back first, to where it was drawn from.",
        request: Some(Body::RefundAsk),
        answered: "Booked.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/transfers/{transfer}/corrections",
        id: "ask_correction",
        summary: "Ask for a correction",
        description: "By an operator of the area. Nothing moves before another operator approves.",
        request: Some(Body::CorrectionAsk),
        answer: Body::Correction,
        answered: "Asked for.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/corrections/{correction}",
        id: "one_correction",
        summary: "One correction",
        description: "For the area and its auditors.",
        query: &[],
        answer: Body::Correction,
        answered: "The correction.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/corrections/{correction}/approval",
        id: "approve_correction",
        summary: "Approve a correction",
        description: "By another operator than the one who asked. Books the opposite of the transfer. The correction's id is its key: however often it is approved, it is booked once.",
        headers: &[],
        status: "200",
        answered: "Booked.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/corrections/{correction}/refusal",
        id: "refuse_correction",
        summary: "Refuse a correction",
        description: "By another operator than the one who asked.",
        headers: &[],
        status: "200",
        answer: Body::Correction,
        answered: "Refused.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/flags",
        id: "flags",
        summary: "What an auditor should look at",
        description: "For auditors. Money that went round or was passed on again and again, and settlements that look like a way to cash, of the last `days`. No thresholds are published: those are this project's own. A flag proves nothing and stops nothing.",
        query: &[("days", "How many days back, 1 to 366; 30 if it is left out.", "")],
        answer: Body::Flags,
        answered: "What stands out, with the journal's lines.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/holds",
        id: "hold",
        summary: "Set money aside",
        description: "By the resident whose money it is. It can be posted until the deadline by whom it is for; what is not posted is free again.",
        request: Some(Body::HoldAsk),
        answered: "Held.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/holds/{hold}",
        id: "one_hold",
        summary: "One hold",
        description: "For whoever gives or takes of it.",
        query: &[],
        answer: Body::Hold,
        answered: "The hold.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/holds/{hold}/post",
        id: "post_hold",
        summary: "Post a hold, or part of it",
        description: "By the institution that it is for, once. What is not posted is free again.",
        request: Some(Body::PostAsk),
        status: "200",
        answered: "Booked.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/holds/{hold}/void",
        id: "void_hold",
        summary: "Void a hold",
        description: "By the institution that it is for, or the area. All of it is free again.",
        status: "200",
        answered: "Freed.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/batches",
        id: "batch",
        summary: "Many requests at once",
        description: "Up to 1,000 transfers, holds, posts and voids in one transaction, in their order. Each is done or refused by itself: there is no all-or-none over items, movements that belong together are the legs of one transfer. An item that is not yours to ask refuses the whole batch. The key stands for the batch as a whole.",
        request: Some(Body::BatchAsk),
        status: "200",
        answer: Body::BatchOut,
        answered: "One result for each item, in their order.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/sessions",
        id: "log_in",
        summary: "Log in to a demonstration",
        description: "Only with `--demo`. Answers with tokens and sets them as cookies (HttpOnly, SameSite=Strict). With the cookie, every request that changes something sends `X-CSRF-Token`.",
        request: Some(Body::Credentials),
        answered: "A session.",
        ..SESSION
    },
    Operation {
        path: "/api/v1/sessions/refresh",
        id: "refresh",
        summary: "Exchange a refresh token",
        description: "Good for one use; one that comes twice ends the session. Taken from the body, or from the cookie with `refresh_csrf_token` as `X-CSRF-Token`.",
        request: Some(Body::Refresh),
        answered: "The session goes on.",
        ..SESSION
    },
    Operation {
        path: "/api/v1/sessions/current",
        method: "delete",
        id: "log_out",
        summary: "Log out",
        description: "Ends the session and every token of it.",
        answer: Body::Nothing,
        status: "204",
        answered: "It is over.",
        ..SESSION
    },
    Operation {
        path: "/api/v1/demo/stories",
        id: "tell_story",
        summary: "Put a story of the demonstration back to its beginning",
        description: "Only with `--demo`. `stay`: a father is referred to another city and his daughter shares with him; `day`: a day on which five things go wrong. What was booked before stays in the journal; what a story settled is given back or left behind.",
        request: Some(Body::StoryAsk),
        answer: Body::Story,
        answered: "What is needed to follow it.",
        refusals: STORY_REFUSALS,
        ..SESSION
    },
];

/// An example of a body, as it stands in the description. Ids are made up.
pub fn example(body: Body) -> Option<Value> {
    let (purse, hospital, transfer, hold) = (
        "0f6c1e0b5a3d4c7e9a1b2c3d4e5f6071",
        "1b2c3d4e5f60718293a4b5c6d7e8f901",
        "2c3d4e5f60718293a4b5c6d7e8f90112",
        "3d4e5f60718293a4b5c6d7e8f9011223",
    );
    let leg = json!({ "from": purse, "to": hospital, "amount_fen": 12_800 });
    let balance = json!({ "account": purse, "posted_fen": 37_200, "held_fen": 0, "available_fen": 37_200 });
    let booked = json!({ "transfer": transfer, "entry": 41, "balances": [balance] });
    let account = json!({
        "id": purse, "kind": "wallet", "fund": "account", "posted_fen": 50_000, "held_fen": 12_800,
        "available_fen": 37_200, "opened_at": "2026-01-05T01:00:00.000000Z",
    });
    let hash = "9f2c".repeat(16);
    Some(match body {
        Body::Accounts => json!({ "accounts": [account] }),
        Body::Account => account,
        Body::Statement => json!({
            "account": purse,
            "lines": [{
                "entry": 41, "at": "2026-01-31T01:30:00.000000Z", "kind": "moved", "purpose": "settle",
                "transfer": transfer, "institution": "羊城示范医院（演示）", "posted_change_fen": -12_800,
                "held_change_fen": 0, "posted_fen": 37_200, "held_fen": 0,
            }],
        }),
        Body::TransferAsk => json!({ "purpose": "settle", "legs": [leg] }),
        Body::Transfer => json!({
            "id": transfer, "purpose": "settle", "legs": [leg], "refunded_fen": 0, "corrected": false,
        }),
        Body::Receipt => json!({
            "transfer": transfer, "entry": 41, "booked_at": "2026-01-31T01:30:00.000000Z", "leaf": hash, "size": 42,
            "root": hash, "path": [hash, hash],
            "signed": {
                "shard": 440_100, "signed_at": "2026-01-31T01:30:01.000000Z", "key": "6f1c0de25a0f4b77",
                "public_key": format!("04{hash}{hash}"), "signature": format!("{hash}{hash}"),
            },
        }),
        Body::RefundAsk => json!({ "amount_fen": 2_800 }),
        Body::CorrectionAsk => json!({ "reason": 3 }),
        Body::Correction => json!({
            "id": "4e5f60718293a4b5c6d7e8f901122334", "transfer": transfer, "reason": 3, "state": "asked",
            "asked_by": "5f60718293a4b5c6d7e8f90112233445", "asked_at": "2026-02-01T02:00:00.000000Z",
        }),
        Body::Flags => json!({
            "flags": [{
                "pattern": "round_sums", "owners": ["6071829304a5b6c7d8e9f00112233445", "5f60718293a4b5c6d7e8f90112233445"],
                "entries": [17, 21, 22, 30, 41], "amount_fen": 150_000,
            }],
            "from_entry": 3, "until_entry": 42, "cut": false,
        }),
        Body::HoldAsk => json!({ "purpose": "settle", "legs": [leg], "until": "2026-01-31T09:30:00Z" }),
        Body::Hold => json!({
            "id": hold, "purpose": "settle", "state": "pending", "until": "2026-01-31T09:30:00.000000Z", "legs": [leg],
        }),
        Body::PostAsk => json!({ "amounts_fen": [9_900] }),
        Body::Booked => booked,
        Body::BatchAsk => json!({ "items": [
            { "transfer": { "purpose": "settle", "legs": [leg] } },
            { "post": { "hold": hold, "amounts_fen": [9_900] } },
        ] }),
        Body::BatchOut => json!({ "results": [
            { "booked": booked },
            { "refused": { "status": 409, "code": "AX3043", "title": "冻结已过期", "detail": "这笔冻结已过期限。" } },
        ] }),
        Body::Credentials => json!({ "name": "resident1", "password": "anxin-demo" }),
        Body::Refresh => json!({ "refresh_token": "kq0…" }),
        Body::StoryAsk => json!({ "story": "day" }),
        Body::Story => json!({
            "story": "day", "password": "anxin-demo", "card": "000000199007040300", "day": "2026-09-23",
            "due_on": "2026-10-29", "pack": "81000000000000000001", "accounts": 41, "sum_fen": 0,
        }),
        Body::Session => json!({
            "access_token": "eyJ…", "refresh_token": "kq0…", "expires_in": 300, "csrf_token": "Zm9v…",
            "refresh_csrf_token": "YmFy…", "role": "resident",
        }),
        _ => return None,
    })
}
