//! Every layer and setting over a catalogue small enough to be read at a glance.

use std::path::Path;

use anxin_core::code::{Column, Dictionary};
use anxin_core::dip::layout::{Exclusion, Layout, OperationClass};
use anxin_core::dip::settings::{BaseLevel, Choose, MainOperation, Related, Settings, Ties, Unclassed};
use anxin_core::dip::{
    Catalogue, Columns, Draft, Explanation, Expression, Fate, FindingKind, Flag, Grammar, GroupDraft, GroupText,
    Grouper, Grouping, Kind, Money, Record, Rule, normalised, score,
};
use anxin_core::drg::{Diagnosis, Operation, Place};
use anxin_core::{Fen, Rate};

const GROUPS: [(&str, &str); 20] = [
    ("C34.1:32.4100/32.4100x002_96.7101", "5010"),
    ("C34.1:32.4100/32.4100x002", "4542"),
    ("C34.1", "548"),
    ("C22.0:38.9300", "3115"),
    ("C22.0:38.9300_99.2500", "2634"),
    ("C22.0:38.9300_99.2500+99.2800x005", "2900"),
    ("C22:38.9300/50.2200", "9000"),
    ("C22.001:50.2200", "100"),
    ("C22.0:50.2200", "200"),
    ("K80.0:51.2300_51.1000/51.1100+51.1100/51.1200", "900"),
    ("K80.0:51.2300", "500"),
    ("C34:SS", "700"),
    ("C34:ZLXCZ", "600"),
    ("C34:BSZL", "300"),
    ("CP10:SS", "250"),
    ("CP10:BSZL", "120"),
    ("E11.6:99.2800", "80"),
    ("I10.x:00.6600", "60"),
    ("I10.x:88.5500", "60"),
    ("D12:48.3600x002/48.3501/48.3502/48.3501", "77"),
];

fn draft() -> Draft {
    let mut draft = Draft::new(Layout { id: "small".into(), ..Layout::default() });
    for (code, points) in GROUPS {
        let group = GroupDraft::of(GroupText::parse(Grammar::SlashPlus, code).unwrap());
        draft.add(GroupDraft { score: Rate::parse(points), ..group }).unwrap();
    }
    for (code, class) in [
        ("32.4100", OperationClass::Surgery),
        ("96.7101", OperationClass::Therapeutic),
        ("00.6600", OperationClass::Interventional),
        ("88.5500", OperationClass::Diagnostic),
        ("89.0000", OperationClass::None),
    ] {
        draft.classes.insert(normalised(code).unwrap(), class);
    }
    draft
}

fn opened(draft: &Draft, settings: Settings) -> Catalogue {
    Catalogue::open(&draft.seal("2026-01-01").unwrap()).unwrap().with_settings(settings)
}

fn group<'c>(catalogue: &'c Catalogue, dx: &str, ops: &str) -> (&'c str, &'static str) {
    let columns = Columns::from_header(b"dx\tops").unwrap();
    let mut grouper = Grouper::new(catalogue);
    let found = grouper.group_row(&columns.row(format!("{dx}\t{ops}").as_bytes()));
    (found.label(catalogue), found.path.code())
}

#[track_caller]
fn check(settings: &Settings, dx: &str, ops: &str, expected: (&str, &str)) {
    assert_eq!(group(&opened(&draft(), settings.clone()), dx, ops), expected, "{dx} {ops}");
}

#[test]
fn the_worked_example_of_the_rules() {
    let s = Settings::default();
    check(&s, "C34.118", "32.4100|96.7101", ("C34.1:32.4100/32.4100x002_96.7101", "CORE"));
    check(&s, "C34.118", "32.4100", ("C34.1:32.4100/32.4100x002", "CORE"));
    check(&s, "C34.118", "", ("C34.1", "CORE"));
    check(&s, "C34.118", "96.7101|32.4100", ("C34:ZLXCZ", "COMPREHENSIVE"));
    check(&s, "c34.118", " 32.4100X002 ", ("C34.1:32.4100/32.4100x002", "CORE"));
}

