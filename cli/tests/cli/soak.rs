//! Two provinces under a mixed load for as long as one likes, with servers and primaries killed all the while. What one
//! program has of memory and open files does not grow; afterwards everybody agrees to the fen. `cargo xtask soak`.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::province::{Bill, Client, Ground, Pair, TOTAL, until_told};

/// Between two looks at the programs, and between two kills.
const LOOK: Duration = Duration::from_secs(2);
const KILL: Duration = Duration::from_secs(20);
/// So many kills of a server, and then one of a primary.
const SERVERS_TO_A_PRIMARY: usize = 4;
/// The server of each province that is never killed: what grows slowly is seen on it.
const LASTING: usize = 0;
/// Of so many bills one is not given back, so that the son's money lasts.
const KEPT: usize = 64;
/// How much more of the second half's end than of its begin counts as grown.
const MEMORY_GROWTH_PERCENT: u64 = 10;
const MEMORY_GROWTH_KB: u64 = 8 * 1024;
const FILES_GROWTH: u64 = 16;

fn minutes() -> f64 {
    std::env::var("ANXIN_SOAK_MINUTES").map_or(3.0, |text| text.parse().unwrap())
}

/// What a till, a patient and an operator do around a bill.
fn mixed(asks: &mut Client, key: &str) -> Option<Bill> {
    let bill = asks.settle(key)?;
    asks.get("father1", "wallet/notices");
    asks.get("hospital1", "pay/orders");
    asks.get("area1", "wallet/cells");
    let number: usize = key.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap();
    if number.is_multiple_of(KEPT) {
        return Some(bill);
    }
    let state = until_told("a bill is settled", || {
        let order = asks.get("hospital1", &format!("pay/orders/{}", bill.order));
        let ended = matches!(order["state"].as_str(), Some("settled" | "failed"));
        if ended { Ok(order["state"].clone()) } else { Err(order.to_string()) }
    });
    if state == "settled" {
        let path = format!("pay/orders/{}/refund", bill.order);
        asks.post("hospital1", &path, &format!("back-{key}"), &json!({ "amount_fen": TOTAL }));
    }
    Some(bill)
}

/// What a program has at a moment: memory in kB, open files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Has {
    memory: u64,
    files: u64,
}

impl Has {
    fn of(pid: u32) -> Has {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        let memory = line.trim_end_matches("kB").trim().parse().unwrap();
        let files = fs::read_dir(format!("/proc/{pid}/fd")).unwrap().count().try_into().unwrap();
        Has { memory, files }
    }

    /// The middle of several, each for itself: a single look may come at a bad moment.
    fn middle(some: &[Has]) -> Has {
        let middle = |of: fn(&Has) -> u64| {
            let mut all: Vec<u64> = some.iter().map(of).collect();
            all.sort_unstable();
            all[all.len() / 2]
        };
        Has { memory: middle(|has| has.memory), files: middle(|has| has.files) }
    }
}

/// After half the time everything that is kept for speed is there. From then on it is flat.
fn halves(looks: &[Has]) -> (Has, Has) {
    let quarter = looks.len() / 4;
    (Has::middle(&looks[2 * quarter..3 * quarter]), Has::middle(&looks[3 * quarter..]))
}

fn flat((before, after): (Has, Has)) -> bool {
    let memory = before.memory + (before.memory * MEMORY_GROWTH_PERCENT / 100).max(MEMORY_GROWTH_KB);
    after.memory <= memory && after.files <= before.files + FILES_GROWTH
}

#[test]
fn what_grows_is_not_flat() {
    let has = |memory, files| Has { memory, files };
    let looks =
        |rate: u64, files: u64| (0..100).map(|n| has(100_000 + n * rate, 50 + n * files / 10)).collect::<Vec<_>>();
    assert!(flat(halves(&looks(10, 0))));
    assert!(!flat(halves(&looks(1_000, 0))), "25 MB more in a quarter");
    assert!(!flat(halves(&looks(10, 10))), "25 files more in a quarter");
    // A single look at a bad moment is no growth.
    let mut bad = looks(10, 0);
    bad[99] = has(500_000, 500);
    assert!(flat(halves(&bad)));
}

/// Kills the next in turn; says what it was.
fn killed(pair: &mut Pair, turn: usize) -> &'static str {
    let (province, load) = (&mut pair.provinces[turn % 2], &pair.load);
    if turn / 2 % (SERVERS_TO_A_PRIMARY + 1) == SERVERS_TO_A_PRIMARY {
        province.promote();
        load.more(1);
        return "primary";
    }
    province.kill(1 - LASTING);
    load.more(1);
    province.start(1 - LASTING);
    "server"
}

#[test]
#[ignore = "takes minutes: `cargo xtask soak --minutes 30`"]
#[expect(clippy::print_stderr, reason = "a table is what it is for")]
fn nothing_grows_and_everybody_agrees() {
    let time = Duration::from_secs_f64(minutes() * 60.0);
    let mut pair = Pair::under(mixed, Ground::new(), None);
    let start = Instant::now();
    let (mut looks, mut turn, mut primaries) = ([Vec::new(), Vec::new()], 0, 0);
    while start.elapsed() < time {
        std::thread::sleep(LOOK);
        for (province, looks) in pair.provinces.iter().zip(&mut looks) {
            looks.push(Has::of(province.pid(LASTING)));
        }
        if start.elapsed() > KILL * u32::try_from(turn + 1).unwrap() {
            primaries += usize::from(killed(&mut pair, turn) == "primary");
            turn += 1;
        }
    }
    let (ran, halves) = (start.elapsed(), looks.each_ref().map(|looks| halves(looks)));
    let (bills, paid) = pair.agreed();
    eprintln!(
        "{:.1} minutes, {bills} bills, {:.1} a second; {paid} fen stayed paid",
        ran.as_secs_f64() / 60.0,
        bills as f64 / ran.as_secs_f64()
    );
    eprintln!(
        "{} servers and {primaries} primaries were killed; journals verify, windows sum to zero",
        turn - primaries
    );
    eprintln!(
        "{:<12} {:>8} {:>12} {:>12} {:>8} {:>8}",
        "province", "looks", "memory kB", "at the end", "files", "at the end"
    );
    for ((name, looks), (before, after)) in ["insuring", "treating"].into_iter().zip(&looks).zip(&halves) {
        let (count, Has { memory, files }) = (looks.len(), before);
        eprintln!("{name:<12} {count:>8} {memory:>12} {:>12} {files:>8} {:>8}", after.memory, after.files);
    }
    assert!(halves.into_iter().all(flat), "{halves:?}");
}
