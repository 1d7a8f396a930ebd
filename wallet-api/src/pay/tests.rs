//! Settling from end to end on SQLite: every leg or none, whoever says no and wherever the program is killed.

mod afar;
mod many;

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use anxin_core::Fen;
use anxin_core::benefit::Visit;
use anxin_core::dispatch::Engine;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};
use tempfile::TempDir;
use wallet_ledger::{AccountId, AccountKind, Command, HoldId, Micros, OrderState, OwnerId};
use wallet_store::{Actor, Clock};
use wallet_types::{CashAsk, CashMeans, CashState, Figures, PartFrom, RefundStateName, TransportCode, WalletCode};

use super::{Bill, Order, Settling};
use crate::problem::ApiError;
use crate::seed::{people, seed_demo};
use crate::settings::Settings;
use crate::wallet::Wallet;

static PACKS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wasm-core/rules");
    let packs = anxin_packer::compile(&anxin_packer::read_tree(&rules).unwrap()).unwrap();
    packs.into_iter().map(|(_, bytes)| bytes).collect()
});

/// 2026-11-02 09:00 in China.
const MORNING: i64 = 1_793_581_200_000_000;

struct House {
    wallet: Arc<Wallet>,
    engine: Engine,
    hands: Arc<AtomicI64>,
    folder: TempDir,
}

fn engine() -> Engine {
    let mut engine = Engine::new();
    PACKS.iter().for_each(|pack| drop(engine.load(pack).unwrap()));
    engine
}

async fn open(folder: &Path, demo: bool, hands: &Arc<AtomicI64>) -> Arc<Wallet> {
    open_with(folder, demo, hands, |_| {}).await
}

async fn open_with(
    folder: &Path,
    demo: bool,
    hands: &Arc<AtomicI64>,
    change: impl FnOnce(&mut Settings),
) -> Arc<Wallet> {
    let mut settings = Settings::read(None, []).unwrap();
    settings.demo = demo;
    settings.database.url = format!("sqlite:{}", folder.join("books.db").display());
    settings.fields.keys = folder.join("fields.keys");
    std::fs::write(&settings.fields.keys, "tests 000102030405060708090a0b0c0d0e0f").unwrap();
    if !demo {
        let jwks = folder.join("jwks.json");
        let pair = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(pair.as_ref()).unwrap();
        let x = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        let key = json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "k", "x": x });
        std::fs::write(&jwks, json!({ "keys": [key] }).to_string()).unwrap();
        (settings.tokens.issuer, settings.tokens.jwks) = ("https://idp.example".into(), vec![jwks]);
    }
    change(&mut settings);
    let hands = Arc::clone(hands);
    let clock = Clock::Given(Arc::new(move || Micros(hands.load(Ordering::SeqCst))));
    let rules = engine().wallet().unwrap().clone();
    Wallet::open_at(&settings, rules, Arc::default(), clock).await.unwrap().unwrap()
}

fn id(name: &str) -> OwnerId {
    OwnerId(people().iter().find(|person| person.name == name).unwrap().subject)
}

fn hospital() -> OwnerId {
    OwnerId(people().iter().find(|person| person.name == "hospital1").unwrap().acts_for.unwrap())
}

fn fen(fen: i64) -> Fen {
    Fen::new(fen).unwrap()
}

fn clinic(total: i64) -> Value {
    json!({ "outpatient": {
        "level": "3", "on": "2026-11-02", "place": { "area": "in_province", "filing": "long_term" },
        "bill": { "split": { "total_fen": total, "own_expense_fen": 800, "pre_self_pay_fen": 600 } },
    } })
}

fn stay(total: i64) -> Value {
    json!({ "inpatient": {
        "level": "3_city", "discharged": "2026-11-02", "place": { "area": "out_of_province", "filing": "long_term" },
        "bill": { "split": { "total_fen": total } },
    } })
}

fn bill(patient: &str, visit: Value) -> Bill {
    let visit: Visit = serde_json::from_value(visit).unwrap();
    Bill {
        institution: hospital(),
        patient: id(patient),
        visit,
        use_accounts: true,
        lines: Vec::new(),
        seller: String::new(),
    }
}

fn cash(auth: &str) -> CashAsk {
    CashAsk { means: CashMeans::WeChat, auth: Some(auth.into()) }
}