#[test]
fn most_related_parts_come_before_score_and_grain() {
    let s = Settings::default();
    check(&s, "C22.000", "38.9300|99.2500", ("C22.0:38.9300_99.2500", "CORE"));
    check(&s, "C22.000", "38.9300|99.2500|99.2800x005", ("C22.0:38.9300_99.2500+99.2800x005", "CORE"));
    check(&s, "C22.000", "38.9300|88.0000", ("C22.0:38.9300", "CORE"));
    check(&s, "C22.900", "38.9300", ("C22:38.9300/50.2200", "CORE"));
    check(&s, "C22.001", "50.2200", ("C22.001:50.2200", "CORE"));
    check(&s, "I10.x00", "00.6600", ("I10.x:00.6600", "CORE"));
    let any = Settings { main_operation: MainOperation::Any, ..Settings::default() };
    check(&any, "I10.x00", "88.5500|00.6600", ("I10.x:00.6600", "CORE"));
    let score_first = Settings { ties: Ties::ScoreThenFiner, ..Settings::default() };
    check(&score_first, "C22.000", "50.2200", ("C22:38.9300/50.2200", "CORE"));
}

#[test]
fn each_part_wants_an_operation_of_its_own() {
    let s = Settings::default();
    let both = "K80.0:51.2300_51.1000/51.1100+51.1100/51.1200";
    check(&s, "K80.000", "51.2300|51.1100", ("K80.0:51.2300", "CORE"));
    // The first part has to leave 51.1100 to the second.
    check(&s, "K80.000", "51.2300|51.1100|51.1000", (both, "CORE"));
    check(&s, "K80.000", "51.2300|51.1100|51.1100", ("K80.0:51.2300", "CORE"));
    let any_part = Settings { related: Related::AnyPart, ..Settings::default() };
    check(&any_part, "K80.000", "51.2300|51.1100", (both, "CORE"));
    let every = Settings { related: Related::EveryOperation, ..Settings::default() };
    check(&every, "K80.000", "51.2300|51.1100|51.1000", ("K80.0:51.2300", "CORE"));
    check(&every, "K80.000", "51.2300|51.1100|51.1000|51.1200", (both, "CORE"));
}

#[test]
fn live_operations_never_fall_back_to_the_conservative_group() {
    let fallback = Settings { conservative_fallback: true, ..Settings::default() };
    check(&Settings::default(), "C34.118", "32.2100", ("C34:BSZL", "COMPREHENSIVE"));
    check(&fallback, "K80.000", "32.2100", ("UNGROUPED", "UNGROUPED"));
    let unknown = Settings { unclassed: Unclassed::Unknown, ..Settings::default() };
    check(&unknown, "C34.118", "32.2100", ("UNGROUPED", "UNGROUPED"));
    let fallback_unknown = Settings { conservative_fallback: true, ..unknown };
    check(&fallback_unknown, "C34.118", "32.2100", ("C34.1", "CORE"));
    // What the class table leaves out is no operation.
    check(&Settings::default(), "C34.118", "89.0000", ("C34.1", "CORE"));
}

#[test]
fn chapters_and_the_blank_group_take_what_is_left() {
    check(&Settings::default(), "J98.400", "32.4100", ("CP10:SS", "CHAPTER"));
    check(&Settings::default(), "J98.400", "", ("CP10:BSZL", "CHAPTER"));
    check(&Settings::default(), "J98.400", "88.5500", ("UNGROUPED", "UNGROUPED"));
    let mut with_blank = draft();
    with_blank.add(GroupDraft::of(GroupText::parse(Grammar::SlashPlus, "KBBZ").unwrap())).unwrap();
    assert_eq!(group(&opened(&with_blank, Settings::default()), "J98.400", "88.5500"), ("KBBZ", "BLANK"));
}

#[test]
fn operations_are_compared_exactly_unless_the_setting_says_otherwise() {
    check(&Settings::default(), "E11.600", "99.2800x005", ("UNGROUPED", "UNGROUPED"));
    let widened = Settings { base_matches_extensions: true, ..Settings::default() };
    check(&widened, "E11.600", "99.2800x005", ("E11.6:99.2800", "CORE"));
    check(&widened, "E11.600", "99.2801", ("UNGROUPED", "UNGROUPED"));
}

#[test]
fn exclusions_of_the_edition() {
    let mut listed = draft();
    listed.excluded_principals.insert(normalised("C34.118").unwrap());
    listed.excluded_operations.insert(normalised("96.7101").unwrap(), Exclusion::NotMain);
    listed.excluded_operations.insert(normalised("32.4100x002").unwrap(), Exclusion::Conservative);
    let catalogue = opened(&listed, Settings::default());
    assert_eq!(group(&catalogue, "C34.118", ""), ("EXCLUDED", "EXCLUDED"));
    assert_eq!(group(&catalogue, "C34.119", ""), ("C34.1", "CORE"));
    // Not as main, but still as related.
    let related = ("C34.1:32.4100/32.4100x002_96.7101", "CORE");
    assert_eq!(group(&catalogue, "C34.119", "96.7101|32.4100"), related);
    assert_eq!(group(&catalogue, "C34.119", "32.4100x002"), ("C34.1", "CORE"));
    // With a list, the class drops nothing.
    assert_eq!(group(&catalogue, "C34.119", "89.0000"), ("C34:BSZL", "COMPREHENSIVE"));
}

