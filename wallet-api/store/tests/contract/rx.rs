//! Prescriptions and bills that wait: one of many gets them, whoever asks at the same time.

use wallet_ledger::{Micros, OrderState, OwnerId};
use wallet_store::{Offer, OrderRow, Rx, Uses, Written};

use crate::Any;
use crate::town::Dial;

pub const KEYS: &str = "one 000102030405060708090a0b0c0d0e0f";

pub fn order(id: u128, patient: u128, at: i64) -> OrderRow {
    OrderRow {
        id,
        institution: OwnerId(9),
        patient: Some(OwnerId(patient)),
        state: OrderState::Authorised,
        version: 1,
        made_at: Micros(at),
        changed_at: Micros(at),
        body: "null".into(),
    }
}

pub async fn a_prescription_is_dispensed_by_one_order(store: Any, _: Dial) {
    let Some(desk) = store.desk(KEYS) else { return };
    let rx = Rx { id: 5, patient: OwnerId(1), made_at: Micros(0), until: Micros(100), sale: None, body: "{}".into() };
    desk.put_rx(&rx).await.unwrap();
    assert_eq!(desk.open_rx(OwnerId(1), Micros(99)).await.unwrap(), std::slice::from_ref(&rx));
    assert_eq!(desk.open_rx(OwnerId(1), Micros(100)).await.unwrap(), [], "it is over");
    let uses = Uses { prescriptions: &[5], ..Uses::default() };
    let begin = async |order: &OrderRow| desk.begin_order(order, &uses).await.unwrap();
    assert_eq!(begin(&order(1, 2, 50)).await, Written::RxGone(5), "another's");
    assert_eq!(begin(&order(1, 1, 100)).await, Written::RxGone(5), "it is over");
    assert_eq!(desk.any_order(1).await.unwrap(), None, "all or nothing");
    let (first, second) = (order(1, 1, 50), order(2, 1, 50));
    let (one, two) = tokio::join!(begin(&first), begin(&second));
    assert!((one == Written::Done) != (two == Written::Done), "{one:?} {two:?}");
    let sold = desk.rx(5).await.unwrap().unwrap().sale.unwrap();
    assert_eq!(begin(&order(3, 1, 50)).await, Written::RxGone(5));
    desk.free_rx(3).await.unwrap();
    assert_eq!(desk.rx(5).await.unwrap().unwrap().sale, Some(sold), "another order's");
    desk.free_rx(sold).await.unwrap();
    assert_eq!(begin(&order(3, 1, 50)).await, Written::Done);
}

pub async fn a_bill_is_opened_by_one_person(store: Any, _: Dial) {
    let Some(desk) = store.desk(KEYS) else { return };
    let offer = Offer {
        id: 7,
        digest: [7; 32],
        institution: OwnerId(9),
        counter: None,
        meant: None,
        made_at: Micros(0),
        until: Micros(100),
        opened: None,
        body: "{}".into(),
    };
    desk.put_offer(&offer).await.unwrap();
    let open =
        async |who: u128, now: i64| desk.open_offer(7, OwnerId(who), Micros(now), Micros(now + 50)).await.unwrap();
    assert_eq!(open(1, 100).await, None, "it is over");
    let (one, two) = tokio::join!(open(1, 99), open(2, 99));
    assert!(one.is_some() != two.is_some(), "{one:?} {two:?}");
    let who = one.or(two).unwrap().opened.unwrap().0.0;
    assert!(open(who, 148).await.is_some(), "whoever opened it finds it again, also when nobody else could open it");
    assert_eq!(open(who, 149).await, None, "but not for ever");
    assert_eq!(open(3 - who, 120).await, None);
}

/// Whoever scans a bill that is not theirs does not keep it from whom it is for.
pub async fn a_bill_that_the_wrong_person_opened_is_opened_by_the_right_one(store: Any, _: Dial) {
    let Some(desk) = store.desk(KEYS) else { return };
    let offer = |id: u8, meant: Option<u128>| Offer {
        id: id.into(),
        digest: [id; 32],
        institution: OwnerId(9),
        counter: None,
        meant: meant.map(OwnerId),
        made_at: Micros(0),
        until: Micros(100),
        opened: None,
        body: "{}".into(),
    };
    let open = async |id: u128, who: u128| desk.open_offer(id, OwnerId(who), Micros(1), Micros(50)).await.unwrap();
    for made in [offer(7, None), offer(8, Some(2))] {
        desk.put_offer(&made).await.unwrap();
    }
    assert_eq!(open(8, 1).await, None, "it is somebody else's");
    assert_eq!(open(8, 2).await.unwrap().meant, Some(OwnerId(2)), "and was left to them");

    let release = async |who: u128, barred: bool| desk.release_offer(7, OwnerId(who), barred).await.unwrap();
    assert!(open(7, 1).await.is_some());
    release(2, true).await;
    assert_eq!(desk.offer(7).await.unwrap().unwrap().opened.unwrap().0, OwnerId(1), "not who has it");
    release(1, false).await;
    assert_eq!(desk.offer(7).await.unwrap().unwrap().opened, None);
    assert!(open(7, 1).await.is_some(), "who gave it back may come again");
    release(1, true).await;
    assert_eq!(open(7, 1).await, None, "whom the till let go of may not");
    assert!(open(7, 2).await.is_some());
}
