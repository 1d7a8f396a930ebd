//! Grouping, its checks and its explanation, on a scheme small enough to follow.

mod common;

use anxin_core::drg::rule::Test;
use anxin_core::drg::{
    Columns, Diagnosis, Explanation, Fate, FindingKind, Grouper, Operation, Outcome, Place, Record, Scheme, Subject,
};
use common::opened;

const HEADER: &str = "gender,age,age_days,weight,dx,proc";

/// The group of `gender,age,age_days,weight,dx,proc` and the kinds of findings by place.
fn grouped(scheme: &Scheme, row: &str) -> (String, Vec<(FindingKind, Place)>) {
    let columns = Columns::from_header(HEADER.as_bytes()).unwrap();
    let mut grouper = Grouper::new(scheme);
    let labels = grouper.group_row(&columns.row(row.as_bytes())).labels(scheme);
    let group = if labels.status == "check_failed" { labels.status } else { labels.drg };
    (group.into(), grouper.findings().iter().map(|f| (f.kind, f.place)).collect())
}

fn check(choices: &[(&str, &str)], row: &str, group: &str) {
    assert_eq!(grouped(&opened(choices), row).0, group, "{row} with {choices:?}");
}

#[test]
fn the_first_group_that_fits_is_taken() {
    for (row, group) in [
        ("1,50,,,I61.000,", "BR15"),
        ("1,50,,,I61.000,01.2400", "BB15"),
        ("1,50,,,I61.000,38.9300|01.2400", "BR15"),
        ("1,50,,,I62.000,88.4100", "BM19"),
        ("2,50,,,C56.x00,", "NR19"),
        ("1,50,,,C56.x00,", "0000"),
        ("1,50,,,I10.x00,", "0000"),
        ("1,0,3,1400,P07.200,", "PS19"),
        ("1,0,3,1500,P07.200,", "PU19"),
        ("1,0,29,1500,P07.200,", "0000"),
        ("1,50,,,I69.000,01.2400", "0000"),
    ] {
        check(&[], row, group);
    }
}

#[test]
fn a_cc_counts_unless_the_principal_is_in_its_table() {
    for (row, group) in [
        ("1,50,,,I61.000|G93.100", "BR11"),
        ("1,50,,,I61.000|G93.100|A18.001+M49.0*", "BR11"),
        ("1,50,,,I61.000|A18.001+M49.0*", "BR15"),
        ("1,50,,,I61.000|I61.000", "BR15"),
        ("1,50,,,I62.000|G93.100", "BZ19"),
    ] {
        check(&[], row, group);
    }
}

#[test]
fn the_ambiguity_group_is_a_choice() {
    let row = "1,50,,,I61.000,38.9300|96.7201";
    check(&[], row, "BR15");
    check(&[("qy", "any-operation")], row, "BQY");
    check(&[("qy", "main-operation")], row, "BR15");
    check(&[("qy", "main-operation")], "1,50,,,I61.000,96.7201", "BQY");
    check(&[("qy", "any-operation")], "1,50,,,I61.000,01.2400", "BB15");
    check(&[("qy", "any-operation")], "2,50,,,C56.x00,96.7201", "NR19");
}

#[test]
fn what_is_missing_is_asked_for_and_never_guessed() {
    use FindingKind::{
        Missing, NoDiagnosis, NotPrincipal, OtherSex, Respelled as R, SexAsWord, UnknownCode, Unreadable,
    };
    let respelled =
        |code: &str| R(anxin_core::drg::Respelled { code: anxin_core::code::Code::new(code.as_bytes()).unwrap() });
    let check = |row: &str, group: &str, findings: &[(FindingKind, Place)]| {
        assert_eq!(grouped(&opened(&[]), row), (group.into(), findings.into()), "{row}");
    };
    check(",50,,,I61.000,", "check_failed", &[(Missing, Place::Sex)]);
    check("男,50,,,I61.000,", "BR15", &[(SexAsWord, Place::Sex)]);
    check("9,50,,,C56.x00,", "0000", &[(OtherSex, Place::Sex)]);
    check("1,,,,I61.000,", "BR15", &[]);
    check("1,,,,P07.200,", "check_failed", &[(Missing, Place::Age)]);
    check("1,0,,1400,P07.200,", "check_failed", &[(Missing, Place::AgeDays)]);
    check("1,0,3,,P07.200,", "check_failed", &[(Missing, Place::BirthWeight)]);
    check("1,0,3,0,P07.200,", "check_failed", &[(Missing, Place::BirthWeight)]);
    check("1,x,,,I61.000,", "check_failed", &[(Unreadable, Place::Age)]);
    check("1,50.0,,,I61.000,", "BR15", &[]);
    check("1,50,,,,", "check_failed", &[(NoDiagnosis, Place::Record)]);
    check("1,50,,,I69.000,", "0000", &[(NotPrincipal, Place::Diagnosis(0))]);
    check("1,50,,,I61.000|Z99.999,", "BR15", &[(UnknownCode, Place::Diagnosis(1))]);
    check("2,50,,,C56.X00,", "NR19", &[(respelled("C56.x00"), Place::Diagnosis(0))]);
    check(
        "1,50,,,I61000,012400",
        "BB15",
        &[(respelled("I61.000"), Place::Diagnosis(0)), (respelled("01.2400"), Place::Operation(0))],
    );
    check("1,50,,,I61.000|A18.001†M49.0,", "BR15", &[(respelled("A18.001+M49.0*"), Place::Diagnosis(1))]);
}

