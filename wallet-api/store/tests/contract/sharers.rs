//! Who shares with somebody is read in one way to the database and back: who does now, and nobody else.

use wallet_ledger::{AccountId, AccountKind, Command, Fund, Micros, OpenAccount, OwnerId};
use wallet_store::{Actor, Consent, Desk, Invitation, InvitationState, Person, RecordsOf, Relation, SharersOf};

use crate::Any;
use crate::rx::KEYS;
use crate::town::{Dial, PEOPLE, asked, founding, person};

const TAKER: OwnerId = OwnerId(PEOPLE);
const GUARDIAN: &str = "guardian_consents";

fn relation(id: u128, kind: &str, giver: u128, taker: OwnerId, since: i64) -> Relation {
    Relation {
        id,
        kind: kind.into(),
        kin: "child".into(),
        giver: OwnerId(PEOPLE + giver),
        taker,
        since: Micros(since),
        ended_at: None,
        ended_by: None,
        why: None,
        priority: 0,
    }
}

fn consent(relation: &Relation, person: OwnerId, purpose: &str) -> Consent {
    Consent {
        relation: relation.id,
        person,
        purpose: purpose.into(),
        rules: String::new(),
        given_at: relation.since,
        withdrawn_at: None,
    }
}

async fn agree(desk: &Desk, relation: &Relation) {
    let code = [u8::try_from(relation.id).unwrap(); 32];
    let invitation = Invitation {
        id: relation.id,
        code,
        inviter: relation.giver,
        invitee: code,
        lookup_key: String::new(),
        kind: relation.kind.clone(),
        kin: relation.kin.clone(),
        made_at: relation.since,
        until: Micros(i64::MAX),
        state: InvitationState::Waiting,
    };
    desk.invite(&invitation, &[], &consent(relation, relation.giver, "sharing")).await.unwrap();
    assert!(desk.relate(relation, &[consent(relation, relation.taker, "sharing")]).await.unwrap());
}

pub async fn who_shares_now_is_read_with_what_may_be_drawn(store: Any, _: Dial) {
    let Some(desk) = store.desk(KEYS) else { return };
    store.commit(1, &founding(5, 5_000)).await.unwrap();
    for n in 0..5 {
        let owner = OwnerId(PEOPLE + n);
        let lookup = [u8::try_from(n).unwrap() + 40; 32];
        let born = Some("1990-01-01".to_owned());
        let (area, cover, lookup_key) = ("450800".into(), "employee".into(), "one".into());
        let known = Person { owner, lookup, lookup_key, area, cover, born, without_phone: false, died: None };
        desk.put_person(&known).await.unwrap();
    }
    let records = async || {
        let (institution, code) = (OwnerId(7), "H45080000001");
        let of = RecordsOf { institution, code, patient: TAKER, filed: ("choice", "2026-07-01"), agreed: "2026-07-01" };
        desk.records(&of).await.unwrap().related
    };
    assert!(!records().await);
    // An account has the id of its relation.
    let all = [
        relation(51, "share", 1, TAKER, 20),
        relation(52, "share", 2, TAKER, 10),
        relation(53, "share", 3, TAKER, 5),
        relation(54, "helper", 4, TAKER, 1),
        relation(55, "share", 1, OwnerId(PEOPLE + 2), 1),
    ];
    for (n, relation) in (2..).zip(&all) {
        let (id, owner) = (AccountId(relation.id), relation.giver);
        let parent = Some(person(owner.0 - PEOPLE));
        let open = OpenAccount { id, kind: AccountKind::Quota, fund: Fund::Account, owner, parent };
        store.commit(n, &[asked(&format!("quota {n}"), Command::Open(open))]).await.unwrap();
        agree(&desk, relation).await;
    }
    desk.consent(&consent(&all[1], OwnerId(PEOPLE + 3), GUARDIAN)).await.unwrap();
    desk.end_relation(&all[2], None, "asked", Micros(30)).await.unwrap();
    assert!(records().await);

    let of = |taker, ended| SharersOf { taker, kind: "share", guardian: GUARDIAN, ended };
    let read = async |ended| -> Vec<(u128, bool)> {
        let sharers = desk.sharers(&of(TAKER, ended)).await.unwrap();
        for shared in &sharers {
            let relation = shared.relation.id;
            assert_eq!(Some(&shared.relation), desk.relation(relation).await.unwrap().as_ref());
            assert_eq!(Some(&shared.giver), desk.person(shared.relation.giver).await.unwrap().as_ref());
            assert_eq!(Some(&shared.quota), desk.account(Actor::Area, AccountId(relation)).await.unwrap().as_ref());
        }
        sharers.iter().map(|shared| (shared.relation.id, shared.guarded)).collect()
    };
    assert_eq!(read(false).await, [(52, true), (51, false)], "the oldest first");
    assert_eq!(read(true).await, [(53, false), (52, true), (51, false)], "who once did, too");
    desk.withdraw_consent(52, OwnerId(PEOPLE + 3), GUARDIAN, Micros(40)).await.unwrap();
    assert_eq!(read(false).await, [(52, false), (51, false)]);
    let theirs = desk.sharers(&of(OwnerId(PEOPLE + 1), false)).await.unwrap();
    assert!(theirs.is_empty(), "who shares is shared with by nobody");
}
