//! What another area may and may not have of this one.

mod compared;
mod halted;
mod homes;

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use anxin_core::Fen;
use anxin_core::dispatch::Engine;
use tempfile::TempDir;
use wallet_courier::{Content, Peers, Seal};
use wallet_ledger::{
    AccountId, AccountKind, CellId, DrawId, DrawState, Fund, Letter, Message, Micros, Outcome, OwnerId, Payer, Reply,
};
use wallet_store::Clock;
use wallet_types::{
    CellsOut, EndedWhy, OverName, PaidFromName, PrepaymentAsk, TermsAsk, TermsOut, TransportCode, WindowPaymentAsk,
};

use super::ask::{FarKind, MeansAnswer, Question};
use crate::hex::hex;
use crate::problem::ApiError;
use crate::seed::{id, seed_demo};
use crate::settings::{Peer, Settings};
use crate::wallet::Wallet;

static PACKS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wasm-core/rules");
    let packs = anxin_packer::compile(&anxin_packer::read_tree(&rules).unwrap()).unwrap();
    packs.into_iter().map(|(_, bytes)| bytes).collect()
});

const HERE: CellId = CellId(440_100);
const THERE: CellId = CellId(450_100);
const HOME: CellId = CellId(450_800);
const STRANGER: CellId = CellId(510_100);

/// 2026-11-02 09:00 in China.
const NINE: i64 = 1_793_581_200_000_000;

async fn wallet() -> (Arc<Wallet>, TempDir) {
    wallet_by(Clock::Given(Arc::new(|| Micros(NINE))), |_| {}).await
}

/// 广州's wallet. Nobody listens where its neighbours should be.
async fn wallet_by(clock: Clock, otherwise: impl Fn(&mut Settings)) -> (Arc<Wallet>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::read(None, []).unwrap();
    settings.demo = true;
    settings.database.url = format!("sqlite:{}", folder.path().join("books.db").display());
    for area in [THERE, HOME] {
        let url = "http://127.0.0.1:9".into();
        settings.cells.peers.insert(area.to_string(), Peer { url, key: Default::default() });
    }
    let mut engine = Engine::new();
    PACKS.iter().for_each(|pack| drop(engine.load(pack).unwrap()));
    otherwise(&mut settings);
    let rules = engine.wallet().unwrap().clone();
    let wallet = Wallet::open_at(&settings, rules, Arc::default(), clock).await.unwrap().unwrap();
    seed_demo(&wallet).await.unwrap();
    (wallet, folder)
}

async fn digest(wallet: &Wallet, name: &str) -> [u8; 32] {
    wallet.known(OwnerId(id(name))).await.unwrap().lookup
}

/// The quota that the daughter has set aside for her father.
async fn quota(wallet: &Wallet) -> AccountId {
    let relations = wallet.desk.relations(OwnerId(id("father1"))).await.unwrap();
    AccountId(relations.first().unwrap().id)
}

fn prepare(number: u64, from: AccountId, patient: [u8; 32]) -> Letter {
    let payers = vec![Payer { from, amount: Fen::new(100).unwrap() }];
    let (draw, until) = (DrawId(number.into()), Micros(i64::MAX - 1));
    let message = Message::Prepare { draw, until, fund: Fund::Account, payers, patient };
    Letter { from: THERE, to: HERE, number, message }
}

async fn send(wallet: &Wallet, letter: Letter) -> Result<Vec<u8>, ApiError> {
    let note = Seal::demo(letter.from).unwrap().note(letter.to, Content::Letters(vec![letter])).unwrap();
    wallet.take_note(&note).await
}

async fn state(wallet: &Wallet, draw: u128) -> DrawState {
    wallet.database.draw(DrawId(draw)).await.unwrap().unwrap().state
}

#[tokio::test]
async fn a_peer_draws_on_who_shares_with_the_patient_and_on_nobody_else() {
    let (wallet, _folder) = wallet().await;
    let (father, mother) = (digest(&wallet, "father1").await, digest(&wallet, "mother1").await);
    let quota = quota(&wallet).await;
    let own = wallet.account_of(OwnerId(id("daughter1")), AccountKind::Personal).await.unwrap().unwrap().id;
    let other = wallet.account_of(OwnerId(id("resident1")), AccountKind::Wallet).await.unwrap().unwrap().id;
    let fathers = wallet.account_of(OwnerId(id("father1")), AccountKind::Wallet).await.unwrap().unwrap().id;
    let refused = DrawState::Refused(Outcome::AccountUnknown);
    let cases = [
        (quota, father, DrawState::Prepared, "the quota for her father"),
        (own, father, refused, "what the daughter did not share"),
        (other, father, refused, "somebody else's"),
        (fathers, father, refused, "his own here, where he is not insured"),
        (quota, mother, refused, "an invitation that was not accepted"),
        (quota, [7; 32], refused, "a patient whom nobody knows"),
    ];
    for (number, (account, patient, ends, what)) in (1_u64..).zip(cases) {
        send(&wallet, prepare(number, account, patient)).await.unwrap();
        assert_eq!(state(&wallet, number.into()).await, ends, "{what}");
    }
}

