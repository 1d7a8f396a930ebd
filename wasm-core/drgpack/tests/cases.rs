//! The case files, every record, against the answers that come with them.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anxin_core::drg::{Columns, Grouper, Scheme};

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules")
}

fn cases(name: &str) -> String {
    let bytes = std::fs::read(rules().join(format!("cases/drg/{name}.tsv.gz"))).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
    text
}

fn scheme(name: &str, profile: Option<&str>) -> Scheme {
    let pack = anxin_drgpack::scheme(&rules().join("drg"), name).unwrap_or_else(|lints| {
        let shown: Vec<String> = lints.iter().take(40).map(ToString::to_string).collect();
        panic!("{} defects\n{}", lints.len(), shown.join("\n"))
    });
    Scheme::open_with(&pack, profile, &[]).unwrap()
}

/// The records that come out otherwise than expected, as `id expected → found`, and how many there are in all.
fn differences(scheme: &Scheme, text: &str) -> (Vec<String>, usize) {
    let mut lines = text.lines();
    let columns = Columns::from_header(lines.next().unwrap().as_bytes()).unwrap();
    let mut grouper = Grouper::new(scheme);
    let mut all = 0;
    let mut differing = Vec::new();
    for line in lines {
        all += 1;
        let cells: Vec<&str> = line.split('\t').collect();
        let found = grouper.group_row(&columns.row(line.as_bytes())).labels(scheme);
        let found = [found.status, found.mdc, found.adrg, found.drg];
        if cells[11..15] != found {
            differing.push(format!("{} {} → {} | {line}", cells[0], cells[11..15].join(" "), found.join(" ")));
        }
    }
    (differing, all)
}

fn check(name: &str, profile: Option<&str>, expected: (usize, usize)) {
    let (differing, all) = differences(&scheme(name, profile), &cases(name));
    let shown = differing.iter().take(30).cloned().collect::<Vec<_>>().join("\n");
    assert_eq!((all - differing.len(), all), expected, "{name} {profile:?}\n{shown}");
}

/// The official reading agrees with the case file but for the records that each choice accounts for.
fn check_default(name: &str, choices: &[(&str, &str)], expected: (usize, usize)) {
    let pack = anxin_drgpack::scheme(&rules().join("drg"), name).unwrap();
    let scheme = Scheme::open_with(&pack, None, choices).unwrap();
    let (differing, all) = differences(&scheme, &cases(name));
    let shown = differing.iter().take(30).cloned().collect::<Vec<_>>().join("\n");
    assert_eq!((all - differing.len(), all), expected, "{name} {choices:?}\n{shown}");
}

/// Each line goes one choice further towards OpenDRG; docs/drg-differences.md has the same figures.
#[test]
fn every_difference_of_the_official_1_1_reading_is_accounted_for() {
    let steps = [
        (("pv1", "list"), 29_768),
        (("pv1", "remainder"), 29_839),
        (("spelling", "exact"), 29_906),
        (("blank-age-days", "zero"), 29_932),
        (("blank-age", "refuse"), 29_980),
        (("lists", "opendrg"), 30_000),
    ];
    for (n, (_, agree)) in steps.iter().enumerate() {
        let choices: Vec<_> = steps[..=n].iter().map(|(choice, _)| *choice).collect();
        check_default("chs-drg-1.1", &choices, (*agree, 30_000));
    }
}

#[test]
fn every_difference_of_the_official_guangxi_reading_is_accounted_for() {
    let steps = [
        (("sex", "words-taken"), 19_826),
        (("sex", "numbers-only"), 19_858),
        (("spelling", "exact"), 19_907),
        (("newborn-weight", "optional"), 19_955),
    ];
    for (n, (_, agree)) in steps.iter().enumerate() {
        let choices: Vec<_> = steps[..=n].iter().map(|(choice, _)| *choice).collect();
        check_default("guangxi-2022", &choices, (*agree, 19_955));
    }
}

#[test]
fn national_1_1_reads_as_opendrg_does() {
    check("chs-drg-1.1", Some("opendrg"), (30_000, 30_000));
}

#[test]
fn guangxi_reads_as_opendrg_does() {
    check("guangxi-2022", Some("opendrg"), (19_955, 19_955));
}
