//! One hot path, so often: `guard PATH TIMES`. `cargo xtask bench --guard` has the instructions counted that
//! [`counted_work`] takes; nothing is timed. Packs are read from `ANXIN_PACKS`.

use std::fs;
use std::hint::black_box;

use anxin_core::Fen;
use anxin_core::benefit::Case;
use anxin_core::dip::{self, Catalogue};
use anxin_core::dispatch::Engine;
use anxin_core::drg::{Columns, Grouper, Scheme};
use anxin_tests::{golden, node};
use anyhow::{Context as _, Result, bail, ensure};
use wallet_ledger::{
    AccountId, AccountKind, Books, Command, Fund, Leg, Micros, OpenAccount, Outcome, OwnerId, Peaks, Purpose,
    TransferId, decide, leaf_hash,
};

const CASE: &str = r#"{"region":"441500","scheme":"resident","visit":{"inpatient":{"level":"3","discharged":"2024-06-01",
"bill":{"split":{"total_fen":26000000,"own_expense_fen":2000000,"pre_self_pay_fen":1000000}}}}}"#;
const FUNDING: AccountId = AccountId(1);
const START: Micros = Micros(1_800_000_000_000_000);

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let (path, times) = (words.next().context("guard PATH TIMES")?, words.next().context("guard PATH TIMES")?);
    let times: usize = times.parse()?;
    match path.as_str() {
        "estimate_bare" => estimates(times, false),
        "estimate_traced" => estimates(times, true),
        "drg_group" => drg(times),
        "dip_group" => dip(times),
        "ledger_decide" => transfers(times),
        "merkle_append" => leaves(times),
        _ => bail!("no path is called {path}"),
    }
}

/// Known by its name: what is done outside it is not counted.
#[inline(never)]
fn counted_work<R>(times: usize, mut work: impl FnMut(usize) -> R) {
    for n in 0..times {
        drop(black_box(work(n)));
    }
}

fn pack(name: &str) -> Result<Vec<u8>> {
    let file = node::pack_dir().join(format!("{name}.anxpack"));
    fs::read(&file).with_context(|| file.display().to_string())
}

fn estimates(times: usize, trace: bool) -> Result<()> {
    let mut engine = Engine::new();
    engine.load(&pack("benefit-441500")?)?;
    let mut case: Case = serde_json::from_str(CASE)?;
    case.options.trace = trace;
    ensure!(engine.estimate(&case).is_ok(), "the case is refused");
    counted_work(times, |_| engine.estimate(black_box(&case)));
    Ok(())
}

fn drg(times: usize) -> Result<()> {
    let scheme = Scheme::open(&pack("drg-chs-drg-1.1")?).map_err(|e| anyhow::anyhow!("{e}"))?;
    let text = golden::records("drg/chs-drg-1.1")?;
    let mut lines = text.lines().map(str::as_bytes);
    let columns = Columns::from_header(lines.next().context("no header")?).map_err(|r| anyhow::anyhow!("{r:?}"))?;
    let lines: Vec<&[u8]> = lines.take(1_000).collect();
    let mut grouper = Grouper::new(&scheme);
    counted_work(times, |n| lines.get(n % lines.len()).map(|line| grouper.group_row(&columns.row(line))));
    Ok(())
}

fn dip(times: usize) -> Result<()> {
    let catalogue = Catalogue::open(&pack("dip-mz-dip2-2024")?).map_err(|e| anyhow::anyhow!("{e:?}"))?;
    let columns = dip::Columns::from_header(b"dx\tops").map_err(|r| anyhow::anyhow!("{r:?}"))?;
    // Each group once, as its label names it.
    let lines: Vec<String> = catalogue
        .groups()
        .map(|(_, group)| match group.label.split_once(':') {
            Some((key, operations)) => format!("{key}\t{operations}"),
            None => format!("{}\t", group.label),
        })
        .take(1_000)
        .collect();
    let mut grouper = dip::Grouper::new(&catalogue);
    counted_work(times, |n| lines.get(n % lines.len()).map(|line| grouper.group_row(&columns.row(line.as_bytes()))));
    Ok(())
}

fn transfers(times: usize) -> Result<()> {
    let mut books = Books::default();
    let mut ask = |command: &Command| {
        let decision = decide(&books, command, START.after(books.last));
        books.apply(&decision.plan);
        decision.outcome
    };
    let people = 2_u128..102;
    let kinds =
        std::iter::once((FUNDING, AccountKind::Funding)).chain(people.map(|n| (AccountId(n), AccountKind::Personal)));
    for (id, kind) in kinds {
        let open = OpenAccount { id, kind, fund: Fund::Account, owner: OwnerId(id.0), parent: None };
        ensure!(ask(&Command::Open(open)) == Outcome::Done, "an account is not opened");
    }
    let amount = Fen::new(100).context("an amount")?;
    let credit = |n: usize| -> Result<Command> {
        let to = AccountId(2 + u128::try_from(n % 100)?);
        let legs = vec![Leg { from: FUNDING, to, amount }];
        Ok(Command::Transfer { id: TransferId(1 + u128::try_from(n)?), purpose: Purpose::Credit, legs })
    };
    let commands: Vec<Command> = (0..times).map(credit).collect::<Result<_>>()?;
    let mut done = 0;
    counted_work(times, |n| {
        let outcome = commands.get(n).map(&mut ask);
        done += usize::from(outcome == Some(Outcome::Done));
    });
    ensure!(done == times, "{done} of {times} transfers were done");
    Ok(())
}

fn leaves(times: usize) -> Result<()> {
    let mut peaks = Peaks::default();
    let mut nodes = 0_u64;
    counted_work(times, |n| peaks.append(leaf_hash(&n.to_be_bytes()), |_| nodes += 1));
    ensure!(nodes >= peaks.size() && peaks.size() == u64::try_from(times)?, "leaves are missing");
    Ok(())
}
