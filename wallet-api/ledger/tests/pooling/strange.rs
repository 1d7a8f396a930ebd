//! Letters that no cell of ours writes: whatever a peer signs, the books stay sound, and each letter counts once.

use std::sync::LazyLock;

use anxin_core::Fen;
use wallet_ledger::{AccountId, CellCommand, DrawId, Fund, Letter, Message, Payer, Stand, TransferId, WindowId};

use super::world::{DEADLINE, GUANGZHOU, NANNING, QUOTA, START, World, begin, order};

/// Most letters of one input.
const LETTERS: u64 = 24;

/// Two cells that each have a draw under way at the other.
static TOWN: LazyLock<World> = LazyLock::new(|| {
    let mut world = World::of(&[GUANGZHOU, NANNING]);
    world.at(NANNING).done(begin(order(1, &[(GUANGZHOU, 100)])));
    world.at(GUANGZHOU).done(begin(order(2, &[(NANNING, 50)])));
    world
});

/// The bytes are messages one after another, as 南宁 signs them for 广州. Every invariant is checked after each.
pub fn taken(bytes: &[u8]) {
    let mut world = TOWN.clone();
    let guangzhou = world.at(GUANGZHOU);
    let mut rest = bytes;
    for number in 1..=LETTERS {
        let Ok((message, more)) = postcard::take_from_bytes::<Message>(rest) else { return };
        rest = more;
        let letter = Letter { from: NANNING, to: GUANGZHOU, number, message };
        let receive = CellCommand::Receive { letter, denied: number % 8 == 0 };
        guangzhou.cell(receive.clone(), START);
        let (accounts, windows) = (guangzhou.books.accounts.clone(), guangzhou.books.pool.windows.clone());
        guangzhou.cell(receive, START);
        assert_eq!(guangzhou.books.accounts, accounts, "a letter that came twice moved money twice");
        assert_eq!(guangzhou.books.pool.windows, windows, "a letter that came twice was owed twice");
    }
}

/// Conversations that make sense, to begin with.
pub fn seeds() -> Vec<Vec<u8>> {
    let fen = |amount| Fen::new(amount).unwrap_or_default();
    let (theirs, ours) = (DrawId(1), DrawId(2));
    let window = WindowId(1);
    let payers = vec![Payer { from: QUOTA, amount: fen(100) }];
    let prepare = Message::Prepare { draw: theirs, until: DEADLINE, fund: Fund::Account, payers, patient: [7; 32] };
    let strange = Message::Prepare {
        draw: DrawId(9),
        until: START,
        fund: Fund::Account,
        payers: vec![Payer { from: AccountId(10), amount: Fen::MAX }, Payer { from: QUOTA, amount: fen(-1) }],
        patient: [0; 32],
    };
    let back = |amount| Message::Refund { draw: theirs, id: TransferId(90), amount: fen(amount), window };
    let all = Message::Reverse { draw: theirs, id: TransferId(91), amount: fen(100), window };
    let talks = [
        vec![prepare.clone(), Message::Commit { draw: theirs, window }, back(30), all.clone()],
        vec![prepare, Message::Query { draw: theirs }, Message::Abort { draw: theirs }, all],
        vec![Message::Prepared { draw: ours }, Message::State { draw: ours, stand: Stand::Undecided }],
        vec![strange, Message::Abort { draw: ours }, Message::Commit { draw: ours, window }, back(1)],
        vec![Message::Closed { window, sums: Default::default() }],
    ];
    let written = |talk: Vec<Message>| {
        talk.iter().flat_map(|message| postcard::to_extend(message, Vec::new()).unwrap_or_default()).collect()
    };
    talks.into_iter().map(written).collect()
}

/// The same inputs each time: those that fuzzing kept (`wallet-api/fuzz`), and changes of them.
#[test]
fn strange_letters_leave_the_books_sound() {
    use super::dice::{Dice, kept, times, touch};
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/letters");
    let mut talks = kept(&corpus);
    talks.extend(seeds());
    talks.iter().for_each(|talk| taken(talk));
    let mut dice = Dice::new(7);
    for talk in talks.iter().cycle().take(times(450)) {
        let mut changed = talk.clone();
        touch(&mut changed, &mut dice);
        taken(&changed);
    }
}
