//! Whoever owns the database can write anything into it. Each of these is found, and where it begins is named.

use std::path::PathBuf;

use tempfile::TempDir;
use wallet_ledger::{
    Account, AccountId, Command, Entry, Head, HoldId, Micros, Peaks, Purpose, Tampered, Transfer, TransferId, leaf_hash,
};
use wallet_store::{Export, Fault, HeadKey, Row, Signers, Sound, Upkeep as _, sign};

use crate::rules::town;
use crate::town::{Dial, HOSPITAL, START, asked, fen, hold, leg, person, settle, transfer};
use crate::{Any, cluster, each};

const PEOPLE: u128 = 5;
/// The lines of the scene: 8 openings, 5 credits, and what follows.
const LINES: u64 = 35;

struct Scene {
    store: Any,
    heads: PathBuf,
    key: HeadKey,
    _folder: TempDir,
}

impl Scene {
    /// A town in which something of every kind happened, with a head exported every few lines.
    async fn new(store: Any, dial: &Dial) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let (heads, key) = (folder.path().join("heads.jsonl"), HeadKey::generate().unwrap().0);
        let scene = Scene { store, heads, key, _folder: folder };
        town(&scene.store, PEOPLE, 100_000).await;
        scene.export().await;
        let until = START.plus(60_000_000);
        let mut batch: Vec<_> = (0..12).map(|n| settle(&format!("pay-{n}"), 10 + n, person(n % PEOPLE), 100)).collect();
        batch.extend((0..4).map(|n| hold(&format!("hold-{n}"), n, person(n), 400, until)));
        batch.push(asked("void", Command::Void { hold: HoldId(1) }));
        batch.push(asked("post", Command::Post { hold: HoldId(2), id: TransferId(60), amounts: Some(vec![fen(300)]) }));
        batch.push(asked("refund", Command::Refund { id: TransferId(61), of: TransferId(11), amount: fen(40) }));
        batch.push(asked("correct", Command::Correct { id: TransferId(62), of: TransferId(12), reason: 3 }));
        for (n, request) in batch.into_iter().enumerate() {
            scene.store.commit(100 + n as u128, &[request]).await.unwrap();
            if n % 3 == 2 {
                scene.export().await;
            }
        }
        dial.set(until);
        scene.store.commit(500, &[asked("expire", Command::Expire { hold: HoldId(3) })]).await.unwrap();
        let last =
            transfer("last", 63, Purpose::Settle, vec![leg(person(4), HOSPITAL, 7), leg(person(3), HOSPITAL, 8)]);
        scene.store.commit(501, &[last]).await.unwrap();
        scene.export().await;
        scene
    }

    async fn export(&self) {
        let mut export = Export::open(&self.heads, 7).unwrap();
        let after = export.last().map_or(0, |last| last.head.size);
        each!(&self.store, store => {
            sign(&**store, &self.key, None).await.unwrap();
            export.append(&store.heads_after(after, 10).await.unwrap()).unwrap();
        });
    }

    async fn verify(&self) -> Result<Sound, Fault> {
        let signers = Signers(vec![self.key.public()]);
        let nothing = &mut |_, _| {};
        match &self.store {
            Any::Memory(_) => unreachable!("nobody tampers with memory"),
            Any::Sqlite(store, _) => store.verify(Some(&self.heads), &signers, nothing).await.unwrap(),
            Any::Postgres(store) => store.verify(Some(&self.heads), &signers, nothing).await.unwrap(),
        }
    }

    async fn run(&self, sql: &str) {
        let done = match &self.store {
            Any::Memory(_) => unreachable!("nobody tampers with memory"),
            Any::Sqlite(_, folder) => cluster::run_sqlite(&folder.path().join("books.db"), sql).await,
            Any::Postgres(_) => cluster::run_postgres(&self.store, sql).await,
        };
        done.unwrap_or_else(|cause| panic!("{sql}: {cause}"));
    }

    /// Takes off what keeps the journal from being changed.
    async fn unlock(&self) {
        match &self.store {
            Any::Postgres(_) => self.run("DROP TRIGGER journal_is_not_changed ON journal").await,
            _ => self.run("DROP TRIGGER journal_is_not_changed; DROP TRIGGER journal_is_not_cut").await,
        }
    }

    fn blob(&self, bytes: &[u8]) -> String {
        let hex = base16ct::lower::encode_string(bytes);
        if matches!(self.store, Any::Postgres(_)) { format!("'\\x{hex}'::bytea") } else { format!("x'{hex}'") }
    }

    fn id(&self, number: u128) -> String {
        self.blob(&number.to_be_bytes())
    }

    fn maybe_id(&self, number: Option<u128>) -> String {
        number.map_or("NULL".into(), |number| self.id(number))
    }

    /// Writes the whole journal anew, with everything that is computed from it: a forger who forgets nothing that
    /// is in the database.
    async fn forge(&self, lines: &[(Entry, Vec<AccountId>)]) {
        for table in ["journal", "journal_mention", "head"] {
            self.run(&format!("DELETE FROM {table}")).await;
        }
        let mut peaks = Peaks::default();
        for (number, (entry, accounts)) in lines.iter().enumerate() {
            let bytes = entry.bytes();
            let leaf = leaf_hash(&bytes);
            let mut above = Vec::new();
            peaks.append(leaf, |node| above.extend((node.level > 0).then_some(node.hash)));
            let (body, hash, above) = (self.blob(&bytes), self.blob(&leaf), self.blob(&above.concat()));
            let transfer = self.maybe_id(Transfer::of(&entry.fact).map(|transfer| transfer.id.0));
            let [first, second] = [0, 1].map(|place| self.maybe_id(accounts.get(place).map(|account| account.0)));
            self.run(&format!(
                "INSERT INTO journal (shard, number, at, body, leaf, above, transfer, first_account, second_account)
                VALUES (7, {number}, {}, {body}, {hash}, {above}, {transfer}, {first}, {second})",
                entry.at.0
            ))
            .await;
            for further in accounts.iter().skip(2) {
                let further = self.id(further.0);
                self.run(&format!("INSERT INTO journal_mention VALUES (7, {further}, {number})")).await;
            }
        }
        let end = self.blob(&postcard::to_extend(&peaks, Vec::new()).unwrap());
        let last = lines.last().unwrap().0.at.0;
        self.run(&format!("UPDATE journal_end SET peaks = {end}, last_at = {last}")).await;
    }

    /// The lines, each with the accounts that it speaks of.
    async fn lines(&self) -> Vec<(Entry, Vec<AccountId>)> {
        let whole = self.store.whole().await;
        let of = |number| whole.mentions.iter().filter(move |(_, line)| *line == number).map(|(account, _)| *account);
        whole.lines.iter().map(|line| (line.entry().unwrap(), of(line.number).collect())).collect()
    }

    /// A line's part of the log, but for one bit in the node of a level.
    async fn flipped(&self, line: usize, level: usize) -> String {
        let mut above = self.store.whole().await.lines[line].above.clone();
        above[(level - 1) * 32] ^= 1;
        format!("UPDATE journal SET above = {} WHERE number = {line}", self.blob(&above))
    }
}