#[test]
fn other_programs_choose_otherwise() {
    let mut means = Draft::new(Layout { id: "means".into(), ..Layout::default() });
    for (code, mean, base_level) in
        [("I10.x:88.5500", 100_000, false), ("I10.x:00.6600", 900_000, true), ("I10.x", 50_000, false)]
    {
        let group = GroupDraft::of(GroupText::parse(Grammar::SlashPlus, code).unwrap());
        means.add(GroupDraft { mean_fen: Fen::new(mean), base_level, ..group }).unwrap();
    }
    let any = |choose| Settings { choose, main_operation: MainOperation::Any, ..Settings::default() };
    let catalogue = opened(&means, any(Choose::ClosestCost));
    let columns = Columns::from_header(b"dx\tops\tcost\top_classes").unwrap();
    let mut grouper = Grouper::new(&catalogue);
    let mut at = |cost: &str| {
        let line = format!("I10.x00\t88.5500|00.6600\t{cost}\tDIAG|INTV");
        grouper.group_row(&columns.row(line.as_bytes())).label(&catalogue)
    };
    assert_eq!(at("1200"), "I10.x:88.5500");
    assert_eq!(at("8000"), "I10.x:00.6600");
    assert_eq!(at(""), "I10.x:00.6600", "without a cost the ties decide");
    let ladder = opened(&means, any(Choose::Ladder));
    let mut grouper = Grouper::new(&ladder);
    let row = "I10.x00\t88.5500|00.6600\t1000\tDIAG|INTV";
    assert_eq!(grouper.group_row(&columns.row(row.as_bytes())).label(&ladder), "I10.x:00.6600");
    let row = "I10.x00\t47.0100\t1000\tSURG";
    assert_eq!(grouper.group_row(&columns.row(row.as_bytes())).label(&ladder), "I10.x");
}

#[test]
fn stays_by_days_and_traditional_medicine_go_their_own_way() {
    let mut tracks = draft();
    let base = |code: &str| GroupDraft::of(GroupText::parse(Grammar::SlashPlus, code).unwrap());
    let bed = |label: &str, points, days| GroupDraft {
        label: label.into(),
        kind: Kind::BedDay,
        score: Rate::parse(points),
        days: Some(days),
        ..base("F20")
    };
    tracks.add(bed("F20-1", "45.5", (1, Some(60)))).unwrap();
    tracks.add(bed("F20-2", "40", (61, None))).unwrap();
    let tcm = GroupDraft { label: "TCM-1".into(), kind: Kind::Tcm, score: Rate::parse("30"), ..base("G51.0:17.97140") };
    tracks.add(tcm).unwrap();
    let catalogue = opened(&tracks, Settings::default());
    let columns = Columns::from_header("dx\tops\tlos\ttrack".as_bytes()).unwrap();
    let mut grouper = Grouper::new(&catalogue);
    let mut at = |row: &str| {
        let found = grouper.group_row(&columns.row(row.as_bytes()));
        (found.label(&catalogue), found.path.code(), found.group)
    };
    let (label, path, id) = at("F20.000\t\t20\t床日");
    assert_eq!((label, path), ("F20-1", "BED_DAY"));
    assert_eq!(at("F20.000\t\t61\tbed_day").0, "F20-2");
    assert_eq!(at("F20.000\t\t\tbed_day").0, "INCOMPLETE", "days that are not known are not guessed");
    assert_eq!(at("F20.000\t\t20\t").0, "UNGROUPED");
    assert_eq!(at("G51.000\t17.97140\t\t中医优势病种").1, "TCM");
    // 45.5 × 20 × 1.0 × 6.2
    let money = Money { coefficient: Some(Rate::ONE), point_value: Rate::parse("6.2"), ..Money::default() };
    let group = catalogue.group(id.unwrap()).unwrap();
    let paid = score(&catalogue.settings, group, &money, Some(20), None);
    assert_eq!(paid.pay_standard_fen, Fen::parse_yuan("5642.00"));
    assert_eq!(score(&catalogue.settings, group, &money, None, None).flags, [Flag::NoDays]);
}