#[tokio::test]
async fn what_was_withdrawn_is_not_drawn_on() {
    let (wallet, _folder) = wallet().await;
    let (father, quota) = (digest(&wallet, "father1").await, quota(&wallet).await);
    let relation = wallet.desk.relation(quota.0).await.unwrap().unwrap();
    assert_eq!(wallet.may_be_drawn(father).await.unwrap().len(), 1);
    wallet.dissolve(&relation, Some(relation.giver.0), EndedWhy::Asked).await.unwrap();
    assert_eq!(wallet.may_be_drawn(father).await.unwrap(), []);
    send(&wallet, prepare(1, quota, father)).await.unwrap();
    assert_eq!(state(&wallet, 1).await, DrawState::Refused(Outcome::AccountUnknown));
}

#[tokio::test]
async fn a_note_is_taken_from_an_area_that_is_known_and_for_this_one() {
    let (wallet, _folder) = wallet().await;
    let (father, quota) = (digest(&wallet, "father1").await, quota(&wallet).await);
    let letter = prepare(1, quota, father);
    let content = || Content::Letters(vec![letter.clone()]);
    let there = Seal::demo(THERE).unwrap();
    let mut forged = Seal::demo(STRANGER).unwrap();
    forged.cell = THERE;
    let bad = [
        ("an area that is not known", Seal::demo(STRANGER).unwrap().note(HERE, content()).unwrap()),
        ("for another area", there.note(HOME, content()).unwrap()),
        ("in another's name", forged.note(HERE, content()).unwrap()),
        ("letters of another area", Seal::demo(HOME).unwrap().note(HERE, content()).unwrap()),
        ("an answer where letters come", there.note(HERE, Content::Reply(Reply::Ack { received: 1 })).unwrap()),
        ("nothing", Vec::new()),
    ];
    for (what, note) in bad {
        let answer = wallet.take_note(&note).await;
        assert!(matches!(answer, Err(ApiError::Transport(TransportCode::NoteRefused))), "{what}");
    }
    assert_eq!(wallet.database.draw(DrawId(1)).await.unwrap(), None);
    // The same note any number of times is taken in once.
    let note = there.note(HERE, content()).unwrap();
    let mut peers = Peers::default();
    peers.add(HERE, &Seal::demo(HERE).unwrap().public_pem().unwrap()).unwrap();
    for _ in 0..3 {
        let answer = peers.open(THERE, &wallet.take_note(&note).await.unwrap()).unwrap();
        assert_eq!(answer.content, Content::Reply(Reply::Ack { received: 1 }));
    }
    let held = wallet.desk.account(wallet_store::Actor::Area, quota).await.unwrap().unwrap().held;
    assert_eq!(held, Fen::new(100).unwrap());
}

#[tokio::test]
async fn a_question_is_answered_while_it_is_fresh() {
    let (wallet, _folder) = wallet().await;
    let father = digest(&wallet, "father1").await;
    let asked = |at: i64| serde_json::to_vec(&Question::Means { at, person: hex(&father) }).unwrap();
    let now = wallet.now().0;
    let answer = wallet.answer_peer(THERE, &asked(now)).await.unwrap();
    let answer: MeansAnswer = serde_json::from_slice(&answer).unwrap();
    let only = answer.accounts.first().unwrap();
    assert_eq!((answer.accounts.len(), only.kind), (1, FarKind::Relative));
    assert_eq!((only.account.0, only.available_fen), (quota(&wallet).await.0, Fen::new(200_000).unwrap()));
    for at in [now - 300_000_001, now + 300_000_001, i64::MIN, i64::MAX] {
        assert!(wallet.answer_peer(THERE, &asked(at)).await.is_err(), "{at}");
    }
    assert!(wallet.answer_peer(THERE, b"{}").await.is_err());
}

