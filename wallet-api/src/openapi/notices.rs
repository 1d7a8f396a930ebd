//! What people are told of, and how they are insured.

use serde_json::{Value, json};

use super::operations::{Body, Operation};
use super::wallet::{READ, WRITE};

const LIST: &[(&str, &str, &str)] =
    &[("before", "The `next` of a page.", "41"), ("most", "Most notices, 1 to 500; 50 if it is not said.", "50")];

pub const ALL: &[Operation] = &[
    Operation {
        path: "/api/v1/wallet/notices",
        id: "notices",
        summary: "What you were told",
        description: "The latest first: invitations, changes of a quota, what a relative paid with your money (amount, day and institution, nothing else), transfers that wait, were accepted, refused or came back, and relations that ended.",
        query: LIST,
        answer: Body::Notices,
        answered: "Notices, and how many you have not looked at.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/notices/seen",
        id: "seen_notices",
        summary: "Say up to where you have looked",
        description: "It never goes back. Asked again it changes nothing.",
        headers: &[],
        status: "200",
        request: Some(Body::SeenAsk),
        answer: Body::Notices,
        answered: "The latest notices, and how many are left.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/events",
        id: "events",
        summary: "Notices as they come (server-sent events)",
        description: "Each event has the name `notice`, the notice's number as its `id`, and as its data one of `notices` in JSON. A browser that is logged in by cookie sends `X-CSRF-Token` here too, so that it reads the stream with `fetch`; no token goes into the address. The stream ends after a while or with the session; ask again with the last `id` in `Last-Event-ID`, and nothing is left out. Without it the stream begins now.",
        query: &[],
        answer: Body::Events,
        answered: "The stream.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/cover",
        id: "own_cover",
        summary: "How you are insured",
        description: "As the area has it. It is what a question to `/api/v1/family/previews` needs of you.",
        query: &[],
        answer: Body::OwnCover,
        answered: "Area, kind of insurance, age, and what the operator declares of areas.",
        ..READ
    },
];

/// An example of a body.
pub fn example(body: Body) -> Option<Value> {
    let notice = json!({
        "number": 42, "kind": "paid", "at": "2026-11-02T04:00:00.000000Z", "side": "giver", "kin": "parent",
        "relation": "6f708192a3b4c5d6e7f8091122334455", "amount_fen": 12_800, "institution": "羊城示范医院（演示）",
    });
    Some(match body {
        Body::Notices => json!({ "notices": [notice], "unseen": 1 }),
        Body::SeenAsk => json!({ "number": 42 }),
        Body::Events => json!(format!("id: 42\nevent: notice\ndata: {notice}\n\n")),
        Body::OwnCover => json!({ "area": "440100", "cover": "employee", "age": 38, "opened": ["44"] }),
        _ => return None,
    })
}
