//! A city's own groups over a scheme of this repository, told apart by what only the city asks for.

use std::path::Path;
use std::sync::LazyLock;

use anxin_core::drg::{Columns, Explanation, FindingKind, Grouper, Place, Scheme};
use anxin_import::{DoubtKind, DrgImport, DrgOptions, WhyNot, guess, import_drg};
use anxin_sheets::{Book, Limits};

static BASE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/drg");
    let packs = anxin_drgpack::all(&rules).unwrap();
    packs.into_iter().find(|(id, _)| id == "drg/chs-drg-1.1").unwrap().1
});

fn imported(table: &str) -> DrgImport {
    let book = Book::open(table.as_bytes(), &Limits::default()).unwrap();
    let options = DrgOptions {
        region: "city-2025".into(),
        name: "某市 2025 年".into(),
        schemes: vec!["chs-drg-1.1".into()],
        edition: "2025-01-01".into(),
        ..DrgOptions::default()
    };
    import_drg(&book, &guess(&book).unwrap(), &options, Some(&BASE)).unwrap()
}

/// Groups of records with these columns: sex, age, diagnoses, operations, ward.
fn grouped(scheme: &Scheme, rows: &[&str]) -> Vec<String> {
    let columns = Columns::from_header("gender\tage\tdx\tproc\t出院科别".as_bytes()).unwrap();
    let mut grouper = Grouper::new(scheme);
    rows.iter().map(|row| grouper.group_row(&columns.row(row.as_bytes())).labels(scheme).drg.to_owned()).collect()
}

const TABLE: &str = "\
DRG编码\tDRG名称\t权重\t入组条件
BR2A\t脑缺血性疾患，椎基底动脉\t1.5\t主要诊断为I63.2、I63.501
BR2B\t脑缺血性疾患，重症\t2.5\t出院科别为重症医学科/ICU，伴并发症或合并症
BR2C\t脑缺血性疾患，造影\t1.2\t手术操作包含89.52；其他诊断含I10
BR29\t脑缺血性疾患\t0.9\t
";

#[test]
fn groups_are_told_apart_by_lists_and_wards() {
    let import = imported(TABLE);
    assert_eq!((import.problems.len(), import.doubts.len()), (0, 0), "{:?}", import.doubts);
    let scheme = Scheme::open(&import.scheme_pack().unwrap().unwrap()).unwrap();
    assert_eq!(scheme.wards().into_iter().collect::<Vec<_>>(), ["ICU", "重症医学科"]);
    let rows = [
        "1\t60\tI63.900\t\t神经内科",
        "1\t60\tI63.900|J96.000\t\tICU",
        "1\t60\tI63.900\t\tICU",
        "1\t60\tI63.900|I10.x00x002\t89.5200\t神经内科",
        "1\t60\tI63.900\t89.5200\t神经内科",
        // The principal alone is asked for, and as a head of codes.
        "1\t60\tI63.200\t\t神经内科",
        "1\t60\tI63.900|I63.200\t\t神经内科",
    ];
    assert_eq!(grouped(&scheme, &rows), ["BR29", "BR2B", "BR29", "BR2C", "BR29", "BR2A", "BR29"]);
    // Every other ADRG stays as it was.
    let base = Scheme::open(&BASE).unwrap();
    let others = ["1\t60\tI60.900|J96.000\t\t", "2\t40\tN80.000\t68.4100\t", "1\t60\tJ18.900\t96.7201\t"];
    assert_eq!(grouped(&scheme, &others), grouped(&base, &others));
}

#[test]
fn a_ward_that_is_not_known_is_missing_and_the_answer_says_which_list_decided() {
    let scheme = Scheme::open(&imported(TABLE).scheme_pack().unwrap().unwrap()).unwrap();
    let columns = Columns::from_header("gender\tage\tdx\tproc\tdscg_caty".as_bytes()).unwrap();
    let mut grouper = Grouper::new(&scheme);
    let mut why = Explanation::default();
    grouper.explain_row(&columns.row("1\t60\tI63.900|J96.000\t\t".as_bytes()), &mut why);
    assert!(why.findings.iter().any(|f| f.kind == FindingKind::Missing && f.place == Place::Ward && f.refuses));
    grouper.explain_row(&columns.row("1\t60\tI63.900|J96.000\t\tICU".as_bytes()), &mut why);
    let decided = why.reasons.iter().find(|reason| reason.place == Some(Place::Ward)).unwrap();
    assert!(decided.held);
}

/// The readings of a scheme change classes of single codes; lists that are added have to be in those as well.
#[test]
fn a_reading_of_the_scheme_keeps_the_citys_lists() {
    let table = "DRG编码\tDRG名称\t权重\t入组条件\nFM1A\t支架\t2\t手术操作为36.0700\nFM19\t其他\t1\t\n";
    let pack = imported(table).scheme_pack().unwrap().unwrap();
    let row = ["1\t60\tI25.103\t36.0700\t"];
    // Only OpenDRG's lists have the operation in FM1.
    let with = |profile| grouped(&Scheme::open_with(&pack, profile, &[]).unwrap(), &row);
    assert_eq!(with(Some("opendrg")), ["FM1A"]);
    assert_ne!(with(None), ["FM1A"]);
}

#[test]
fn a_code_that_the_scheme_does_not_have_leaves_the_adrg_alone() {
    let import = imported(&TABLE.replace("I63.501", "I63.999x999"));
    let told: Vec<_> = import.doubts.iter().map(|doubt| (doubt.group.as_str(), &doubt.kind)).collect();
    assert_eq!(told, [("BR2A", &DoubtKind::NotLaid { why: WhyNot::Words("I63.999x999".into()) })]);
    assert!(import.scheme_pack().unwrap().is_none());
}