#[test]
fn pre_groups_of_the_national_edition() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/dip");
    let catalogue = Catalogue::open(&anxin_dippack::catalogue(&rules, "dip3-pre-2026").unwrap()).unwrap();
    assert_eq!(catalogue.pre_groups().len(), 19);
    let columns = Columns::from_header(b"dx\tops\tage\tage_days\tweight").unwrap();
    let mut grouper = Grouper::new(&catalogue);
    let mut at = |row: &str| {
        let found = grouper.group_row(&columns.row(row.as_bytes()));
        let missing = grouper.findings().iter().find(|f| f.kind == FindingKind::Missing).map(|f| f.place);
        (found.label(&catalogue), missing)
    };
    assert_eq!(at("J96.000\t39.9500x007|47.0100|96.7201"), ("XQ-13", None), "13 comes before 14, anywhere");
    assert_eq!(at("J96.000\t47.0100|96.7201"), ("XQ-14", None));
    assert_eq!(at("I50.000\t47.0100|37.5100"), ("UNGROUPED", None), "a transplant has to be main");
    assert_eq!(at("I50.000\t37.5100x001"), ("XQ-2", None));
    assert_eq!(at("P22.000|P07.101\t\t0\t5\t1500"), ("XQ-18", None));
    assert_eq!(at("P07.101\t\t0\t28\t999"), ("XQ-16", None));
    assert_eq!(at("P07.101\t\t0\t29\t999"), ("UNGROUPED", None));
    assert_eq!(at("P07.101\t\t0\t\t999"), ("UNGROUPED", Some(Place::AgeDays)));
    assert_eq!(at("P07.101\t\t0\t5\t"), ("UNGROUPED", Some(Place::BirthWeight)));
    assert_eq!(at("P07.101\t\t3\t\t"), ("UNGROUPED", None));
}

#[test]
fn the_national_grammar_binds_the_other_way() {
    let mut national = Draft::new(Layout { id: "national".into(), grammar: Grammar::BarPlus, ..Layout::default() });
    let related = Expression::parse(Grammar::BarPlus, "99.2500+99.2800x005|92.2000").unwrap();
    let base = GroupDraft::of(GroupText::parse(Grammar::BarPlus, "C34.1:32.4100|32.2100").unwrap());
    national.add(GroupDraft { label: "BX-1".into(), related: Some(related), ..base }).unwrap();
    let catalogue = opened(&national, Settings::default());
    assert_eq!(group(&catalogue, "C34.100", "32.2100|92.2000").0, "BX-1");
    assert_eq!(group(&catalogue, "C34.100", "32.4100|99.2500|99.2800x005").0, "BX-1");
    assert_eq!(group(&catalogue, "C34.100", "32.4100|99.2500").0, "UNGROUPED");
}

#[test]
fn codes_are_checked_where_an_edition_is_given() {
    let catalogue = opened(&draft(), Settings::default());
    let dictionary = |codes: &[&str]| {
        Dictionary::new(Column::pack(codes.iter().map(|c| (*c, 0))).unwrap().unpack().unwrap()).unwrap()
    };
    let (diagnoses, operations) = (dictionary(&["C34.118"]), dictionary(&["32.4100", "32.4100x002"]));
    let columns = Columns::from_header(b"dx\tops").unwrap();
    let mut grouper = Grouper::new(&catalogue).with_edition(&diagnoses, &operations);
    let mut at = |row: &str| {
        let found = grouper.group_row(&columns.row(row.as_bytes()));
        (found.path.code(), grouper.findings().first().map(|f| f.kind))
    };
    assert_eq!(at("C34.118\t32.4100"), ("CORE", None));
    let respelled = FindingKind::Respelled(normalised("C34.118").unwrap());
    assert_eq!(at("Ｃ34118\t32.4100"), ("CORE", Some(respelled)));
    assert_eq!(at("C34.119\t32.4100"), ("INVALID_DX", Some(FindingKind::UnknownCode)));
    assert_eq!(at("C34.118\t32.9999").1, Some(FindingKind::UnknownCode));
    assert_eq!(at("C34.118\t32.9999").0, "COMPREHENSIVE", "an unknown operation is still one");
}

