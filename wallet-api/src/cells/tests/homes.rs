//! Packs that are looked after here and sold elsewhere.

use super::*;
use crate::cells::ask::{PackDeed, PackTake, PacksAnswer};
use wallet_types::Id;

const PACK: &str = "81234567890000000001";

fn take(trace: &str, units: u32) -> PackDeed {
    PackDeed::Take(vec![PackTake { trace: trace.into(), drug: "X".into(), content: 24, units }])
}

async fn asked(wallet: &Wallet, peer: CellId, deed: PackDeed) -> Option<Option<String>> {
    let question = serde_json::to_vec(&Question::Packs { sale: Id(1), deed }).unwrap();
    let answer = wallet.answer_peer(peer, &question).await.ok()?;
    let PacksAnswer { short } = serde_json::from_slice(&answer).unwrap();
    Some(short)
}

/// Sales of two areas may go by the same number; neither ends the other's.
#[tokio::test]
async fn packs_are_given_back_by_who_took_them() {
    let (wallet, _folder) = wallet().await;
    let short = Some(Some(PACK.to_owned()));
    assert_eq!(asked(&wallet, THERE, take(PACK, 24)).await, Some(None));
    assert_eq!(asked(&wallet, HOME, take(PACK, 24)).await, short, "it was sold");
    assert_eq!(asked(&wallet, HOME, PackDeed::Free).await, Some(None));
    assert_eq!(asked(&wallet, HOME, PackDeed::HoldBack(vec![PACK.into()])).await, Some(None));
    let pack = wallet.desk.pack(PACK).await.unwrap().unwrap();
    assert_eq!((pack.sold, pack.held_back), (24, None), "it was not theirs to give back");
    assert_eq!(asked(&wallet, THERE, PackDeed::Free).await, Some(None));
    assert_eq!(asked(&wallet, HOME, take(PACK, 24)).await, Some(None));
}

#[tokio::test]
async fn what_no_line_could_have_is_not_taken() {
    let (wallet, _folder) = wallet().await;
    let many = vec![PackTake { trace: PACK.into(), drug: "X".into(), content: 1, units: 1 }; 4_097];
    for deed in [take("short", 1), take("812345678900000000 1", 1), take(PACK, 0), take(PACK, 25), PackDeed::Take(many)]
    {
        assert_eq!(asked(&wallet, THERE, deed).await, None);
    }
    assert_eq!(wallet.desk.pack(PACK).await.unwrap(), None);
}
