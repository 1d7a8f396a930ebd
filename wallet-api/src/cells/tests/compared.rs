//! Two areas' real books, beside each other and beside the letters between them.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::SqlitePool;
use wallet_ledger::{CellCommand, Command, DrawOrder, Leg, Moved, Part, TransferId, Vote, WindowId};
use wallet_types::{AreaCompared, DifferenceName, Id};

use super::*;
use crate::cells::ask::MovedAnswer;
use crate::wallet::Operation;

const FIRST: WindowId = WindowId(1);

/// 广州, where the daughter's quota is, and 南宁, where her father is treated; after so many fen of draws.
struct Two {
    here: Arc<Wallet>,
    there: Arc<Wallet>,
    folders: [TempDir; 2],
}

impl Two {
    async fn after(draws: &[i64]) -> Two {
        let (here, at_home) = wallet().await;
        let (there, abroad) = wallet_by(Clock::Given(Arc::new(|| Micros(NINE))), |settings| {
            settings.database.area = THERE.0;
            let own = settings.cells.peers.remove(&THERE.to_string()).unwrap();
            settings.cells.peers.insert(HERE.to_string(), own);
        })
        .await;
        let two = Two { here, there, folders: [at_home, abroad] };
        for (draw, amount) in (1_u128..).zip(draws) {
            two.draw(draw, *amount).await;
        }
        two
    }

    /// A draw that 南宁 decides, on what the daughter shares.
    async fn draw(&self, draw: u128, amount: i64) {
        let (from, patient) = (quota(&self.here).await, digest(&self.here, "father1").await);
        // What an account there pays beside it is booked in the same plan, an instant earlier.
        let there = self.there.account_of(OwnerId(id("resident1")), AccountKind::Personal).await.unwrap().unwrap().id;
        let own = Leg { from: there, to: AccountId(id("hospital account")), amount: Fen::new(5).unwrap() };
        let order = DrawOrder { own: vec![own], ..order(draw, HERE, from, amount, patient) };
        self.settle(&self.there, &self.here, order).await;
    }

    /// One that 广州 decides, on somebody of 南宁.
    async fn draw_back(&self, draw: u128, amount: i64) {
        let from = self.there.account_of(OwnerId(id("resident1")), AccountKind::Personal).await.unwrap().unwrap().id;
        self.settle(&self.here, &self.there, order(draw, THERE, from, amount, [7; 32])).await;
    }

    async fn settle(&self, by: &Wallet, of: &Wallet, order: DrawOrder) {
        let draw = order.draw.0;
        let begin = Command::Cell(Box::new(CellCommand::Begin(order)));
        by.book_order(draw, Operation::OrderHold, begin).await.unwrap().unwrap();
        for (from, to) in [(by, of), (of, by), (by, of)] {
            carry(from, to).await;
        }
        assert!(matches!(state(of, draw).await, DrawState::Committed { .. }));
    }

    /// What each says to the other of its journal, as it goes between them.
    async fn told(&self, by: &Wallet, to: CellId, after: Option<Id>) -> Moved {
        self.told_of(by, to, FIRST, after).await
    }

    async fn told_of(&self, by: &Wallet, to: CellId, window: WindowId, after: Option<Id>) -> Moved {
        let question = Question::Moved { at: by.now().0, window: window.0, after };
        let answer = by.answer_peer(to, &serde_json::to_vec(&question).unwrap()).await.unwrap();
        let MovedAnswer { moved, more } = serde_json::from_slice(&answer).unwrap();
        assert!(!more);
        moved.into_iter().map(|far| (TransferId(far.transfer.0), far.fen.into())).collect()
    }

    async fn seen_here(&self) -> AreaCompared {
        let theirs = self.told(&self.there, HERE, None).await;
        self.here.compared(HERE, THERE, FIRST, &theirs).await.unwrap()
    }

    async fn seen_there(&self) -> AreaCompared {
        let theirs = self.told(&self.here, THERE, None).await;
        self.there.compared(THERE, HERE, FIRST, &theirs).await.unwrap()
    }

    /// Does to an area's books what no program would.
    async fn damage(&self, which: usize, sql: &'static str, id: u128) {
        let path = self.folders[which].path().join("books.db");
        let books = SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
        sqlx::query("DROP TRIGGER IF EXISTS journal_is_not_changed").execute(&books).await.unwrap();
        let done = sqlx::query(sql).bind(id.to_be_bytes().to_vec()).execute(&books).await.unwrap();
        assert_eq!(done.rows_affected(), 1, "{sql}");
        books.close().await;
    }
}

fn order(draw: u128, of: CellId, from: AccountId, amount: i64, patient: [u8; 32]) -> DrawOrder {
    let payers = vec![Payer { from, amount: Fen::new(amount).unwrap() }];
    let to = AccountId(id("hospital account"));
    let parts = BTreeMap::from([(of, Part { fund: Fund::Account, payers, to, vote: Vote::None })]);
    DrawOrder { draw: DrawId(draw), until: Micros(NINE + 60_000_000), patient, parts, own: Vec::new() }
}

/// All that is under way, as the courier would; whose accounts may be named is looked at elsewhere.
async fn carry(from: &Wallet, to: &Wallet) {
    let receiver = to.cells.as_ref().unwrap().id;
    let letters = from.database.letters_to(receiver, 0).await.unwrap();
    let Some(received) = letters.last().map(|letter| letter.number) else { return };
    let receive = |letter| CellCommand::Receive { letter, denied: false };
    to.tell_cells(letters.into_iter().map(receive).collect()).await.unwrap();
    from.tell_cells(vec![CellCommand::Acked { peer: receiver, received }]).await.unwrap();
}

