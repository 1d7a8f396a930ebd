//! What is spent once, whoever asks at the same time.

use std::sync::Arc;

use wallet_ledger::{Micros, OwnerId};
use wallet_store::{TokenRow, Uses, Vault, Written};

use crate::Any;
use crate::rx::order;
use crate::town::Dial;

/// Two counters may both have seen a token that is not spent yet; one of them settles by it.
pub async fn a_token_is_spent_on_one_order(store: Any, _: Dial) {
    let desk = match &store {
        // Codes are not kept there: nobody pays from books that are gone with the program.
        Any::Memory(_) => return,
        Any::Sqlite(store, _) => store.desk(Arc::new(Vault::demo())),
        Any::Postgres(store) => store.desk(Arc::new(Vault::demo())),
    };
    let (patient, institution) = (OwnerId(1), OwnerId(2));
    let token =
        TokenRow { digest: [7; 32], patient, institution, until: Micros(i64::MAX), body: "{}".into(), spent: None };
    desk.put_token(&token).await.unwrap();
    let uses = |digest: u8| Uses { token: Some([digest; 32]), ..Uses::default() };
    let begin = async |id: u128, digest: u8| desk.begin_order(&order(id, 1, 5), &uses(digest)).await.unwrap();
    let (first, second) = tokio::join!(begin(1, 7), begin(2, 7));
    assert!((first == Written::Done) != (second == Written::Done), "{first:?} {second:?}");
    let (on, other) = if first == Written::Done { (1, 2) } else { (2, 1) };
    assert_eq!(begin(on, 7).await, Written::OrderMoved, "the same order again");
    assert_eq!(begin(other, 7).await, Written::TokenSpent);
    assert_eq!(desk.any_order(other).await.unwrap(), None, "all or nothing");
    assert_eq!(desk.token([7; 32]).await.unwrap().unwrap().spent, Some(on));
    assert_eq!(begin(3, 8).await, Written::TokenSpent, "nobody made this one");
}
