//! The case file, every case, against the answers that come with it.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anxin_core::dip::settings::MainOperation;
use anxin_core::dip::{Catalogue, Columns, Grouper, Settings, score};

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules")
}

fn cases() -> String {
    let bytes = std::fs::read(rules().join("cases/dip/meizhou-2024.tsv.gz")).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
    text
}

fn meizhou(main_operation: MainOperation) -> Catalogue {
    let pack = anxin_dippack::catalogue(&rules().join("dip"), "mz-dip2-2024").unwrap_or_else(|lints| {
        let shown: Vec<String> = lints.iter().take(40).map(ToString::to_string).collect();
        panic!("{} defects\n{}", lints.len(), shown.join("\n"))
    });
    let catalogue = Catalogue::open(&pack).unwrap();
    let settings = Settings { main_operation, ..catalogue.settings.clone() };
    catalogue.with_settings(settings)
}

/// Group and path of each case, in columns `at` and `at + 1`.
fn check(main_operation: MainOperation, at: usize) {
    let (catalogue, text) = (meizhou(main_operation), cases());
    let mut lines = text.lines();
    let columns = Columns::from_header(lines.next().unwrap().as_bytes()).unwrap();
    let mut grouper = Grouper::new(&catalogue);
    let (mut all, mut differing) = (0, Vec::new());
    for line in lines {
        all += 1;
        let cells: Vec<&str> = line.split('\t').collect();
        let found = grouper.group_row(&columns.row(line.as_bytes()));
        let found = [found.label(&catalogue), found.path.code()];
        if cells[at..at + 2] != found {
            differing.push(format!("{} → {} | {line}", cells[1], found.join(" ")));
        }
    }
    assert_eq!(
        (all, differing.len()),
        (1_457, 0),
        "{}",
        differing.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn every_case_agrees_with_only_the_first_operation_as_main() {
    check(MainOperation::Strict, 10);
}

#[test]
fn every_case_agrees_with_any_operation_as_main() {
    check(MainOperation::Any, 12);
}

#[test]
fn every_score_and_amount_agrees() {
    let (catalogue, text) = (meizhou(MainOperation::Strict), cases());
    let mut lines = text.lines();
    let columns = Columns::from_header(lines.next().unwrap().as_bytes()).unwrap();
    let mut grouper = Grouper::new(&catalogue);
    let (mut scored, mut differing) = (0, Vec::new());
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let row = columns.row(line.as_bytes());
        let group = grouper.group_row(&row).group.and_then(|id| catalogue.group(id));
        let found = match group {
            None => ["NA".into(), String::new(), String::new(), String::new()],
            Some(group) => {
                scored += 1;
                let score = score(&catalogue.settings, group, &row.money().unwrap(), None, None);
                assert!(score.flags.iter().all(|f| *f == anxin_core::dip::Flag::ExpertReview), "{:?}", score.flags);
                [
                    score.band.unwrap().code().into(),
                    score.deviation.unwrap().to_string(),
                    score.case_score.unwrap().to_string(),
                    score.pay_standard_fen.unwrap().yuan().to_string(),
                ]
            }
        };
        if cells[14..18] != found {
            differing.push(format!("{found:?} | {line}"));
        }
    }
    assert!(scored > 1_000, "{scored}");
    assert_eq!(differing.len(), 0, "{}", differing.iter().take(20).cloned().collect::<Vec<_>>().join("\n"));
}