fn kinds(compared: &AreaCompared) -> Vec<(DifferenceName, [Option<i64>; 3])> {
    let fen = |amount: Option<Fen>| amount.map(Fen::get);
    compared.differences.iter().map(|d| (d.kind, [d.ours_fen, d.theirs_fen, d.letters_fen].map(fen))).collect()
}

#[tokio::test]
async fn what_agrees_has_no_differences_on_either_side() {
    let two = Two::after(&[100, 250, 30]).await;
    for (seen, peer) in [(two.seen_here().await, THERE), (two.seen_there().await, HERE)] {
        assert_eq!(seen, AreaCompared { area: peer.to_string(), compared: Some(3), differences: Vec::new() });
    }
    // A window in which nothing was, and one that never was.
    for window in [WindowId(2), WindowId(99)] {
        let compared = two.here.compared(HERE, THERE, window, &Moved::new()).await.unwrap();
        assert_eq!((compared.compared, compared.differences), (Some(0), Vec::new()));
    }
    // From page to page nothing is said twice.
    let all = two.told(&two.there, HERE, None).await;
    let first = all.keys().next().unwrap();
    let rest = two.told(&two.there, HERE, Some(Id(first.0))).await;
    assert_eq!(rest, all.iter().skip(1).map(|(transfer, amount)| (*transfer, *amount)).collect());
    // Only what was between the two.
    assert_eq!(two.told(&two.there, HOME, None).await, Moved::new());
    let old = Question::Moved { at: NINE - 300_000_001, window: 1, after: None };
    assert!(two.here.answer_peer(THERE, &serde_json::to_vec(&old).unwrap()).await.is_err());
}

/// One area has closed its window and the other has not: what they claim then goes to different windows in turn.
#[tokio::test]
async fn windows_that_take_turns_are_told_apart() {
    let two = Two::after(&[100]).await;
    two.here.close_window(1, "close".into()).await.unwrap();
    two.draw_back(50, 40).await;
    two.draw(2, 250).await;
    two.draw_back(51, 60).await;
    for (window, sums) in [(FIRST, BTreeSet::from([100, 250])), (WindowId(2), BTreeSet::from([-60, -40]))] {
        let theirs = two.told_of(&two.there, HERE, window, None).await;
        let seen = two.here.compared(HERE, THERE, window, &theirs).await.unwrap();
        assert_eq!((seen.compared, seen.differences), (Some(2), Vec::new()), "{window:?}");
        let owed = theirs.values().map(|amount| i64::try_from(-amount).unwrap()).collect::<BTreeSet<_>>();
        assert_eq!(owed, sums, "{window:?}");
    }
}

/// What another area says is not believed where this one's books and the letters say otherwise.
#[tokio::test]
async fn whatever_the_other_journal_says_otherwise_is_found() {
    let two = Two::after(&[100, 250, 30]).await;
    let theirs = two.told(&two.there, HERE, None).await;
    let [first, second] = [0, 1].map(|n| *theirs.keys().nth(n).unwrap());
    let seen = async |theirs: &Moved| kinds(&two.here.compared(HERE, THERE, FIRST, theirs).await.unwrap());
    let amount = i64::try_from(-theirs[&first]).unwrap();
    let mut fewer = theirs.clone();
    fewer.remove(&first);
    assert_eq!(seen(&fewer).await, [(DifferenceName::NotThere, [Some(amount), None, Some(amount)])]);
    let mut more = theirs.clone();
    more.insert(TransferId(7), -70);
    assert_eq!(seen(&more).await, [(DifferenceName::NotHere, [None, Some(70), None])]);
    // Two that hide each other in the total.
    let mut shifted = theirs.clone();
    *shifted.get_mut(&first).unwrap() -= 1;
    *shifted.get_mut(&second).unwrap() += 1;
    let found = seen(&shifted).await;
    assert_eq!(found.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [DifferenceName::Amount; 2]);
    assert_eq!(found[0].1, [Some(amount), Some(amount + 1), Some(amount)]);
}

/// Damage in the tables of either area is seen from both.
#[tokio::test]
async fn whatever_is_missing_in_the_books_is_found_from_both_sides() {
    const LETTER: &str = "DELETE FROM obligation WHERE transfer = $1";
    const LAST_LINE: &str = "UPDATE journal SET first_account = nullif(first_account, $1),
        second_account = nullif(second_account, $1)
        WHERE number = (SELECT max(number) FROM journal WHERE first_account = $1 OR second_account = $1)";
    let two = Two::after(&[100, 250]).await;
    let all = two.told(&two.there, HERE, None).await;
    let first = *all.iter().find(|(_, amount)| **amount == -100).unwrap().0;
    two.damage(0, LETTER, first.0).await;
    assert_eq!(kinds(&two.seen_here().await), [(DifferenceName::NotInLetters, [Some(100), Some(100), None])]);
    assert_eq!(kinds(&two.seen_there().await), [], "there the letters are whole");
    let clearing = two.here.database.link_to(THERE).await.unwrap().unwrap().terms.account;
    two.damage(0, LAST_LINE, clearing.0).await;
    let mut seen = kinds(&two.seen_here().await);
    seen.sort_by_key(|(_, amounts)| *amounts);
    let not_here = (DifferenceName::NotHere, [None, Some(250), Some(250)]);
    assert_eq!(seen, [not_here, (DifferenceName::NotInLetters, [Some(100), Some(100), None])]);
    assert_eq!(kinds(&two.seen_there().await), [(DifferenceName::NotThere, [Some(-250), None, Some(-250)])]);
}