#[test]
fn every_candidate_is_reported_with_why_it_lost() {
    let catalogue = opened(&draft(), Settings::default());
    let diagnosis = |code: &str, main: &str| Diagnosis {
        diag_code: code.into(),
        maindiag_flag: Some(main.into()),
        ..Diagnosis::default()
    };
    let operation = |code: &str| Operation { oprn_oprt_code: code.into(), main_oprn_flag: None };
    let record = |ops: &[&str]| Record {
        diagnoses: vec![diagnosis("I10.x00", "0"), diagnosis("C34.118", "1")],
        operations: ops.iter().map(|o| operation(o)).collect(),
        ..Record::default()
    };
    let fates = |ops: &[&str]| {
        let (mut grouper, mut why) = (Grouper::new(&catalogue), Explanation::default());
        grouper.explain_record(&record(ops), &mut why);
        assert_eq!(why.grouping, grouper.group_record(&record(ops)));
        let label = |c: &anxin_core::dip::Candidate| catalogue.group(c.group).unwrap().label.clone();
        why.candidates.iter().map(|c| (label(c), c.fate.clone())).collect::<Vec<_>>()
    };
    let of = |fates: &[(String, Fate)], label: &str| fates.iter().find(|(l, _)| l == label).unwrap().1.clone();
    let full = "C34.1:32.4100/32.4100x002_96.7101";
    let main_only = "C34.1:32.4100/32.4100x002";
    let all = fates(&["32.4100", "96.7101"]);
    assert_eq!(all.len(), 6);
    assert_eq!(all[0], (full.into(), Fate::Taken));
    assert_eq!(of(&all, main_only), Fate::FewerRelated { met: 0, taken: 1 });
    assert_eq!(of(&all, "C34.1"), Fate::Conservative);
    assert_eq!(of(&all, "C34:SS"), Fate::NotReached);
    assert!(matches!(of(&all, "C34:ZLXCZ"), Fate::OtherClass { has: Some(_) }));
    let missing = vec![normalised("96.7101").unwrap()];
    assert_eq!(of(&fates(&["32.4100"]), full), Fate::RelatedMissing { met: 0, wanted: 1, missing });
    assert_eq!(of(&fates(&["96.7101", "32.4100"]), main_only), Fate::MainElsewhere { place: 1 });
    assert_eq!(of(&fates(&[]), full), Fate::MainMissing);
    let json = serde_json::to_string(&Explanation::default()).unwrap();
    assert!(!json.contains("score") && !json.contains("fen"), "no points beside an explanation");
}

fn scored(settings: &Settings, cost: &str) -> anxin_core::dip::Score {
    let mut one = Draft::new(Layout { id: "one".into(), ..Layout::default() });
    let group = GroupDraft::of(GroupText::parse(Grammar::SlashPlus, "I10.x").unwrap());
    one.add(GroupDraft { score: Rate::parse("1332.0802"), ..group }).unwrap();
    let catalogue = opened(&one, settings.clone());
    let money = Money {
        cost: Fen::parse_yuan(cost),
        peer_average: Fen::parse_yuan("6474.48"),
        coefficient: Rate::parse("0.85"),
        point_value: Rate::parse("5.50"),
        patient_paid: Fen::parse_yuan("1000"),
    };
    let id = catalogue.find("I10.x").unwrap();
    score(settings, catalogue.group(id).unwrap(), &money, None, None)
}

#[test]
fn deviation_as_in_the_worked_example() {
    let n1 = Settings::default();
    let paid = |settings: &Settings, cost: &str| scored(settings, cost).pay_standard_fen.unwrap().yuan().to_string();
    for (cost, expected) in
        [("3000", "2885.55"), ("6000", "6227.47"), ("12948.96", "6227.47"), ("16000", "9162.12"), ("40000", "32246.50")]
    {
        assert_eq!(paid(&n1, cost), expected, "{cost}");
    }
    let high = scored(&n1, "16000");
    assert_eq!(high.deviation.unwrap().to_string(), "1.471241");
    assert_eq!(scored(&n1, "3000").ratio.unwrap().to_string(), "0.463358");
    let extreme = scored(&n1, "40000");
    assert_eq!(
        (extreme.deviation.unwrap().to_string().as_str(), extreme.flags),
        ("5.178102", vec![Flag::ExpertReview])
    );
    assert_eq!(scored(&n1, "6000").fund_fen, Fen::parse_yuan("5227.47"));
    let mut ta = Settings::default();
    ta.deviation.rule = Rule::Ta;
    assert_eq!(paid(&ta, "16000"), "9679.99");
    // The edges: at exactly 2 the base program calls it high.
    let mut inclusive = Settings::default();
    (inclusive.deviation.low_inclusive, inclusive.deviation.high_inclusive) = (true, true);
    assert_eq!(scored(&inclusive, "12948.96").band.unwrap().code(), "HIGH");
    assert_eq!(scored(&n1, "3237.24").band.unwrap().code(), "NORMAL");
    assert_eq!(scored(&inclusive, "3237.24").band.unwrap().code(), "LOW");
    let mut n3 = Settings::default();
    n3.deviation.rule = Rule::N3;
    let review = scored(&n3, "16000");
    assert_eq!((review.flags, review.pay_standard_fen), (vec![Flag::SpecialReview], Fen::parse_yuan("6227.47")));
    // k = 3,000 / 6,227.47 of the standard: the cost itself.
    assert_eq!(paid(&n3, "3000"), "3000.00");
}