#[test]
fn exact_spelling_is_a_choice() {
    check(&[("spelling", "exact")], "2,50,,,C56.X00,", "0000");
    assert!(Scheme::open_with(&anxin_drgpack::compile(None, &common::small()).unwrap(), Some("nobody"), &[]).is_err());
}

fn diagnosis(code: &str, main: &str, kind: &str) -> Diagnosis {
    Diagnosis {
        diag_code: code.into(),
        maindiag_flag: Some(main.into()),
        diag_type: Some(kind.into()),
        ..Diagnosis::default()
    }
}

#[test]
fn a_settlement_list_says_itself_which_row_is_principal() {
    let scheme = opened(&[]);
    let record = Record {
        gend: "1".into(),
        age: Some(50),
        diagnoses: vec![
            diagnosis("A01.02.03", "1", "2"),
            diagnosis("G93.100", "0", "1"),
            diagnosis("I61.000", "1", "1"),
        ],
        operations: vec![
            Operation { oprn_oprt_code: "38.9300".into(), main_oprn_flag: None },
            Operation { oprn_oprt_code: "01.2400".into(), main_oprn_flag: Some("1".into()) },
        ],
        ..Record::default()
    };
    let mut grouper = Grouper::new(&scheme);
    assert_eq!(grouper.group_record(&record).labels(&scheme).drg, "BB11");
    let found: Vec<_> = grouper.findings().iter().map(|f| (f.kind, f.place)).collect();
    let expected = [
        (FindingKind::TraditionalMedicine, Place::Diagnosis(0)),
        (FindingKind::PrincipalNotFirst, Place::Diagnosis(2)),
    ];
    assert_eq!(found, expected);
}

fn explained(row: &str) -> Explanation {
    let scheme = opened(&[]);
    let columns = Columns::from_header(HEADER.as_bytes()).unwrap();
    let mut why = Explanation::default();
    Grouper::new(&scheme).explain_row(&columns.row(row.as_bytes()), &mut why);
    why
}

#[test]
fn an_explanation_says_why_this_mdc_adrg_and_severity() {
    let why = explained("1,50,,,I61.000|A18.001+M49.0*|G93.100,01.2400");
    assert_eq!(why.gates.iter().map(|g| g.outcome).collect::<Vec<_>>(), [Outcome::Taken]);
    let reasons: Vec<_> = why.reasons.iter().map(|r| (matches!(r.of, Subject::Mdc(_)), r.held, r.place)).collect();
    let dx = Some(Place::Diagnosis(0));
    // The last is the severity: nothing in the record settles it by its place.
    assert_eq!(
        reasons,
        [(true, true, dx), (false, true, dx), (false, true, Some(Place::Operation(0))), (false, true, None)]
    );
    let fates: Vec<_> = why.candidates.iter().map(|c| (c.place, c.fate)).collect();
    assert_eq!(fates, [(Place::Diagnosis(1), Fate::ExcludedBy(1)), (Place::Diagnosis(2), Fate::Counts)]);
}

#[test]
fn the_nearest_groups_come_with_the_one_test_that_failed() {
    let scheme = opened(&[]);
    let near = |row: &str| -> Vec<(String, bool, Option<Place>)> {
        let label = |m: &anxin_core::drg::Miss| match m.adrg {
            Some(adrg) => scheme.adrg_code(adrg).to_owned(),
            None => scheme.mdc_label(m.mdc).to_owned(),
        };
        explained(row).misses.iter().map(|m| (label(m), m.failed.is_some(), m.elsewhere)).collect()
    };
    let main_is_second = near("1,50,,,I61.000,38.9300|01.2400");
    assert_eq!(main_is_second, [("BB1".into(), true, Some(Place::Operation(1)))]);
    let fits_but_later = near("1,50,,,I61.000,01.2400");
    assert_eq!(fits_but_later, [("BR1".into(), false, None)]);
    let man = explained("1,50,,,C56.x00,");
    assert_eq!(man.misses.iter().map(|m| m.failed).collect::<Vec<_>>(), [Some(Test::Female)]);
    assert_eq!(near("1,50,,,I10.x00,"), []);
}
