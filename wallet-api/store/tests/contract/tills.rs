//! What a till reads and begins in one way to the database is what step by step would have come to.

use wallet_ledger::{AccountId, Micros, OwnerId};
use wallet_store::{
    Actor, Desk, Filing, Person, Provider, RecordsOf, Standing, TokenRow, Uses, Written, YearChange, YearRow,
};

use crate::Any;
use crate::rx::{KEYS, order};
use crate::town::{Dial, PEOPLE, founding};

/// Who has the hospital's account.
const INSTITUTION: OwnerId = OwnerId(7);
const PATIENT: OwnerId = OwnerId(PEOPLE);

fn token(digest: u8) -> TokenRow {
    let (patient, institution) = (PATIENT, INSTITUTION);
    TokenRow { digest: [digest; 32], patient, institution, until: Micros(i64::MAX), body: "{}".into(), spent: None }
}

fn year(from_version: i64) -> YearChange {
    YearChange { owner: PATIENT, year: 2026, from_version, body: format!("{from_version}") }
}

async fn begun(desk: Desk, id: u128, digest: Option<u8>, from: i64) -> Written {
    let year = year(from);
    let uses = Uses { token: digest.map(|digest| [digest; 32]), year: Some(&year), ..Uses::default() };
    desk.begin_order(&order(id, PEOPLE, 50), &uses).await.unwrap()
}

/// All or nothing of an order, its token and its year, also where several want the same at once.
pub async fn an_order_is_begun_with_its_token_and_its_year(store: Any, _: Dial) {
    let Some(desk) = store.desk(KEYS) else { return };
    for digest in 1..=3 {
        desk.put_token(&token(digest)).await.unwrap();
    }
    let begin = async |id: u128, digest: Option<u8>, from: i64| begun(desk.clone(), id, digest, from).await;
    let stands = async |id: u128, digest: u8| {
        let there = desk.any_order(id).await.unwrap().is_some();
        let spent = desk.token([digest; 32]).await.unwrap().unwrap().spent;
        (there, spent, desk.benefit_year(PATIENT, 2026).await.unwrap().version)
    };
    assert_eq!(begin(1, Some(1), 0).await, Written::Done);
    assert_eq!(stands(1, 1).await, (true, Some(1), 1));
    assert_eq!(begin(1, Some(1), 1).await, Written::OrderMoved, "the same order again");
    assert_eq!(begin(2, Some(1), 1).await, Written::TokenSpent);
    assert_eq!(stands(2, 1).await, (false, Some(1), 1));
    for stale in [0, 7] {
        assert_eq!(begin(2, Some(2), stale).await, Written::YearMoved);
        assert_eq!(stands(2, 2).await, (false, None, 1), "nothing of it was done");
    }
    assert_eq!(begin(1, Some(2), 1).await, Written::OrderMoved);
    assert_eq!(stands(2, 2).await, (false, None, 1));
    assert_eq!(begin(2, Some(2), 1).await, Written::Done);
    assert_eq!(begin(3, None, 2).await, Written::Done, "without a token");
    assert_eq!(begin(4, Some(9), 3).await, Written::TokenSpent, "nobody made this one");
    let at_once: Vec<_> = (10..18).map(|id| tokio::spawn(begun(desk.clone(), id, Some(3), 3))).collect();
    let mut done = 0;
    for one in at_once {
        done += i32::from(one.await.unwrap() == Written::Done);
    }
    assert_eq!(done, 1, "one of many gets the token and the year");
    assert_eq!(desk.benefit_year(PATIENT, 2026).await.unwrap(), YearRow { version: 4, body: Some("3".into()) });
}

