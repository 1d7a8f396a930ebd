//! Packs that one area sells and another looks after.

use wallet_ledger::{Micros, OwnerId};
use wallet_store::{PacksNews, Take, Uses, Written};

use crate::Any;
use crate::rx::{KEYS, order};
use crate::town::Dial;

const PACK: &str = "81234567890000000001";
const OTHER: &str = "81234567890000000002";
const HOME: u32 = 440_100;
const AREA: OwnerId = OwnerId(450_100);

fn whole(trace: &str) -> Take {
    Take { trace: trace.into(), drug: "X".into(), content: 24, units: 24 }
}

/// Where it is looked after: taken once for a sale, for no other until it is given back, and never again for that sale.
pub async fn a_pack_is_taken_for_one_sale_of_any_area(store: Any, _: Dial) {
    let Some(desk) = store.desk(KEYS) else { return };
    let take = async |sale: u128, traces: &[&str]| {
        let takes: Vec<Take> = traces.iter().map(|trace| whole(trace)).collect();
        desk.take_packs_for(sale, AREA, &takes, Micros(10)).await.unwrap()
    };
    assert_eq!(take(1, &[PACK]).await, None);
    assert_eq!(take(1, &[PACK]).await, None, "asked again, it is the same");
    assert_eq!(desk.pack(PACK).await.unwrap().unwrap().uses.len(), 1);
    assert_eq!(take(2, &[OTHER, PACK]).await.as_deref(), Some(PACK));
    assert_eq!(desk.pack(OTHER).await.unwrap(), None, "all or nothing");
    assert_eq!(
        desk.begin_order(&order(5, 1, 50), &Uses { packs: &[whole(PACK)], ..Uses::default() }).await.unwrap(),
        Written::PackShort(PACK.into())
    );
    desk.free_packs(1, Micros(20)).await.unwrap();
    assert_eq!(take(1, &[PACK]).await.as_deref(), Some(PACK), "a note that comes late begins nothing");
    assert_eq!(take(2, &[OTHER, PACK]).await, None);
    desk.hold_back_packs(2, Some(&[PACK.to_owned()]), Micros(30)).await.unwrap();
    assert_eq!(take(3, &[PACK]).await.as_deref(), Some(PACK), "nobody has looked at it");
    assert!(desk.look_at_pack(PACK, true).await.unwrap());
    assert_eq!(take(3, &[PACK]).await, None);
}

/// Where it is sold: whoever is killed when, the area that looks after it hears what became of it, and a sale that was
/// given up does not begin.
pub async fn what_was_asked_for_is_sold_or_given_back(store: Any, _: Dial) {
    let Some(desk) = store.desk(KEYS) else { return };
    let ask = async |sale: u128, asked_as: u128, at: i64| {
        desk.ask_packs_afar(sale, asked_as, &[(HOME, PACK.into())], Micros(at)).await.unwrap()
    };
    let begin = async |sale: u128| {
        desk.begin_order(&order(sale, 1, 50), &Uses { packs: &[whole(PACK)], ..Uses::default() }).await.unwrap()
    };
    let news = async || desk.packs_news(HOME, 10).await.unwrap();
    let told = |sale, asked_as, came_back| PacksNews { sale, asked_as, came_back, traces: vec![PACK.into()] };
    // Asked for and never begun.
    assert!(ask(1, 11, 100).await);
    assert!(!ask(1, 12, 101).await, "it is not known yet what became of it");
    desk.give_up_old_packs_afar(Micros(100)).await.unwrap();
    assert_eq!(news().await, [], "not so soon");
    desk.give_up_old_packs_afar(Micros(101)).await.unwrap();
    assert_eq!(news().await, [told(1, 11, false)]);
    assert_eq!(begin(1).await, Written::PackShort(String::new()), "whoever was slow does not sell it");
    assert!(!ask(1, 12, 102).await, "the other area has not heard yet");
    desk.packs_told(&told(1, 11, false)).await.unwrap();
    assert_eq!(news().await, []);
    // Asked for and sold: that is nothing to tell, until it comes back.
    assert!(ask(1, 12, 103).await);
    assert_eq!(begin(1).await, Written::Done);
    assert_eq!(desk.give_up_packs_afar(1).await.unwrap(), [0_u32; 0]);
    desk.give_up_old_packs_afar(Micros(1_000)).await.unwrap();
    assert_eq!(news().await, []);
    desk.hold_back_packs(1, None, Micros(200)).await.unwrap();
    assert_eq!(news().await, [told(1, 12, true)]);
    assert_eq!(desk.packs_news(HOME + 1, 10).await.unwrap(), [], "of another area's");
    desk.packs_told(&told(1, 12, true)).await.unwrap();
    assert_eq!(news().await, []);
    // Sold and taken back before it was handed over.
    assert!(desk.look_at_pack(PACK, true).await.unwrap());
    assert!(ask(2, 21, 300).await);
    assert_eq!(begin(2).await, Written::Done);
    desk.free_packs(2, Micros(400)).await.unwrap();
    assert_eq!(news().await, [told(2, 21, false)]);
}
