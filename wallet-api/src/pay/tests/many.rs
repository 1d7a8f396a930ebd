//! More relatives share with one person than a transfer can be drawn on.

use wallet_ledger::{Fund, LEGS_MAX, Leg, OpenAccount, Outcome, Purpose, TransferId};
use wallet_store::{Consent, Invitation, InvitationState, Person, Relation};

use super::*;
use crate::family::RELATIVES_MAX;
use crate::wallet::{Key, Operation, Order as Asked};

const RELATIVES: u128 = 40;
/// What each of them shares.
const EACH: i64 = 100;

async fn carry_out(house: &House, name: &str, commands: Vec<Command>) {
    let key = Key { tenant: 0, operation: Operation::Batch, key: name.into() };
    let answers = house.wallet.answers(&Asked { key, commands, body: &name }).await.unwrap();
    assert!(answers.iter().all(|answer| answer.outcome() == Some(Outcome::Done)), "{answers:?}");
}

/// Somebody like the daughter shares with her father, the longer the higher the number.
async fn shares(house: &House, n: u128) -> Relation {
    let (desk, father) = (&house.wallet.desk, house.wallet.known(id("father1")).await.unwrap());
    let daughter = house.wallet.known(id("daughter1")).await.unwrap();
    let like = desk.relations(father.owner).await.unwrap().into_iter().find(|r| r.giver == daughter.owner).unwrap();
    let (owner, id) = (OwnerId(1_000 + n), 2_000 + n);
    let mut lookup = [0; 32];
    lookup[..16].copy_from_slice(&id.to_be_bytes());
    desk.put_person(&Person { owner, lookup, ..daughter }).await.unwrap();
    let since = Micros(like.since.0 - i64::try_from(n + 1).unwrap() * 86_400_000_000);
    let relation = Relation { id, giver: owner, since, ..like };
    let (kind, kin) = (relation.kind.clone(), relation.kin.clone());
    let invitation = Invitation {
        id,
        code: lookup,
        inviter: owner,
        invitee: father.lookup,
        lookup_key: father.lookup_key,
        kind,
        kin,
        made_at: since,
        until: Micros(i64::MAX),
        state: InvitationState::Waiting,
    };
    let consent = |person| Consent {
        relation: id,
        person,
        purpose: "share_personal_account".into(),
        rules: String::new(),
        given_at: since,
        withdrawn_at: None,
    };
    desk.invite(&invitation, &[], &consent(owner)).await.unwrap();
    assert!(desk.relate(&relation, &[consent(father.owner)]).await.unwrap());
    relation
}

/// What the relative has set aside.
fn set_aside(relation: &Relation) -> Vec<Command> {
    let (giver, quota) = (relation.giver, AccountId(relation.id));
    let personal = AccountId(3_000 + relation.id);
    let open = |id, kind, parent| Command::Open(OpenAccount { id, kind, fund: Fund::Account, owner: giver, parent });
    let amount = fen(EACH);
    let legs = vec![Leg { from: AccountId(crate::seed::id("funding")), to: personal, amount }];
    vec![
        open(personal, AccountKind::Personal, None),
        Command::Transfer { id: TransferId(4_000 + relation.id), purpose: Purpose::Credit, legs },
        open(quota, AccountKind::Quota, Some(personal)),
        Command::SetQuota { quota, id: TransferId(5_000 + relation.id), usable: amount },
    ]
}

#[tokio::test]
async fn of_more_relatives_than_fit_the_first_pay_and_the_rest_is_cash() {
    let house = House::new().await;
    let mut relations = Vec::new();
    for n in 0..RELATIVES {
        let relation = shares(&house, n).await;
        carry_out(&house, &format!("relative {n}"), set_aside(&relation)).await;
        relations.push(relation);
    }
    let order = house.settle("a", &bill("father1", stay(3_000_000)), &cash("x")).await;
    assert_eq!(order.state, OrderState::Settled);
    let paid = order.bill.unwrap();
    assert!(paid.legs.len() <= LEGS_MAX, "{} legs", paid.legs.len());
    let from: Vec<u128> = paid.parts.iter().filter_map(|part| part.relation.map(|id| id.0)).collect();
    let longest: Vec<u128> = relations.iter().rev().take(RELATIVES_MAX).map(|relation| relation.id).collect();
    assert_eq!(from, longest, "who has shared the longest pays first");
    assert_eq!(paid.figures.acct_mulaid_pay_fen.get(), EACH * i64::try_from(RELATIVES_MAX).unwrap());
    assert_eq!(paid.cash.amount, paid.figures.psn_cash_pay_fen);

    // Who ended it, and who has nothing, takes no place.
    let now = house.wallet.now();
    for relation in relations.iter().rev().take(RELATIVES_MAX + 5) {
        house.wallet.desk.end_relation(relation, None, "asked", now).await.unwrap();
    }
    let order = house.settle("b", &bill("father1", stay(3_000_000)), &cash("x")).await;
    let parts = order.bill.unwrap().parts;
    let from: Vec<u128> = parts.iter().filter_map(|part| part.relation.map(|id| id.0)).collect();
    let others = relations.iter().rev().skip(RELATIVES_MAX + 5).map(|relation| relation.id);
    let daughter =
        house.wallet.desk.relations(id("father1")).await.unwrap().into_iter().find(|r| r.giver == id("daughter1"));
    assert_eq!(from, others.chain(daughter.map(|relation| relation.id)).collect::<Vec<_>>());
}