pub async fn what_a_till_reads_at_once_is_what_is_on_record(store: Any, _: Dial) {
    let Some(desk) = store.desk(KEYS) else { return };
    store.commit(1, &founding(2, 5_000)).await.unwrap();
    let person = Person {
        owner: PATIENT,
        lookup: [5; 32],
        lookup_key: "one".into(),
        area: "450800".into(),
        cover: "employee".into(),
        born: Some("1990-01-01".into()),
        without_phone: false,
        died: None,
    };
    let provider = Provider {
        owner: INSTITUTION,
        code: "H45080000001".into(),
        area: "450800".into(),
        level: "3".into(),
        kind: "hospital".into(),
    };
    desk.put_person(&person).await.unwrap();
    desk.put_provider(&provider).await.unwrap();
    desk.put_insured(PATIENT, "{\"terms\":1}").await.unwrap();
    desk.put_token(&token(1)).await.unwrap();
    for (id, at) in [(1, 50), (2, 70), (3, 60)] {
        let year = year(id - 1);
        let uses = Uses { year: Some(&year), ..Uses::default() };
        let id = u128::try_from(id).unwrap();
        assert_eq!(desk.begin_order(&order(id, PEOPLE, at), &uses).await.unwrap(), Written::Done);
    }
    for (filing, kind, from, until) in [
        ("1", "choice", "2026-01-01", "2026-12-31"),
        ("2", "choice", "2026-06-01", "2026-12-31"),
        ("3", "referral", "2026-01-01", "2026-12-31"),
        ("4", "choice", "2027-01-01", "2027-12-31"),
    ] {
        let (code, kind) = (provider.code.clone(), kind.to_owned());
        let (filing, from, until) = (filing.to_owned(), from.to_owned(), until.to_owned());
        desk.nhsa_file_for(&Filing { code, filing, owner: PATIENT, kind, from, until, body: "{}".into() })
            .await
            .unwrap();
    }
    for (id, from, approved) in [(1, "2026-03-01", true), (2, "2026-02-01", true), (3, "2026-01-01", false)] {
        let standing = Standing {
            id,
            kind: "suspended".into(),
            code: provider.code.clone(),
            from: from.into(),
            until: Some("2026-12-01".into()),
            reason: "x".into(),
            asked_by: 1,
            approved_by: None,
        };
        desk.ask_standing(&standing).await.unwrap();
        if approved {
            desk.approve_standing(id, 2).await.unwrap();
        }
    }

    let of = |agreed| {
        let code = provider.code.as_str();
        RecordsOf { institution: INSTITUTION, code, patient: PATIENT, filed: ("choice", "2026-07-01"), agreed }
    };
    let read = desk.records(&of("2026-07-01")).await.unwrap();
    let accounts = async |actor| desk.accounts(actor, AccountId(0), 500).await.unwrap();
    assert_eq!(read.theirs, accounts(Actor::Institution(INSTITUTION)).await);
    assert_eq!(read.own, accounts(Actor::Resident(PATIENT)).await);
    assert_eq!((read.theirs.len(), read.own.len()), (1, 1));
    assert_eq!(read.filings, desk.nhsa_filings(PATIENT, "choice", "2026-07-01").await.unwrap());
    assert_eq!(read.filings.iter().map(|filing| filing.filing.as_str()).collect::<Vec<_>>(), ["2", "1"]);
    assert_eq!(read.orders, desk.orders(Actor::Resident(PATIENT), Micros(i64::MAX), 50).await.unwrap());
    assert_eq!(read.orders.iter().map(|order| order.id).collect::<Vec<_>>(), [2, 3, 1]);
    for (day, forbids) in [("2026-01-31", None), ("2026-02-01", Some(2)), ("2026-12-01", None)] {
        let standing = desk.records(&of(day)).await.unwrap().standing;
        assert_eq!(standing.map(|standing| standing.id), forbids, "{day}");
    }

    let at = desk.at_till([1; 32], 2026, Some(3)).await.unwrap().unwrap();
    assert_eq!(at.token, token(1));
    assert_eq!(at.sides, desk.sides(INSTITUTION, PATIENT, 2026).await.unwrap());
    assert_eq!(at.sides.unwrap().provider, Some(provider));
    assert_eq!(at.order, desk.any_order(3).await.unwrap());
    assert_eq!(desk.at_till([1; 32], 2026, Some(9)).await.unwrap().unwrap().order, None);
    assert_eq!(desk.at_till([2; 32], 2026, None).await.unwrap(), None, "nobody made this token");
}
