//! Estimates a second on one thread, as JSON lines: `cargo run --release --example speed [NAME [RUNS]]`.
//! With RUNS that many estimates are made and nothing is timed, so that their instructions can be counted.
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anxin_core::benefit::{Case, Options};
use anxin_core::dispatch::Engine;

const CASE: &str = r#"{"region":"441500","scheme":"resident","visit":{"inpatient":{"level":"3","discharged":"2024-06-01",
"bill":{"split":{"total_fen":26000000,"own_expense_fen":2000000,"pre_self_pay_fen":1000000}}}}}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/benefit");
    let mut engine = Engine::new();
    for (_, pack) in anxin_packer::compile(&anxin_packer::read_tree(&rules)?).map_err(|lints| format!("{lints:#?}"))? {
        engine.load(&pack)?;
    }
    let traced: Case = serde_json::from_str(CASE)?;
    let bare = Case { options: Options { trace: false, ..traced.options }, ..traced.clone() };
    let only = std::env::args().nth(1);
    let counted: Option<usize> = std::env::args().nth(2).map(|runs| runs.parse()).transpose()?;
    let mut golden = Vec::new();
    gather(&rules.with_file_name("cases/benefit"), &mut golden)?;
    let golden_bare: Vec<Case> =
        golden.iter().map(|c| Case { options: Options { trace: false, ..c.options }, ..c.clone() }).collect();
    let is_exact = |case: &&Case| engine.estimate(case).is_ok_and(|answer| answer.range.is_none());
    let exact = golden_bare.iter().filter(is_exact).cloned().collect();
    let all = [
        ("estimate_traced", vec![traced]),
        ("estimate_bare", vec![bare]),
        ("golden_traced", golden),
        ("golden_bare_exact", exact),
        ("golden_bare", golden_bare),
    ];
    for (name, cases) in all.into_iter().filter(|(name, _)| only.as_ref().is_none_or(|o| o == name)) {
        if let Some(runs) = counted {
            for case in cases.iter().cycle().take(runs) {
                drop(black_box(engine.estimate(black_box(case))));
            }
            continue;
        }
        let mut cases = cases.iter().cycle();
        let mut best = 0;
        for _ in 0..5 {
            let (start, mut runs) = (Instant::now(), 0_u64);
            while start.elapsed() < Duration::from_millis(400) {
                for case in cases.by_ref().take(200) {
                    drop(black_box(engine.estimate(black_box(case))));
                }
                runs += 200;
            }
            best = best.max(runs * 1000 / u64::try_from(start.elapsed().as_millis())?);
        }
        writeln!(std::io::stdout(), r#"{{"bench":"{name}","value":{best},"unit":"1/s"}}"#)?;
    }
    Ok(())
}

/// The single visits among the golden cases.
fn gather(dir: &Path, cases: &mut Vec<Case>) -> Result<(), Box<dyn std::error::Error>> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, cases)?;
            continue;
        }
        let golden: serde_json::Value = serde_json::from_slice(&std::fs::read(path)?)?;
        if let Some(case) = golden.get("case") {
            cases.push(serde_json::from_value(case.clone())?);
        }
    }
    Ok(())
}
