//! What people are told, whoever tells it at the same time.

use std::sync::Arc;

use wallet_ledger::{AccountId, AccountKind, Command, Fund, HoldId, OpenAccount, Outcome, OwnerId, Purpose};
use wallet_store::{Desk, Gift, Vault};

use crate::Any;
use crate::rules::town;
use crate::town::{Dial, PEOPLE, START, asked, leg, person, transfer};

const GIVER: OwnerId = OwnerId(PEOPLE);
const TAKER: OwnerId = OwnerId(PEOPLE + 500);
const FROM: AccountId = AccountId(900);
const TO: AccountId = AccountId(901);

/// Several programs have read the same lines before the first of them writes what these came to.
pub async fn programs_that_tell_at_once_tell_once(store: Any, _: Dial) {
    let desk = match &store {
        // People are told by way of a database only.
        Any::Memory(_) => return,
        Any::Sqlite(store, _) => store.desk(Arc::new(Vault::demo())),
        Any::Postgres(store) => store.desk(Arc::new(Vault::demo())),
    };
    town(&store, 1, 1000).await;
    let open = |id: AccountId, owner| {
        let kind = AccountKind::Wallet;
        let command = Command::Open(OpenAccount { id, kind, fund: Fund::Account, owner, parent: None });
        asked(&format!("wallet-{}", id.0), command)
    };
    let fill = transfer("fill", 1, Purpose::TopUp, vec![leg(person(0), FROM, 1000)]);
    done(&store, 2, [open(FROM, GIVER), open(TO, TAKER), fill].to_vec()).await;
    for round in 1..=3 {
        let hold = HoldId(round);
        let gift = Gift { hold, relation: 9, giver: GIVER, taker: TAKER, made_at: START };
        desk.put_gift(&gift).await.unwrap();
        let (purpose, legs, until) = (Purpose::WalletTransfer, vec![leg(FROM, TO, 1)], START.plus(1_000_000));
        let give = asked(&format!("give-{round}"), Command::Hold { id: hold, purpose, legs, until });
        done(&store, 10 * round, vec![give]).await;
        told(&desk).await;
        done(&store, 10 * round + 1, vec![asked(&format!("refuse-{round}"), Command::Void { hold })]).await;
        told(&desk).await;
        let each = u64::try_from(round).unwrap();
        let counts = (desk.unseen(TAKER).await.unwrap(), desk.unseen(GIVER).await.unwrap());
        assert_eq!(counts, (each, each), "of so many that wait, and so many that were refused");
    }
}

async fn done(store: &Any, batch: u128, requests: Vec<wallet_store::Asked>) {
    let committed = store.commit(batch, &requests).await.unwrap();
    assert!(committed.answers.iter().all(|a| a.outcome() == Some(Outcome::Done)), "{:?}", committed.answers);
}

async fn told(desk: &Desk) {
    let all = tokio::join!(desk.tell(), desk.tell(), desk.tell(), desk.tell());
    for last in [all.0, all.1, all.2, all.3] {
        last.unwrap();
    }
}
