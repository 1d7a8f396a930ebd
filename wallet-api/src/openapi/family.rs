//! What relatives can ask of the wallet.

use serde_json::{Value, json};

use super::operations::{Body, Operation};
use super::wallet::{READ, WRITE};

/// Without a key of the client's: asked again it changes nothing.
const ONCE: Operation = Operation { headers: &[], status: "200", request: None, ..WRITE };

pub const ALL: &[Operation] = &[
    Operation {
        path: "/api/v1/wallet/family/invitations",
        id: "invitations",
        summary: "Invitations that you made, and those for you",
        description: "The latest first. Who made one sees its code; who is invited is told the code by them.",
        query: &[],
        answer: Body::Invitations,
        answered: "Invitations.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/family/invitations",
        id: "invite",
        summary: "Invite a relative",
        description: "Binds the invitation to an identity number, of which a keyed digest is kept. Nothing is said of whether anybody here has it. The consent of who invites is recorded with the time and the edition of the rules.",
        request: Some(Body::InvitationAsk),
        answer: Body::Invitation,
        answered: "Invited, with the code to pass on.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/family/invitations/{invitation}/withdrawal",
        id: "withdraw_invitation",
        summary: "Take an invitation back",
        description: "By who made it, as long as nobody has accepted it.",
        answer: Body::Invitation,
        answered: "Taken back.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/family/acceptances",
        id: "accept_invitation",
        summary: "Accept an invitation",
        description: "By the person whom it is for, until it expires. Any other code, or anybody else with it, gets 404 and learns nothing. Whether the two may share is decided by the same rules as `/api/v1/family/previews`; a refusal names the condition.",
        request: Some(Body::AcceptanceAsk),
        answer: Body::Relation,
        status: "201",
        answered: "Related.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/family/relations",
        id: "relations",
        summary: "Your relations",
        description: "The oldest first, ended ones too. Who is shared with sees what they may still use and nothing of the sharer's account.",
        query: &[],
        answer: Body::Relations,
        answered: "Relations.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/family/relations/{relation}",
        id: "relation",
        summary: "One relation",
        description: "For its two sides. The giver finds every draw, with date, amount and institution, in the statement of `account`.",
        query: &[],
        answer: Body::Relation,
        answered: "The relation.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/family/relations/{relation}/dissolution",
        id: "dissolve_relation",
        summary: "End a relation",
        description: "By either side. From then on nothing new is drawn; settlements under way end first, and what is not used goes back to the sharer's account, once.",
        answer: Body::Relation,
        answered: "Ended.",
        ..ONCE
    },
    Operation {
        path: "/api/v1/wallet/family/relations/{relation}/quota",
        id: "set_quota",
        summary: "Set what a relative may use",
        description: "By the giver: so much may be used from now on. Raises, lowers, or takes all of it back with 0. What settlements under way hold is not touched.",
        request: Some(Body::QuotaAsk),
        status: "200",
        answered: "Booked, with your balances.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/family/payments",
        id: "pay",
        summary: "Pay, from your own money first and then from relatives'",
        description: "The order and the split over several relatives are the core's; all of it is drawn or nothing. What is left is cash, which a premium does not allow. With `until` the money is held, and the institution posts it.",
        request: Some(Body::PaymentAsk),
        answer: Body::Payment,
        answered: "Paid or held, with where it was drawn.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/family/transfers",
        id: "gifts",
        summary: "Transfers between your wallet and relatives'",
        description: "The latest first, waiting or not.",
        query: &[],
        answer: Body::Gifts,
        answered: "Transfers.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/family/transfers",
        id: "give",
        summary: "Send money to a relative's wallet",
        description: "It waits to be accepted, and goes back by itself at the hour that the area's rules name. How much, how often and at which hours are the area's rules too.",
        request: Some(Body::GiftAsk),
        answered: "It waits. `hold` is its id.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/family/transfers/{gift}/acceptance",
        id: "accept_gift",
        summary: "Accept a transfer",
        description: "By whom it is for. It is final.",
        status: "200",
        answered: "The money is in your wallet.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/family/transfers/{gift}/refusal",
        id: "refuse_gift",
        summary: "Refuse a transfer",
        description: "By whom it is for. The money goes back; the transfer still counts toward the sender's day.",
        status: "200",
        answered: "It went back.",
        ..WRITE
    },
    Operation {
        path: "/api/v1/wallet/payees",
        id: "payees",
        summary: "Whom one can pay",
        description: "Accounts of institutions, and those in which premiums are collected, by their public names.",
        query: &[],
        answer: Body::Payees,
        answered: "Payees.",
        ..READ
    },
    Operation {
        path: "/api/v1/wallet/people",
        id: "register_person",
        summary: "Register how somebody is insured",
        description: "By the area. Relations of who is not insured any more, or insured elsewhere, end by it.",
        request: Some(Body::PersonAsk),
        answer: Body::Person,
        answered: "Registered.",
        ..ONCE
    },
];