#[test]
fn base_level_groups_have_one_coefficient() {
    let mut base = Draft::new(Layout { id: "base".into(), ..Layout::default() });
    for (code, base_level) in [("I10.x", true), ("I11.9", false)] {
        let group = GroupDraft::of(GroupText::parse(Grammar::SlashPlus, code).unwrap());
        base.add(GroupDraft { score: Rate::parse("155"), base_level, ..group }).unwrap();
    }
    let points = |label: &str, base_level: BaseLevel| {
        let settings = Settings { base_level, ..Settings::default() };
        let catalogue = opened(&base, settings);
        let money = Money { coefficient: Rate::parse("0.72"), ..Money::default() };
        let group = catalogue.group(catalogue.find(label).unwrap()).unwrap();
        let found = score(&catalogue.settings, group, &money, None, None);
        assert_eq!(found.flags, [Flag::NoPointValue]);
        found.case_score.unwrap().to_string()
    };
    assert_eq!(points("I11.9", BaseLevel::One), "111.6000");
    assert_eq!(points("I10.x", BaseLevel::One), "155.0000");
    assert_eq!(points("I10.x", BaseLevel::Hospital), "111.6000");
    assert_eq!(points("I10.x", BaseLevel::Factor(Rate::parse("0.9").unwrap())), "139.5000");
}

#[test]
fn one_auxiliary_factor_is_laid_on_the_score() {
    use anxin_core::dip::auxiliary::{AgeBand, Match, Type, highest};
    let rate = |text| Rate::parse(text).unwrap();
    let mut one = Draft::new(Layout { id: "one".into(), ..Layout::default() });
    let group = GroupDraft::of(GroupText::parse(Grammar::SlashPlus, "I10.x").unwrap());
    one.add(GroupDraft { score: Rate::parse("1000"), ..group.clone() }).unwrap();
    one.add(GroupDraft { score: Rate::parse("1000"), kind: Kind::Tcm, label: "TCM".into(), ..group }).unwrap();
    let catalogue = opened(&one, Settings::default());
    let matches = [
        Match { kind: Type::Age(AgeBand::Old), trigger: None, factor: rate("1.10") },
        Match { kind: Type::Severe, trigger: None, factor: rate("1.35") },
    ];
    let money = Money { coefficient: Some(Rate::ONE), ..Money::default() };
    let points = |label| {
        let group = catalogue.group(catalogue.find(label).unwrap()).unwrap();
        score(&catalogue.settings, group, &money, None, highest(&matches)).case_score.unwrap().to_string()
    };
    assert_eq!(points("I10.x"), "1350.0000");
    assert_eq!(points("TCM"), "1000.0000");
}

/// Grouping says the same whichever door the case comes through.
#[test]
fn rows_and_records_are_grouped_alike() {
    let catalogue = opened(&draft(), Settings::default());
    let columns = Columns::from_header(b"dx\tops").unwrap();
    let mut grouper = Grouper::new(&catalogue);
    for (dx, ops) in [("C34.118", "32.4100|96.7101"), ("J98.400", ""), ("", "32.4100"), ("a.b", "")] {
        let by_row: Grouping = grouper.group_row(&columns.row(format!("{dx}\t{ops}").as_bytes()));
        let operations = ops.split('|').filter(|o| !o.is_empty());
        let record = Record {
            diagnoses: vec![Diagnosis { diag_code: dx.into(), ..Diagnosis::default() }],
            operations: operations.map(|o| Operation { oprn_oprt_code: o.into(), main_oprn_flag: None }).collect(),
            ..Record::default()
        };
        assert_eq!(grouper.group_record(&record), by_row, "{dx} {ops}");
    }
}
