//! What other areas paid, seen from the area of treatment. The test is the other area.

use wallet_courier::{Content, Seal};
use wallet_ledger::{CellId, DrawId, Fund, Leg, Letter, Message, Outcome, Purpose, TransferId};
use wallet_types::{Id, Part};

use super::*;
use crate::cells::FarLeg;
use crate::pay::bank;
use crate::settings::Peer;
use crate::wallet::Operation;

const HERE: CellId = CellId(440_100);
const HOME: CellId = CellId(450_800);

/// A hospital whose patient is insured in an area that nobody answers for.
async fn house() -> House {
    let (folder, hands) = (tempfile::tempdir().unwrap(), Arc::new(AtomicI64::new(MORNING)));
    let peer = Peer { url: "http://127.0.0.1:9".into(), key: Default::default() };
    let wallet = open_with(folder.path(), true, &hands, |settings| {
        settings.cells.peers.insert(HOME.to_string(), peer);
    });
    let wallet = wallet.await;
    seed_demo(&wallet).await.unwrap();
    House { wallet, engine: engine(), hands, folder }
}

impl House {
    /// An order of 80 yuan: 30 by somebody here, 50 by an account of the other area.
    async fn order_afar(&self) -> Order {
        let like = self.settle("like", &bill("father1", stay(3_000_000)), &cash("x")).await;
        let own = self.wallet.account_of(id("resident1"), AccountKind::Personal).await.unwrap().unwrap().id;
        let to = self.wallet.owed_by_people(hospital()).await.unwrap().id;
        let part = |from, area: Option<&str>, amount| {
            let area = area.map(str::to_owned);
            Part { from, fund: None, relation: None, area, amount_fen: fen(amount) }
        };
        let mut order = Order { id: like.id ^ 1, state: OrderState::Authorised, version: 1, ..like };
        let bill = order.bill.as_mut().unwrap();
        bill.parts = vec![part(PartFrom::Own, None, 3_000), part(PartFrom::Relative, Some("450800"), 5_000)];
        bill.legs = vec![Leg { from: own, to, amount: fen(3_000) }];
        bill.afar = vec![FarLeg { cell: HOME.0, account: Id(7), amount: fen(5_000) }];
        bill.lasting.clear();
        (bill.cash.amount, bill.cash.state, bill.handed) = (Fen::ZERO, CashState::None, false);
        let year = self.wallet.desk.benefit_year(id("father1"), 2026).await.unwrap().version;
        let order = self.wallet.begin(order, wallet_store::Uses::default(), year).await.unwrap().unwrap();
        let bill = order.bill.clone().unwrap();
        self.wallet.drive_afar(order, &bill, None).await.unwrap()
    }

    async fn peer_says(&self, number: u64, message: Message) {
        let letter = Letter { from: HOME, to: HERE, number, message };
        let note = Seal::demo(HOME).unwrap().note(HERE, Content::Letters(vec![letter])).unwrap();
        self.wallet.take_note(&note).await.unwrap();
    }

    async fn state(&self, order: u128) -> OrderState {
        self.wallet.go_on_afar(order).await.unwrap();
        self.wallet.again(order).await.unwrap().state
    }

    async fn owed_by_home(&self) -> i64 {
        let link = self.wallet.database.link_to(HOME).await.unwrap().unwrap();
        self.wallet.desk.account(Actor::Area, link.terms.account).await.unwrap().unwrap().posted.get()
    }

    /// The hospital's account is paid out to the last fen.
    async fn pay_out(&self) {
        let bank = bank("440100", Fund::Account);
        self.wallet.open_missing(std::slice::from_ref(&bank)).await.unwrap();
        let from = self.wallet.owed_by_people(hospital()).await.unwrap().id;
        let amount = self.wallet.desk.account(Actor::Area, from).await.unwrap().unwrap().posted;
        let legs = vec![Leg { from, to: bank.id, amount }];
        let command = Command::Transfer { id: TransferId(99), purpose: Purpose::PayOut, legs };
        assert_eq!(self.wallet.book_order(99, Operation::PayBatch, command).await.unwrap(), Ok(()));
    }
}

