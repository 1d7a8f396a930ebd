//! The packs of this repository: they compile, fit their budgets, and say what they should.

mod common;

use std::sync::LazyLock;

use anxin_core::Rate;
use anxin_core::code::{ClinicalMap, NameBook, System};
use anxin_core::drg::{Columns, FindingKind, Grouper, Place, Scheme, WeightBook};
use common::rules;

static PACKS: LazyLock<Vec<(String, Vec<u8>)>> =
    LazyLock::new(|| anxin_drgpack::all(&rules().join("drg")).unwrap_or_else(|lints| panic!("{lints:#?}")));

fn pack(id: &str) -> &'static [u8] {
    &PACKS.iter().find(|(known, _)| known == id).unwrap().1
}

fn brotli_bytes(pack: &[u8]) -> usize {
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &pack[..], &mut small, &brotli::enc::BrotliEncoderParams::default()).unwrap();
    small.len()
}

#[test]
fn packs_are_small_enough_to_be_fetched_by_a_phone() {
    for (id, pack) in PACKS.iter() {
        let most = if id.as_str() == "drg/names" { 400_000 } else { 80_000 };
        let size = brotli_bytes(pack);
        println!("{id}: {} bytes, {size} as Brotli", pack.len());
        assert!(size <= most, "{id} is {size} bytes as Brotli, at most {most}");
    }
}

#[test]
fn schemes_have_the_groups_that_they_are_known_for() {
    let check = |id: &str, groups: usize| {
        assert_eq!(Scheme::open(pack(id)).unwrap().groups().count(), groups, "{id}");
    };
    check("drg/chs-drg-1.1", 628);
    check("drg/chs-drg-2.0", 634);
    check("drg/guangxi-2022", 984);
}

#[test]
fn names_are_found_by_code_name_and_initials() {
    let names = NameBook::open(pack("drg/names")).unwrap();
    let first = |text: &str| names.search(System::Diagnosis, text, 3).first().map(|hit| hit.code.to_owned());
    assert_eq!(names.name(System::Diagnosis, "A00.000x001"), Some("古典生物型霍乱"));
    assert_eq!(first("a00.000x"), Some("A00.000x001".into()));
    assert_eq!(first("古典生物型霍乱"), Some("A00.000x001".into()));
    assert_eq!(first("gdswxhl"), Some("A00.000x001".into()));
    assert_eq!(first("  "), None);
    assert_eq!(names.group("guangxi-2022", "BR1"), names.group("chs-drg-1.1", "BR1"));
    assert_eq!(names.group("chs-drg-1.1", "AA19"), Some("心脏移植"));
}

#[test]
fn clinical_codes_are_read_with_a_note() {
    let scheme = Scheme::open(pack("drg/chs-drg-1.1")).unwrap();
    let map = ClinicalMap::open(pack("drg/clinical")).unwrap();
    let columns = Columns::from_header(b"gender,age,dx,proc").unwrap();
    let mut grouper = Grouper::new(&scheme).with_clinical(&map, false);
    let insurance = grouper.group_row(&columns.row(b"1,50,A01.003,")).labels(&scheme);
    assert!(grouper.findings().is_empty());
    assert_eq!(grouper.group_row(&columns.row(b"1,50,A01.000x002,")).labels(&scheme), insurance);
    let found = grouper.findings();
    assert!(matches!(found[0].kind, FindingKind::FromClinical(code) if code.as_str() == "A01.003"), "{found:?}");
    assert_eq!(found[0].place, Place::Diagnosis(0));
}

#[test]
fn a_code_that_both_editions_have_is_read_by_the_source() {
    let scheme = Scheme::open(pack("drg/chs-drg-1.1")).unwrap();
    let map = ClinicalMap::open(pack("drg/clinical")).unwrap();
    let columns = Columns::from_header(b"gender,age,dx,proc").unwrap();
    let row = columns.row(b"1,50,I10.x00,27.1x02");
    let mut as_insurance = Grouper::new(&scheme).with_clinical(&map, false);
    as_insurance.group_row(&row);
    assert!(as_insurance.findings().is_empty());
    let mut as_clinical = Grouper::new(&scheme).with_clinical(&map, true);
    as_clinical.group_row(&row);
    let found = as_clinical.findings();
    assert!(matches!(found[0].kind, FindingKind::FromClinical(code) if code.as_str() == "27.0x11"), "{found:?}");
}

#[test]
fn guangxi_pays_by_weight_and_rate() {
    let book = WeightBook::open(pack("drg/weights")).unwrap();
    let guangxi = book.region("guangxi-2022").unwrap();
    let price = &guangxi.prices[0];
    assert_eq!(price.yuan, Rate::parse("7990.24").unwrap());
    let paid = |group: &str| book.payment(guangxi, price, group, Rate::ONE).map(|p| p.standard_fen.get());
    // 29.9565 × 7,990.24 = 239,359.62456 yuan
    assert_eq!(paid("AB19"), Some(23_935_962));
    assert_eq!(paid("AA19"), None, "the region gives no weight");
    assert_eq!(paid("ZZZZ"), None);
    assert_eq!(book.regions().len(), 27);
}