/// An example of a body. Ids and codes are made up, and the identity number is of no area.
pub fn example(body: Body) -> Option<Value> {
    let (relation, account, person) =
        ("6f708192a3b4c5d6e7f8091122334455", "0f6c1e0b5a3d4c7e9a1b2c3d4e5f6071", "708192a3b4c5d6e7f809112233445566");
    let invitation = json!({
        "id": relation, "side": "giver", "kind": "share", "kin": "parent", "state": "waiting",
        "code": "7K3QWM-0ZD9HP-V2X8RT-NB4C6J", "made_at": "2026-11-02T02:00:00.000000Z",
        "until": "2026-11-05T02:00:00.000000Z",
    });
    let consent = |side: &str, at: &str| json!({ "side": side, "purpose": "share_personal_account", "rules": "9f2c".repeat(16), "given_at": at });
    let related = json!({
        "id": relation, "side": "giver", "kind": "share", "kin": "parent", "since": "2026-11-02T03:00:00.000000Z",
        "giver_area": "440100", "model": "quota", "account": relation, "usable_fen": 187_200, "held_fen": 0, "used_fen": 12_800,
        "consents": [
            consent("giver", "2026-11-02T02:00:00.000000Z"), consent("taker", "2026-11-02T03:00:00.000000Z"),
        ],
    });
    Some(match body {
        Body::InvitationAsk => {
            json!({ "kind": "share", "kin": "parent", "id_number": "000000195809120033", "consent": true })
        }
        Body::Invitation => invitation,
        Body::Invitations => json!({ "invitations": [invitation] }),
        Body::AcceptanceAsk => json!({ "code": "7K3QWM-0ZD9HP-V2X8RT-NB4C6J", "consent": true }),
        Body::Relation => related,
        Body::Relations => json!({ "relations": [related] }),
        Body::QuotaAsk => json!({ "usable_fen": 200_000 }),
        Body::PaymentAsk => json!({ "to": account, "use": "institution", "amount_fen": 12_800 }),
        Body::Payment => json!({
            "transfer": "2c3d4e5f60718293a4b5c6d7e8f90112", "entry": 41,
            "draws": [{ "from": "sharer", "relation": relation, "amount_fen": 12_800 }], "cash_fen": 0,
            "balances": [],
        }),
        Body::GiftAsk => json!({ "relation": relation, "amount_fen": 20_000 }),
        Body::Gifts => json!({ "transfers": [{
            "id": "3d4e5f60718293a4b5c6d7e8f9011223", "relation": relation, "side": "giver", "amount_fen": 20_000,
            "state": "pending", "made_at": "2026-11-02T04:00:00.000000Z", "until": "2026-11-02T22:00:00.000000Z",
        }] }),
        Body::Payees => json!({ "payees": [{
            "account": account, "kind": "institution", "name": "羊城示范医院（演示）",
        }] }),
        Body::PersonAsk => json!({
            "person": person, "id_number": "000000195809120033", "area": "450800", "cover": "resident",
            "born": "1958-09-12",
        }),
        Body::Person => json!({ "person": person, "ended": [] }),
        _ => return None,
    })
}
