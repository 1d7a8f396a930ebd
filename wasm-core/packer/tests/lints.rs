//! Every lint has a broken pack that it, and nothing else, complains about.

use std::path::{Path, PathBuf};

use anxin_core::rules::RuleBook;
use anxin_packer::{File, Lint, LintKind, compile, drafts, read_tree, register, register_is_current, uncovered};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn authored(name: &str) -> Vec<File> {
    read_tree(&fixture(name)).unwrap()
}

fn found(kind: LintKind) -> Vec<Lint> {
    let files = authored(kind.word());
    match kind {
        LintKind::BoundaryWithoutCase => uncovered(&drafts(&files).unwrap(), &files),
        LintKind::StaleRegister => {
            let text = std::fs::read_to_string(fixture(kind.word()).join("COVERAGE.md")).unwrap();
            register_is_current(&books(&files), "COVERAGE.md", &text)
        }
        _ => compile(&files).expect_err(kind.word()),
    }
}

fn books(files: &[File]) -> Vec<RuleBook> {
    compile(files).unwrap().iter().map(|(_, bytes)| RuleBook::open(bytes).unwrap()).collect()
}

#[test]
fn a_sound_pack_has_no_findings() {
    let files = authored("sound");
    let books = books(&files);
    assert_eq!((books.len(), books[0].rules().len(), books[0].cites.len()), (1, 2, 1));
    assert_eq!(register_is_current(&books, "COVERAGE.md", &register(&books)), []);
    assert_eq!(uncovered(&drafts(&files).unwrap(), &files), []);
}

#[test]
fn each_broken_pack_is_found_out_for_what_is_wrong_with_it() {
    // The core takes whatever the other lints let through; there is no pack to show that it may not.
    let shown = LintKind::ALL.iter().filter(|kind| **kind != LintKind::Unsealable);
    for &kind in shown {
        let kinds: Vec<_> = found(kind).iter().map(|lint| lint.kind).collect();
        assert_eq!(kinds, [kind], "{}", kind.word());
    }
}

#[track_caller]
fn check(kind: LintKind, expected: &str) {
    assert_eq!(found(kind)[0].to_string().split(": ").take(3).collect::<Vec<_>>().join(": "), expected);
}

#[test]
fn a_finding_names_file_line_and_subject() {
    check(LintKind::UnknownKey, "town/inpatient.toml:5: unknown-key: percent_of");
    check(LintKind::DuplicateKey, "town/inpatient.toml:6: duplicate-key: ");
    check(LintKind::UnknownSlot, "town/inpatient.toml:9: unknown-slot: inpatient.share");
    check(LintKind::UnusedCite, "town/sources.toml:7: unused-cite: circular");
    check(LintKind::MissingCell, "town/region.toml: missing-cell: resident active inpatient.ratio 1");
    check(LintKind::BoundaryWithoutCase, "town: boundary-without-case: resident 2023-12-31");
}
