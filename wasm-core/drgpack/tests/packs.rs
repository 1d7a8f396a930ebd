//! The packs of this repository: they compile, fit their budgets, and say what they should.

mod common;

use std::sync::LazyLock;

use anxin_core::code::{ClinicalMap, NameBook, System};
use anxin_core::dispatch::Engine;
use anxin_core::drg::{Band, Columns, FindingKind, Grouper, Place, Scheme, WeightBook, classify, standard};
use anxin_core::preview::{PaymentCase, Tariff};
use anxin_core::{Fen, Rate};
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
    let paid = |group: &str| standard(book.weight(guangxi, group)?, price.yuan, Rate::ONE, None).map(Fen::get);
    // 29.9565 × 7,990.24 = 239,359.62456 yuan
    assert_eq!(paid("AB19"), Some(23_935_962));
    assert_eq!(paid("AA19"), None, "the region gives no weight");
    assert_eq!(paid("ZZZZ"), None);
    assert_eq!(book.regions().len(), 27);
}

/// What the regions' own tables print for a group at a level, in yuan.
#[test]
fn levels_give_what_the_regions_published() {
    let book = WeightBook::open(pack("drg/weights")).unwrap();
    let check = |region: &str, price: &str, level: &str, group: &str, printed: &str| {
        let region = book.region(region).unwrap();
        let price = region.prices.iter().find(|p| p.label == price).unwrap();
        let coefficient = region.level(level).unwrap().of(group);
        let paid = coefficient.and_then(|factor| standard(book.weight(region, group)?, price.yuan, factor, None));
        let printed = Fen::parse_yuan(printed);
        assert_eq!(paid, printed, "{} {level} {group}", region.id);
    };
    check("suzhou-2023", "支付标准", "三级", "AA19", "311076.61");
    check("suzhou-2022", "支付标准", "二级", "AA19", "285831.46");
    check("yancheng-2022", "支付标准", "三级", "AH11", "48061.84");
    check("yancheng-2023", "支付标准", "二级", "AH11", "37479.08");
    // 常州 prints no product: 22.5705 × 11,519 × 1.01 = 262,589.485395.
    check("changzhou-2022", "费率（职工）", "三级", "AE19", "262589.49");
    check("taizhou-2022", "支付标准", "二级", "AA19", "");
    let of = |region: &str, level: &str, group: &str| book.region(region).unwrap().level(level).unwrap().of(group);
    assert_eq!(of("lanzhou-2023", "省三甲", "AB19"), Rate::parse("1.1476"));
    assert_eq!(of("yinchuan-2023", "三乙", "AH11"), Rate::parse("0.90752"));
    let with_levels = book.regions().iter().filter(|region| !region.levels.is_empty()).count();
    assert_eq!((with_levels, book.region("beijing-2022").unwrap().levels.len()), (8, 0));
}

/// Whatever a region's table says of a group beside its numbers is told with the payment.
#[test]
fn what_a_table_says_of_a_group_is_told() {
    let mut engine = Engine::new();
    engine.load(pack("drg/weights")).unwrap();
    let shelf = engine.shelf();
    let check = |asked: PaymentCase, scheme: &str, group: &str, told: &[(&str, bool)]| {
        let remarks = Tariff::asked(shelf, scheme, &asked).unwrap().remarks(group);
        let found: Vec<_> = remarks.iter().map(|remark| (remark.said.zh.as_str(), remark.applied)).collect();
        assert_eq!(found, told, "{} {group}", asked.region);
    };
    let wuhan = || asked("wuhan-2022", "二级医院支付标准（职工）");
    check(wuhan(), "chs-drg-1.1", "OB19", &[("备注：并发症治疗费用按本组权重的50%支付", false)]);
    check(wuhan(), "chs-drg-1.1", "KS19", &[("备注：酸中毒、昏迷、酮症等严重并发症参照KU11支付", false)]);
    check(wuhan(), "chs-drg-1.1", "AA19", &[]);
    check(asked("beijing-2022", "支付标准"), "chs-drg-1.1", "AA19", &[("RW：按项目据实支付", false)]);
    check(asked("lanzhou-2023", "基础费率（职工）"), "chs-drg-1.1", "AB19", &[("病组类型：不稳定病组", false)]);
    let both = [("总量控制病组：是", false), ("总控人次：19015", false)];
    let yantai = PaymentCase { yuan: Rate::parse("9000"), ..asked("yantai-2023", "") };
    check(yantai, "chs-drg-1.1", "BR23", &both);
    // 基础病组 are in the coefficients of 苏州 and the amounts of 无锡, unless somebody says other ones.
    let suzhou = || asked("suzhou-2022", "支付标准");
    check(suzhou(), "chs-drg-1.1", "BR25", &[("基础病组：是", true)]);
    check(PaymentCase { coefficient: Some(Rate::ONE), ..suzhou() }, "chs-drg-1.1", "BR25", &[("基础病组：是", false)]);
    check(PaymentCase { yuan: Some(Rate::ONE), ..suzhou() }, "chs-drg-1.1", "BR25", &[("基础病组：是", false)]);
    let marked = shelf.weights().flat_map(WeightBook::regions).filter(|region| !region.remarks.is_empty()).count();
    assert_eq!(marked, 17);
}