fn changed(line: u64) -> Fault {
    Fault::Journal(Tampered::Entry(line))
}

const MOVE_UP: &str = "UPDATE journal SET number = -number - 1000 WHERE number >= 5;
    UPDATE journal SET number = -number - 999 WHERE number < 0";

/// What is done to the tables, and what is said of it.
async fn simple(scene: &Scene) -> Vec<(&'static str, String, Fault)> {
    let copy = "INSERT INTO journal (shard, number, at, body, leaf) SELECT shard, {n}, at, body, leaf FROM journal
        WHERE number = 20";
    let row = |line, row| Fault::Row { line, row };
    vec![
        (
            "a line's content",
            "UPDATE journal SET body = (SELECT body FROM journal WHERE number = 20) WHERE number = 15;
            UPDATE journal SET at = (SELECT at FROM journal WHERE number = 20) WHERE number = 15"
                .into(),
            changed(15),
        ),
        (
            "a line with its hash",
            "UPDATE journal SET (at, body, leaf) = (SELECT at, body, leaf FROM journal WHERE number = 20)
            WHERE number = 15"
                .into(),
            Fault::Node { from: 14, until: 16 },
        ),
        (
            "a line with its hash, where it completes nothing",
            "UPDATE journal SET (at, body, leaf) = (SELECT at, body, leaf FROM journal WHERE number = 20)
            WHERE number = 16"
                .into(),
            row(16, Row::Mention(person(2))),
        ),
        (
            "a line with its hash and its part of the log",
            "UPDATE journal SET (at, body, leaf, above) = (SELECT at, body, leaf, above FROM journal WHERE number = 17)
            WHERE number = 13"
                .into(),
            Fault::Node { from: 12, until: 14 },
        ),
        (
            "a line with its hash and a larger part of the log",
            "UPDATE journal SET (at, body, leaf, above) = (SELECT at, body, leaf, above FROM journal WHERE number = 15)
            WHERE number = 13"
                .into(),
            changed(13),
        ),
        (
            "a line's hash",
            "UPDATE journal SET leaf = (SELECT leaf FROM journal WHERE number = 20) WHERE number = 16".into(),
            changed(16),
        ),
        ("a line's instant", "UPDATE journal SET at = at - 1 WHERE number = 17".into(), Fault::Unreadable { line: 17 }),
        ("a line is removed", "DELETE FROM journal WHERE number = 12".into(), Fault::OutOfOrder { line: 12 }),
        (
            "a line is removed and the gap closed",
            "DELETE FROM journal WHERE number = 12;
            UPDATE journal SET number = -number - 1000 WHERE number > 12;
            UPDATE journal SET number = -number - 1001 WHERE number < 0"
                .into(),
            changed(12),
        ),
        ("a line is inserted", format!("{MOVE_UP}; {}", copy.replace("{n}", "5")), changed(5)),
        ("the first line is removed", "DELETE FROM journal WHERE number = 0".into(), Fault::OutOfOrder { line: 0 }),
        (
            "two lines are exchanged",
            "UPDATE journal SET number = -1 WHERE number = 13;
            UPDATE journal SET number = 13 WHERE number = 14; UPDATE journal SET number = 14 WHERE number = -1"
                .into(),
            changed(13),
        ),
        ("the tail is cut", "DELETE FROM journal WHERE number >= 25".into(), Fault::OutOfOrder { line: 25 }),
        ("a line is added", copy.replace("{n}", "35"), Fault::Beyond { line: LINES }),
        ("a node of the log", scene.flipped(7, 2).await, Fault::Node { from: 4, until: 8 }),
        ("the lowest node of a line", scene.flipped(7, 1).await, Fault::Node { from: 6, until: 8 }),
        (
            "a node of the log is removed",
            format!("UPDATE journal SET above = {} WHERE number = 9", scene.blob(&[])),
            changed(9),
        ),
        (
            "a balance for queries",
            format!("UPDATE account SET posted = posted + 1 WHERE id = {}", scene.id(person(2).0)),
            Fault::Column(person(2)),
        ),
        (
            "an owner for queries",
            format!("UPDATE account SET owner = {} WHERE id = {}", scene.id(9), scene.id(person(2).0)),
            Fault::Column(person(2)),
        ),
        (
            "an account is removed",
            format!("DELETE FROM account WHERE id = {}", scene.id(person(2).0)),
            row(5, Row::Account(person(2))),
        ),
        ("a hold is removed", format!("DELETE FROM hold WHERE id = {}", scene.id(2)), row(27, Row::Hold(HoldId(2)))),
        (
            "a hold is ended",
            format!(
                "UPDATE hold SET body = (SELECT body FROM hold WHERE id = {}) WHERE id = {}",
                scene.id(0),
                scene.id(1)
            ),
            row(26, Row::Hold(HoldId(1))),
        ),
        (
            "a transfer is not found any more",
            "UPDATE journal SET transfer = NULL WHERE number = 17".into(),
            row(17, Row::Transfer(TransferId(14))),
        ),
        (
            "a transfer is found under another name",
            format!("UPDATE journal SET transfer = {} WHERE number = 17", scene.id(99)),
            row(17, Row::Transfer(TransferId(14))),
        ),
        (
            "a line that made no transfer is found as one",
            format!("UPDATE journal SET transfer = {} WHERE number = 2", scene.id(99)),
            Fault::Extra("transfer"),
        ),
        (
            "what came back of a transfer is forgotten",
            format!("DELETE FROM transfer WHERE id = {}", scene.id(11)),
            Fault::Refunded(TransferId(11)),
        ),
        (
            "that a transfer was corrected is forgotten",
            format!("DELETE FROM transfer WHERE id = {}", scene.id(12)),
            Fault::Refunded(TransferId(12)),
        ),
        (
            "a transfer from nowhere",
            format!(
                "INSERT INTO transfer SELECT shard, {}, body FROM transfer WHERE id = {}",
                scene.id(99),
                scene.id(11)
            ),
            Fault::Extra("transfer"),
        ),
        (
            "a statement's line is hidden",
            "UPDATE journal SET first_account = NULL WHERE number = 18".into(),
            row(18, Row::Mention(HOSPITAL)),
        ),
        (
            "a statement's line is hidden from the other",
            "UPDATE journal SET second_account = NULL WHERE number = 13".into(),
            row(13, Row::Mention(person(0))),
        ),
        (
            "a statement's line is hidden from a third",
            "DELETE FROM journal_mention".into(),
            row(34, Row::Mention(person(4))),
        ),
        (
            "a line stands in another's statement",
            format!("INSERT INTO journal_mention VALUES (7, {}, 13)", scene.id(person(2).0)),
            Fault::Extra("journal_mention"),
        ),
        (
            "a line stands in a statement twice",
            format!("INSERT INTO journal_mention VALUES (7, {}, 13)", scene.id(person(0).0)),
            Fault::Extra("journal_mention"),
        ),
    ]
}

