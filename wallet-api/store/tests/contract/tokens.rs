//! What is spent once, whoever asks at the same time.

use std::sync::Arc;

use wallet_ledger::{Micros, OwnerId};
use wallet_store::{TokenRow, Vault};

use crate::Any;
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
    let (first, second) = tokio::join!(desk.spend_token([7; 32], 1), desk.spend_token([7; 32], 2));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert!(first != second, "{first} {second}");
    let (on, other) = if first { (1, 2) } else { (2, 1) };
    assert!(desk.spend_token([7; 32], on).await.unwrap(), "the same order again");
    assert!(!desk.spend_token([7; 32], other).await.unwrap());
    assert_eq!(desk.token([7; 32]).await.unwrap().unwrap().spent, Some(on));
    assert!(!desk.spend_token([8; 32], 1).await.unwrap(), "nobody made this one");
}