/// The area that insures somebody knows where they are shared with from, as long as it lasts.
#[tokio::test]
async fn an_area_says_whom_its_people_share_with() {
    let (wallet, _folder) = wallet().await;
    let news = wallet.desk.share_news("450800", 64).await.unwrap();
    assert_eq!(news.iter().map(|one| (one.relation, one.ended)).collect::<Vec<_>>(), [(quota(&wallet).await.0, false)]);
    wallet.desk.share_told(&news[0]).await.unwrap();
    assert_eq!(wallet.desk.share_news("450800", 64).await.unwrap(), []);
    let relation = wallet.desk.relation(news[0].relation).await.unwrap().unwrap();
    wallet.dissolve(&relation, None, EndedWhy::Asked).await.unwrap();
    assert!(wallet.desk.share_news("450800", 64).await.unwrap()[0].ended, "its end is news, too");
    let person = news[0].person;
    for (ended, areas) in [(false, vec![510_100]), (true, vec![]), (false, vec![])] {
        wallet.desk.put_share(510_100, person, 5, ended).await.unwrap();
        assert_eq!(wallet.desk.shared_from(person).await.unwrap(), areas, "what ended does not begin again");
    }
}

/// Whichever program does it and however often it is started.
#[tokio::test]
async fn a_window_closes_by_the_clock_once_a_day() {
    let now = Arc::new(AtomicI64::new(NINE));
    let dial = Arc::clone(&now);
    let at_ten = |settings: &mut Settings| settings.cells.close_at = "22:00".into();
    let (wallet, _folder) =
        wallet_by(Clock::Given(Arc::new(move || Micros(dial.load(Ordering::SeqCst)))), at_ten).await;
    let cells = wallet.cells.as_ref().unwrap();
    let tick = async |done: &mut Option<i64>| {
        wallet.close_by_the_clock(cells, done).await.unwrap();
        wallet.cells_out().await.unwrap().window.unwrap()
    };
    let (mut one, mut another) = (None, None);
    let first = tick(&mut one).await;
    for (hours, closings) in [(12, 0), (13, 1), (14, 1), (36, 1), (37, 2), (37 + 72, 3)] {
        now.store(NINE + hours * 3_600_000_000, Ordering::SeqCst);
        for done in [&mut one, &mut another, &mut None] {
            assert_eq!(tick(done).await, first + closings, "after {hours} hours");
        }
    }
}

/// What is agreed holds from the next draw on, and what a window comes to is paid once, out of what was paid in.
#[tokio::test]
async fn terms_hold_and_a_window_is_paid_once() {
    let (wallet, _folder) = wallet().await;
    let (father, quota) = (digest(&wallet, "father1").await, quota(&wallet).await);
    let fen = |n: i64| Fen::new(n).unwrap();
    let capped = TermsAsk { open: true, cap_fen: Some(fen(150)), floor_fen: None, over: OverName::Refuse };
    let terms = |out: &CellsOut| out.peers.iter().find(|peer| peer.area == THERE.to_string()).unwrap().terms.clone();
    let out = wallet.agree_terms(1, "cap".into(), "450100", &capped).await.unwrap();
    assert_eq!(terms(&out).cap_fen, Some(fen(150)));
    for (number, ends) in [(1, DrawState::Prepared), (2, DrawState::Refused(Outcome::OverNetDebit))] {
        send(&wallet, prepare(number, quota, father)).await.unwrap();
        assert_eq!(state(&wallet, number.into()).await, ends, "100 fen and 100 more");
    }
    let paid_in = PrepaymentAsk { amount_fen: fen(1_000) };
    let refused = wallet.take_prepayment(1, "early".into(), "450100", &paid_in).await;
    assert!(matches!(refused, Err(ApiError::Books { .. })), "no prepayment was agreed on");
    let floor = TermsAsk { floor_fen: Some(fen(10)), over: OverName::Alarm, ..capped.clone() };
    wallet.agree_terms(1, "floor".into(), "450100", &floor).await.unwrap();
    for _ in 0..2 {
        let out = wallet.take_prepayment(1, "in".into(), "450100", &paid_in).await.unwrap();
        let expected = TermsOut {
            cap_fen: Some(fen(150)),
            prepaid_fen: Some(fen(1_000)),
            floor_fen: Some(fen(10)),
            over: OverName::Alarm,
        };
        assert_eq!(terms(&out), expected);
    }
    let ask = WindowPaymentAsk { area: "450100".into(), paid_from: PaidFromName::Bank };
    let open = wallet.settle_window(1, "pay".into(), 1, &ask).await;
    assert!(matches!(open, Err(ApiError::Books { .. })), "the window is open");
    for (area, code) in [("510100", TransportCode::NotFound), ("4501", TransportCode::NotFound)] {
        let answer = wallet.agree_terms(1, "who".into(), area, &capped).await;
        assert!(matches!(answer, Err(ApiError::Transport(found)) if found == code), "{area}");
    }
    let below = TermsAsk { cap_fen: Some(fen(-1)), ..capped };
    assert!(matches!(wallet.agree_terms(1, "below".into(), "450100", &below).await, Err(ApiError::Refused(_))));
}