pub async fn what_was_touched_is_named(make: impl AsyncFn(&Dial) -> Any) {
    let dial = Dial::new();
    let scene = Scene::new(make(&dial).await, &dial).await;
    let sound = scene.verify().await.unwrap();
    assert_eq!((sound.lines, sound.accounts, sound.heads), (LINES, 8, 8));
    let all = simple(&scene).await.len();
    for at in 0..all {
        let dial = Dial::new();
        let scene = Scene::new(make(&dial).await, &dial).await;
        scene.unlock().await;
        let (what, sql, fault) = simple(&scene).await.swap_remove(at);
        scene.run(&sql).await;
        assert_eq!(scene.verify().await, Err(fault), "{what}");
    }
}

/// Whoever writes everything in the database anew is caught by what is not in it.
pub async fn what_was_forged_is_found_by_the_heads(make: impl AsyncFn(&Dial) -> Any) {
    let scene = async || {
        let dial = Dial::new();
        let scene = Scene::new(make(&dial).await, &dial).await;
        scene.unlock().await;
        let lines = scene.lines().await;
        (scene, lines)
    };
    let (untouched, lines) = scene().await;
    untouched.forge(&lines).await;
    assert!(untouched.verify().await.is_ok(), "the forger can write what was there");

    let (removed, mut lines) = scene().await;
    lines.remove(17);
    removed.forge(&lines).await;
    // Heads were exported over 13 lines, and then over every third: it is one of those between two of them.
    assert_eq!(removed.verify().await, Err(Fault::Journal(Tampered::Between { from: 16, until: 19 })));

    let (cut, mut lines) = scene().await;
    lines.truncate(25);
    cut.forge(&lines).await;
    assert_eq!(cut.verify().await, Err(Fault::Journal(Tampered::Cut { have: 25, published: LINES })));
    let withheld = each!(&cut.store, store => {
        let last = Export::open(&cut.heads, 7).unwrap();
        sign(&**store, &cut.key, last.last()).await.unwrap_err().to_string()
    });
    assert!(withheld.contains("25") && withheld.contains("35"), "nothing is signed against it: {withheld}");

    let (late, _) = scene().await;
    let (whole, stranger) = (late.store.whole().await, HeadKey::generate().unwrap().0);
    let head = Head { size: LINES, ..whole.end.peaks.head() };
    let forged = stranger.sign(7, head, Micros(START.0)).unwrap();
    Export::open(&late.heads, 7).unwrap().append(&[forged]).unwrap();
    assert_eq!(late.verify().await, Err(Fault::Signature { size: LINES }));

    let (balance, _) = scene().await;
    richer(&balance, person(1)).await;
    assert_eq!(balance.verify().await, Err(Fault::Balance(person(1))));
}

/// A balance, as the ledger itself would write it.
async fn richer(scene: &Scene, who: AccountId) {
    let mut account: Account = scene.store.account(who).await.unwrap();
    account.posted = account.posted.checked_add(fen(100)).unwrap();
    let body = scene.blob(&postcard::to_extend(&account, Vec::new()).unwrap());
    let (posted, id) = (account.posted.get(), scene.id(who.0));
    scene.run(&format!("UPDATE account SET posted = {posted}, body = {body} WHERE id = {id}")).await;
}

#[tokio::test]
async fn on_sqlite() {
    what_was_touched_is_named(async |dial: &Dial| crate::sqlite(dial.clock()).await).await;
    what_was_forged_is_found_by_the_heads(async |dial: &Dial| crate::sqlite(dial.clock()).await).await;
}

#[tokio::test]
async fn on_postgres() {
    what_was_touched_is_named(async |dial: &Dial| crate::postgres(dial.clock()).await).await;
    what_was_forged_is_found_by_the_heads(async |dial: &Dial| crate::postgres(dial.clock()).await).await;
}