/// Where weight × price is not what a region's table prints, the table is right.
#[test]
fn the_standards_are_those_that_were_printed() {
    let mut engine = Engine::new();
    engine.load(pack("drg/weights")).unwrap();
    let shelf = engine.shelf();
    let check = |region: &str, price: &str, factor: Option<&str>, group: &str, printed: &str| {
        let asked = PaymentCase { coefficient: factor.and_then(Rate::parse), ..asked(region, price) };
        let paid = Tariff::asked(shelf, "chs-drg-1.1", &asked).unwrap().pay(group, None).unwrap();
        assert_eq!(paid.standard, Fen::parse_yuan(printed).unwrap(), "{region} {price} {group}");
    };
    // 基础病组 at every level as at the first; the next group is none.
    for level in ["一级", "二级", "三级"] {
        check("wuxi-2022", &format!("{level}医院支付标准"), None, "BU25", "7599.90");
    }
    check("wuxi-2022", "三级医院支付标准", None, "GF19", "9976.53");
    check("beijing-2022", "支付标准", None, "CV19", "403");
    check("beijing-2022", "支付标准", Some("0.5"), "CV19", "201.50");
    check("lanzhou-2022", "支付标准", None, "AB19", "192699.40");
    // A price that somebody says is not the table's.
    let own = PaymentCase { yuan: Rate::parse("20000"), ..asked("beijing-2022", "支付标准") };
    let paid = Tariff::asked(shelf, "chs-drg-1.1", &own).unwrap().pay("CV19", None).unwrap();
    assert_eq!(paid.standard, Fen::parse_yuan("400").unwrap());
    let book = WeightBook::open(pack("drg/weights")).unwrap();
    let printed = |region: &str| book.region(region).unwrap().prices.iter().map(|p| p.printed.len()).sum::<usize>();
    assert_eq!(["beijing-2022", "lanzhou-2022", "wuxi-2022"].map(printed), [646, 11, 50]);
}

fn asked(region: &str, price: &str) -> PaymentCase {
    PaymentCase {
        region: region.into(),
        price: price.into(),
        yuan: None,
        level: None,
        coefficient: None,
        cost_fen: None,
        fund_fen: None,
        patient_fen: None,
        thresholds: None,
    }
}

#[test]
fn lines_are_known_of_one_region_only() {
    let book = WeightBook::open(pack("drg/weights")).unwrap();
    let with_lines: Vec<&str> = book.regions().iter().filter(|r| r.lines.is_some()).map(|r| r.id.as_str()).collect();
    assert_eq!(with_lines, ["jilin-2022"]);
    let region = book.region("jilin-2022").unwrap();
    let (weight, lines) = (book.weight(region, "AH11").unwrap(), region.lines.as_ref().unwrap());
    let paid = standard(weight, region.prices[0].yuan, Rate::ONE, None).unwrap();
    let band = |yuan: &str| classify(Fen::parse_yuan(yuan).unwrap(), paid, weight, &lines.thresholds());
    // The table prints 27,658.57 and 158,048.96 for this group.
    assert_eq!([band("27658.56"), band("27658.57")], [Some(Band::Low), Some(Band::Normal)]);
    assert_eq!([band("158048.96"), band("158048.97")], [Some(Band::Normal), Some(Band::High)]);
}