impl House {
    async fn new() -> House {
        let (folder, hands) = (tempfile::tempdir().unwrap(), Arc::new(AtomicI64::new(MORNING)));
        let wallet = open(folder.path(), true, &hands).await;
        seed_demo(&wallet).await.unwrap();
        House { wallet, engine: engine(), hands, folder }
    }

    fn later(&self, seconds: i64) {
        self.hands.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    async fn figures(&self, bill: &Bill) -> Figures {
        self.wallet.presettle(&self.engine, bill).await.unwrap().figures
    }

    async fn settle(&self, key: &str, bill: &Bill, cash: &CashAsk) -> Order {
        let figures = self.figures(bill).await;
        let asked = Settling { bill, figures: &figures, cash };
        self.wallet.settle(&self.engine, key, &asked).await.unwrap().0
    }

    /// Everything that every account has, posted and held.
    async fn books(&self) -> Vec<(AccountId, i64, i64)> {
        let accounts = self.wallet.desk.accounts(Actor::Area, AccountId(0), 500).await.unwrap();
        accounts.iter().map(|a| (a.id, a.posted.get(), a.held.get())).filter(|(_, p, h)| (*p, *h) != (0, 0)).collect()
    }

    async fn posted(&self, owner: OwnerId, kind: AccountKind) -> i64 {
        let accounts = self.wallet.desk.accounts(Actor::Resident(owner), AccountId(0), 500).await.unwrap();
        accounts.iter().filter(|a| a.kind == kind).map(|a| a.posted.get()).sum()
    }

    async fn year(&self, name: &str) -> Value {
        let body = self.wallet.desk.benefit_year(id(name), 2026).await.unwrap().body;
        body.map_or(json!({}), |body| serde_json::from_str(&body).unwrap())
    }
}

fn transport(refused: ApiError) -> (TransportCode, String) {
    match refused {
        ApiError::Transport(code) => (code, String::new()),
        ApiError::Rules { code, rule, .. } => (code, rule),
        other => panic!("{other:?}"),
    }
}

fn refused<T>(answered: Result<T, ApiError>) -> ApiError {
    answered.err().unwrap()
}

#[tokio::test]
async fn every_part_is_drawn_and_the_year_goes_on() {
    let house = House::new().await;
    let bill = bill("worker1", clinic(12_000));
    let before = house.books().await;
    let pre = house.wallet.presettle(&house.engine, &bill).await.unwrap();
    assert_eq!(house.books().await, before, "a presettlement moves nothing");
    // 120.00 less 8.00 and 6.00 is 106.00 in scope, of which 85%.
    assert_eq!((pre.figures.hifp_pay_fen, pre.figures.acct_pay_fen), (fen(9_010), fen(2_990)));
    let asked = Settling { bill: &bill, figures: &pre.figures, cash: &cash("x") };
    let (order, replayed) = house.wallet.settle(&house.engine, "a", &asked).await.unwrap();
    assert_eq!((order.state, replayed), (OrderState::Settled, false));
    assert_eq!(house.posted(hospital(), AccountKind::Institution).await, 12_000);
    let own = house.posted(id("worker1"), AccountKind::Personal).await;
    assert_eq!(own, 250_000 - 2_990, "先本人");
    assert_eq!(house.year("worker1").await["outpatient_paid_fen"], 9_010);
    let (again, replayed) = house.wallet.settle(&house.engine, "a", &asked).await.unwrap();
    assert_eq!((again, replayed), (order, true));
    assert_eq!(house.posted(hospital(), AccountKind::Institution).await, 12_000, "once");
    let other = Settling { bill: &bill, figures: &pre.figures, cash: &cash("y") };
    let reused = transport(refused(house.wallet.settle(&house.engine, "a", &other).await));
    assert_eq!(reused.0, TransportCode::KeyReused);
}

#[tokio::test]
async fn relatives_pay_after_the_funds_and_cash_is_what_is_left() {
    let house = House::new().await;
    let bill = bill("father1", stay(3_000_000));
    let order = house.settle("a", &bill, &cash("x")).await;
    let paid = order.bill.clone().unwrap();
    assert_eq!(order.state, OrderState::Settled);
    let from: Vec<_> = paid.parts.iter().map(|part| part.from).collect();
    assert_eq!(from, [PartFrom::Fund, PartFrom::Fund, PartFrom::Relative], "two funds");
    let f = &paid.figures;
    assert_eq!(f.acct_mulaid_pay_fen, fen(200_000), "all of the quota");
    assert_eq!((paid.cash.amount, paid.cash.state), (f.psn_cash_pay_fen, CashState::Paid));
    let all = [f.fund_pay_sumamt_fen, f.acct_pay_fen, f.psn_cash_pay_fen];
    assert_eq!(Fen::checked_sum(all), Some(f.medfee_sumamt_fen));
    assert_eq!(house.year("father1").await["admissions"], 1);
}

#[tokio::test]
async fn a_bill_that_is_not_known_is_not_settled_and_says_what_is_missing() {
    let house = House::new().await;
    let mut visit = clinic(12_000);
    visit["outpatient"]["place"] = json!({ "area": "local", "filing": "not_needed" });
    let (code, missing) = transport(refused(house.wallet.presettle(&house.engine, &bill("resident1", visit)).await));
    assert_eq!(code, TransportCode::FiguresMissing);
    assert!(missing.contains("outpatient.ratio"), "{missing}");
    // What rests on an assumption is settled in a demonstration, and nowhere else.
    let bill = bill("father1", stay(3_000_000));
    house.figures(&bill).await;
    let real = open(house.folder.path(), false, &house.hands).await;
    let (code, missing) = transport(refused(real.presettle(&house.engine, &bill).await));
    assert_eq!(code, TransportCode::FiguresMissing);
    assert!(missing.contains("inpatient.place_minus (figure_assumed)"), "{missing}");
    assert!(real.presettle(&house.engine, &self::bill("worker1", clinic(12_000))).await.is_ok());
}

#[tokio::test]
async fn what_the_records_say_goes_before_what_is_asked() {
    let house = House::new().await;
    let check = async |change: fn(&mut Value), field: &str| {
        let mut visit = clinic(12_000);
        change(&mut visit["outpatient"]);
        let answered = house.wallet.presettle(&house.engine, &bill("worker1", visit)).await;
        match refused(answered) {
            ApiError::Refused(refusal) => assert_eq!(refusal.field, format!("visit.outpatient.{field}")),
            other => panic!("{other:?}"),
        }
    };
    check(|visit| visit["level"] = json!("1"), "level").await;
    check(|visit| visit["place"] = json!({ "area": "local", "filing": "not_needed" }), "place.area").await;
    check(|visit| visit["place"]["filing"] = json!("referred"), "place.filing").await;
    check(|visit| visit["on"] = json!("2026-11-03"), "on").await;
}

#[tokio::test]
async fn when_the_cash_fails_nothing_is_paid() {
    let house = House::new().await;
    let bill = bill("father1", stay(3_000_000));
    let (before, year) = (house.books().await, house.year("father1").await);
    let order = house.settle("a", &bill, &cash("-")).await;
    let paid = order.bill.unwrap();
    assert_eq!((order.state, paid.why.as_deref()), (OrderState::Failed, Some("AX9034")));
    assert_eq!(paid.cash.state, CashState::Refused);
    assert_eq!(house.books().await, before, "what was held is free again");
    assert_ne!(house.year("father1").await, year, "written once");
    assert_eq!(house.year("father1").await["admissions"], 0, "and taken back");
}

#[tokio::test]
async fn an_outcome_that_was_lost_is_asked_about_and_only_then_ends() {
    let house = House::new().await;
    let bill = bill("father1", stay(2_000_000));
    let before = house.books().await;
    for (key, auth, end) in [("unpaid", "!", OrderState::Failed), ("paid", "?", OrderState::Settled)] {
        let order = house.settle(key, &bill, &cash(auth)).await;
        assert_eq!(order.state, OrderState::Unknown);
        assert_ne!(house.books().await, before, "held all the while");
        let seen = house.wallet.order(Actor::Resident(id("father1")), order.id).await.unwrap();
        assert_eq!(seen.state, OrderState::Unknown, "looking is not asking");
        let asked = house.wallet.order(Actor::Institution(hospital()), order.id).await.unwrap();
        assert_eq!(asked.state, end);
        if end == OrderState::Failed {
            assert_eq!(house.books().await, before);
        }
    }
}

#[tokio::test]
async fn a_refund_goes_back_the_way_it_came_and_never_exceeds() {
    let house = House::new().await;
    let bill = bill("father1", stay(3_000_000));
    let before = house.books().await;
    let order = house.settle("a", &bill, &cash("x")).await;
    let paid = order.bill.clone().unwrap();
    let refund = async |key: &str, amount: Fen| house.wallet.refund_order(hospital(), key, order.id, amount, &[]).await;
    let (cash, quota, fund) = (paid.cash.amount, fen(200_000), paid.figures.fund_pay_sumamt_fen);
    let first = refund("r1", cash.plus(fen(50_000))).await.unwrap();
    assert_eq!(first.state, OrderState::PartRefunded);
    let told = first.bill.as_ref().unwrap().refunds.first().unwrap().clone();
    assert_eq!((told.cash, told.state), (cash, RefundStateName::Done), "the cash first");
    let father = id("father1");
    let used = async || {
        let relations = house.wallet.desk.relations(father).await.unwrap();
        let quota = AccountId(relations.first().unwrap().id);
        house.wallet.desk.account(Actor::Area, quota).await.unwrap().unwrap().used
    };
    assert_eq!(used().await, fen(150_000), "then the relative");
    assert_eq!(refund("r1", cash.plus(fen(50_000))).await.unwrap(), first, "once for a key");
    assert_eq!(transport(refused(refund("r1", fen(1)).await)).0, TransportCode::KeyReused);
    let left = quota.above(fen(50_000)).plus(fund);
    match refused(refund("r2", left.plus(fen(1))).await) {
        ApiError::Books { code, .. } => assert_eq!(code, WalletCode::RefundExceedsPaid),
        other => panic!("{other:?}"),
    }
    assert_eq!(house.year("father1").await["admissions"], 1, "a part says nothing of the year");
    let last = refund("r2", left).await.unwrap();
    assert_eq!(last.state, OrderState::Refunded);
    assert_eq!(house.books().await, before);
    assert_eq!(house.year("father1").await["admissions"], 0);
}

#[tokio::test]
async fn a_reversal_takes_all_back_and_one_that_comes_first_keeps_the_order_out() {
    let house = House::new().await;
    let bill = bill("father1", stay(3_000_000));
    let before = house.books().await;
    house.settle("a", &bill, &cash("x")).await;
    let reversed = house.wallet.reverse(hospital(), "a").await.unwrap();
    assert_eq!(
        (reversed.state, reversed.bill.as_ref().unwrap().cash.state),
        (OrderState::Revoked, CashState::Returned)
    );
    assert_eq!(house.books().await, before);
    assert_eq!(house.wallet.reverse(hospital(), "a").await.unwrap(), reversed, "once more changes nothing");
    let mark = house.wallet.reverse(hospital(), "b").await.unwrap();
    assert_eq!((mark.state, mark.bill), (OrderState::Revoked, None));
    let figures = house.figures(&bill).await;
    let asked = Settling { bill: &bill, figures: &figures, cash: &cash("x") };
    let late = transport(refused(house.wallet.settle(&house.engine, "b", &asked).await));
    assert_eq!(late, (TransportCode::OrderState, "revoked".into()));
    assert_eq!(house.books().await, before);
}

#[tokio::test]
async fn figures_that_moved_since_the_presettlement_are_not_settled() {
    let house = House::new().await;
    let bill = bill("worker1", clinic(12_000));
    let mut figures = house.figures(&bill).await;
    figures.hifp_pay_fen = figures.hifp_pay_fen.plus(fen(1));
    let asked = Settling { bill: &bill, figures: &figures, cash: &cash("x") };
    let moved = transport(refused(house.wallet.settle(&house.engine, "a", &asked).await));
    assert_eq!(moved.0, TransportCode::FiguresChanged);
}

/// A program that was killed between two steps: the next that looks goes on, and it comes out the same.
#[tokio::test]
async fn an_order_goes_on_where_a_killed_program_left_it() {
    let house = House::new().await;
    let bill = bill("father1", stay(2_000_000));
    let before = house.books().await;
    let order = house.settle("a", &bill, &cash("?")).await;
    let row = house.wallet.desk.any_order(order.id).await.unwrap().unwrap();
    // As it stood before the lost answer was written down.
    let killed = wallet_store::OrderRow { state: OrderState::Authorised, ..row };
    house.wallet.desk.change_order(&killed, None).await.unwrap();
    let look = async || house.wallet.order(Actor::Institution(hospital()), order.id).await.unwrap();
    assert_eq!(look().await.state, OrderState::Authorised, "whoever began it is left some time");
    house.later(31);
    assert_eq!(look().await.state, OrderState::Settled);
    // Reversed, and killed before anything was given back.
    let row = house.wallet.desk.any_order(order.id).await.unwrap().unwrap();
    let killed = wallet_store::OrderRow { state: OrderState::Revoked, ..row };
    house.wallet.desk.change_order(&killed, None).await.unwrap();
    assert_eq!(look().await.bill.unwrap().cash.state, CashState::Returned);
    assert_eq!(house.books().await, before);
}

/// The hold of an order is not posted, voided or refunded beside it.
#[tokio::test]
async fn nobody_goes_round_an_order() {
    let house = House::new().await;
    let bill = bill("father1", stay(3_000_000));
    let order = house.settle("a", &bill, &cash("?")).await;
    let actor = Actor::Institution(hospital());
    let post = Command::Post { hold: HoldId(order.id), id: wallet_ledger::TransferId(1), amounts: None };
    let refund =
        Command::Refund { id: wallet_ledger::TransferId(1), of: wallet_ledger::TransferId(order.id), amount: fen(1) };
    for command in [post, Command::Void { hold: HoldId(order.id) }, refund] {
        let permitted = house.wallet.desk.permits(actor, &command).await.unwrap();
        assert_eq!(permitted, Err(wallet_store::Denied::NotAllowed), "{command:?}");
    }
}

/// What is under way in two programs at once ends in one way: the reversal's, or the settlement's.
#[tokio::test]
async fn a_reversal_during_a_settlement_leaves_nothing_behind() {
    let house = House::new().await;
    let bill = bill("father1", stay(3_000_000));
    let before = house.books().await;
    for round in 0..8 {
        let key = format!("race {round}");
        let figures = house.figures(&bill).await;
        let cash = cash("x");
        let asked = Settling { bill: &bill, figures: &figures, cash: &cash };
        let (settled, reversed) =
            tokio::join!(house.wallet.settle(&house.engine, &key, &asked), house.wallet.reverse(hospital(), &key));
        drop(settled);
        let reversed = match reversed {
            Ok(order) => order,
            Err(_) => house.wallet.reverse(hospital(), &key).await.unwrap(),
        };
        assert_eq!(reversed.state, OrderState::Revoked);
        house.wallet.order(Actor::Institution(hospital()), reversed.id).await.unwrap();
        assert_eq!(house.books().await, before, "{key}");
        assert_eq!(house.year("father1").await["admissions"].as_i64().unwrap_or_default(), 0);
    }
}

/// What comes back of the funds' money does not count toward the year any more.
#[tokio::test]
async fn a_refund_of_the_funds_part_lowers_the_year() {
    let house = House::new().await;
    let bill = bill("worker1", clinic(12_000));
    let order = house.settle("a", &bill, &cash("x")).await;
    let refund = async |key: &str, amount: i64| {
        house.wallet.refund_order(hospital(), key, order.id, fen(amount), &[]).await.unwrap()
    };
    let paid = async || house.year("worker1").await["outpatient_paid_fen"].as_i64().unwrap_or_default();
    refund("r1", 2_990).await;
    assert_eq!(paid().await, 9_010, "that was the patient's own");
    refund("r2", 4_505).await;
    assert_eq!(paid().await, 4_505, "half of the funds' part");
    refund("r2", 4_505).await;
    assert_eq!(paid().await, 4_505, "once");
    assert_eq!(refund("r3", 4_505).await.state, OrderState::Refunded);
    assert_eq!(paid().await, 0);
}

/// Guesses are counted where every program of the area sees them, and so are payments of a demonstration.
#[tokio::test]
async fn another_program_knows_what_this_one_saw() {
    let house = House::new().await;
    let other = open(house.folder.path(), true, &house.hands).await;
    let now = Micros(MORNING);
    for _ in 0..20 {
        house.wallet.may_read(7, now).await.unwrap();
        house.wallet.guessed(7, now).await.unwrap();
    }
    assert!(matches!(refused(other.may_read(7, now).await), ApiError::TooMany(60..=61)));
    other.may_read(8, now).await.unwrap();
    other.may_read(7, now.plus(60_000_000)).await.unwrap();
    let bill = bill("father1", stay(2_000_000));
    let order = house.settle("a", &bill, &cash("?")).await;
    assert_eq!(order.state, OrderState::Unknown);
    let seen = other.order(Actor::Institution(hospital()), order.id).await.unwrap();
    assert_eq!(seen.state, OrderState::Settled, "it was paid");
}