#[tokio::test]
async fn an_area_that_does_not_answer_is_named_and_not_counted() {
    let house = house().await;
    let pre = house.wallet.presettle(&house.engine, &bill("father1", stay(3_000_000))).await.unwrap();
    assert_eq!(pre.silent, ["450800"]);
    assert!(pre.afar.is_empty());
    assert_eq!(pre.figures.acct_mulaid_pay_fen, fen(200_000), "what a relative here shares");
}

#[tokio::test]
async fn nobody_pays_before_the_other_area_has_answered() {
    let house = house().await;
    let before = house.posted(id("resident1"), AccountKind::Personal).await;
    let order = house.order_afar().await;
    assert_eq!(order.state, OrderState::Authorised);
    assert_eq!(house.wallet.waiting_areas(&order).await.unwrap(), ["450800"]);
    assert_eq!(house.posted(id("resident1"), AccountKind::Personal).await, before);
    house.peer_says(1, Message::Refused { draw: DrawId(order.id), outcome: Outcome::InsufficientFunds }).await;
    assert_eq!(house.state(order.id).await, OrderState::Failed);
    let failed = house.wallet.again(order.id).await.unwrap().bill.unwrap();
    assert_eq!((failed.why.as_deref(), failed.undone), (Some(WalletCode::DrawAborted.code()), true));
    assert_eq!(house.posted(id("resident1"), AccountKind::Personal).await, before, "all or nothing");
    assert_eq!(house.wallet.waiting_areas(&order).await.unwrap(), [""; 0]);
}

/// It is claimed from the hospital; its patients do not wait for its next settlements.
#[tokio::test]
async fn what_other_areas_paid_comes_back_though_the_hospital_has_nothing_left() {
    let house = house().await;
    let before = house.posted(id("resident1"), AccountKind::Personal).await;
    let order = house.order_afar().await;
    house.peer_says(1, Message::Prepared { draw: DrawId(order.id) }).await;
    assert_eq!(house.state(order.id).await, OrderState::Settled);
    assert_eq!(house.posted(id("resident1"), AccountKind::Personal).await, before - 3_000);
    assert_eq!(house.owed_by_home().await, -5_000);
    house.pay_out().await;
    let refund = async |key: &str, amount| {
        house.wallet.refund_order(hospital(), key, order.id, fen(amount), &[]).await.unwrap().state
    };
    assert_eq!(refund("one", 4_000).await, OrderState::PartRefunded);
    assert_eq!(
        (house.owed_by_home().await, house.wallet.claimed(hospital(), Fund::Account).await.unwrap().1),
        (-1_000, fen(4_000))
    );
    assert_eq!(refund("two", 2_500).await, OrderState::PartRefunded);
    assert_eq!(house.owed_by_home().await, 0, "the other area's first");
    assert_eq!(house.posted(id("resident1"), AccountKind::Personal).await, before - 1_500);
    assert_eq!(refund("three", 1_500).await, OrderState::Refunded);
    assert_eq!(house.posted(id("resident1"), AccountKind::Personal).await, before);
    assert_eq!(house.wallet.claimed(hospital(), Fund::Account).await.unwrap().1, fen(8_000));
    assert_eq!(refund("three", 1_500).await, OrderState::Refunded, "the same request again");
    assert_eq!(house.posted(id("resident1"), AccountKind::Personal).await, before);
}

#[tokio::test]
async fn a_reversal_takes_back_what_other_areas_paid() {
    let house = house().await;
    let before = house.posted(id("resident1"), AccountKind::Personal).await;
    let order = house.order_afar().await;
    house.peer_says(1, Message::Prepared { draw: DrawId(order.id) }).await;
    assert_eq!(house.state(order.id).await, OrderState::Settled);
    house.pay_out().await;
    let settled = house.wallet.again(order.id).await.unwrap();
    let back = house.wallet.take_back(settled).await.unwrap();
    assert_eq!((back.state, back.bill.unwrap().undone), (OrderState::Revoked, true));
    assert_eq!(house.owed_by_home().await, 0);
    assert_eq!(house.posted(id("resident1"), AccountKind::Personal).await, before);
}
