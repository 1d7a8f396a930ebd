//! Catalogues as hospitals have them, made on the spot.

use std::path::Path;

use anxin_core::Rate;
use anxin_core::code::{Column, Dictionary};
use anxin_core::dip::layout::SourceNote;
use anxin_core::dip::{Catalogue, Columns, DraftError, Grammar, Grouper};
use anxin_core::drg::{Unit, WeightBook};
use anxin_import::{
    DipImport, DipOptions, DoubtKind, DrgOptions, Editions, Field, Guess, Reason, guess, import_dip, import_drg,
};
use anxin_sheets::{Book, Limits};
use rust_xlsxwriter::{Format, Formula, Workbook};

fn options() -> DipOptions {
    DipOptions {
        id: "test-dip".into(),
        title: "测试".into(),
        source: SourceNote::default(),
        edition: "2026-11-22".into(),
        ..DipOptions::default()
    }
}

fn imported(bytes: &[u8], editions: &Editions<'_>) -> (Guess, DipImport) {
    let book = Book::open(bytes, &Limits::default()).unwrap();
    let guess = guess(&book).unwrap();
    let import = import_dip(&book, &guess, &options(), editions).unwrap();
    (guess, import)
}

fn group(import: &DipImport, dx: &str, ops: &str) -> String {
    let catalogue = Catalogue::open(&import.pack().unwrap()).unwrap();
    let columns = Columns::from_header(b"dx\tops").unwrap();
    let row = format!("{dx}\t{ops}");
    Grouper::new(&catalogue).group_row(&columns.row(row.as_bytes())).label(&catalogue).to_owned()
}

/// A title, a header of two rows with merged cells, stray blanks, capital X, codes as numbers, merged
/// diagnoses, a formula, a duplicate, a note at the end, and the table of classes on a sheet of its own.
fn messy() -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet().set_name("目录").unwrap();
    sheet.merge_range(0, 0, 0, 6, "某市 2025 年病种目录", &plain).unwrap();
    sheet.merge_range(1, 0, 2, 0, "序号", &plain).unwrap();
    sheet.merge_range(1, 1, 1, 2, "主要诊断", &plain).unwrap();
    sheet.merge_range(1, 3, 1, 4, "手术操作", &plain).unwrap();
    sheet.merge_range(1, 5, 2, 5, "病种 分值", &plain).unwrap();
    sheet.merge_range(1, 6, 2, 6, "是否基层病种", &plain).unwrap();
    for (column, text) in [(1, "编码"), (2, "名称"), (3, "编码"), (4, "名称")] {
        sheet.write(2, column, text).unwrap();
    }
    sheet.write_row(3, 0, ["1", " c34.1 ", "肺上叶恶性肿瘤", "32.4100/32.4100X002"]).unwrap();
    sheet.write(3, 5, 4542).unwrap();
    // The diagnosis is merged with the row above; the main operation became a number.
    sheet.write(4, 3, 33.27).unwrap();
    sheet.write(4, 5, 700).unwrap();
    sheet.write(5, 1, "I10.x").unwrap();
    sheet.write(5, 2, "高血压").unwrap();
    sheet.write_with_format(5, 3, 88.55, &Format::new().set_num_format("0.0000")).unwrap();
    sheet.write_formula(5, 5, Formula::new("=100+5.5").set_result("105.5")).unwrap();
    sheet.write(5, 6, "是").unwrap();
    sheet.write_row(6, 1, ["I10.X", "高血压"]).unwrap();
    sheet.write(6, 5, "约 60").unwrap();
    sheet.write_row(7, 1, ["I10.x", "高血压"]).unwrap();
    sheet.write(7, 5, 60).unwrap();
    sheet.write_row(8, 1, ["I10.x", "高血压", " "]).unwrap();
    sheet.write(8, 5, 61).unwrap();
    sheet.write(9, 0, "注：以上分值不含特例单议").unwrap();
    let classes = book.add_worksheet().set_name("操作类型").unwrap();
    classes.write_row(0, 0, ["手术编码", "手术名称", "手术操作类型"]).unwrap();
    classes.write_row(1, 0, ["32.4100", "肺叶切除", "手术"]).unwrap();
    classes.write_row(2, 0, ["88.5500", "冠脉造影", "诊断性操作"]).unwrap();
    classes.write_row(3, 0, ["99.9900", "其他", "不明"]).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_messy_workbook_becomes_a_catalogue() {
    let (guess, import) = imported(&messy(), &Editions::default());
    let table = &guess.tables[0];
    assert_eq!((guess.tables.len(), table.header_row, guess.grammar), (2, 3, Grammar::SlashPlus));
    let at = |field: Field| table.columns.get(&field).copied();
    assert_eq!((at(Field::Diagnosis), at(Field::Main), at(Field::Score)), (Some(1), Some(3), Some(5)));
    assert_eq!((at(Field::DiagnosisName), at(Field::BaseLevel), at(Field::Group)), (Some(2), Some(6), None));
    let labels: Vec<&str> = import.draft.groups().iter().map(|g| g.label.as_str()).collect();
    assert_eq!(labels, ["C34.1:32.4100/32.4100x002", "I10.x:88.5500", "I10.x"]);
    assert!(import.draft.groups()[1].base_level);
    assert_eq!(import.draft.groups()[1].score, Rate::parse("105.5"));
    let problems: Vec<(u32, &Reason)> = import.problems.iter().map(|p| (p.row, &p.reason)).collect();
    assert_eq!(problems[0], (5, &Reason::CodeAsNumber { perhaps: "33.2700".into() }));
    assert_eq!(problems[1], (7, &Reason::NotANumber));
    assert!(matches!(problems[2], (9, Reason::Group(_))), "{problems:?}");
    assert_eq!(problems[3], (10, &Reason::NoCode));
    assert_eq!(problems[4], (4, &Reason::UnknownWord));
    assert_eq!((problems.len(), import.quality.duplicates, import.quality.taken), (5, 1, 5));
    assert_eq!(import.problems[4].sheet, "操作类型");
    assert_eq!(group(&import, "C34.118", "32.4100"), "C34.1:32.4100/32.4100x002");
    assert_eq!(group(&import, "I10.x00", ""), "I10.x");
    let catalogue = Catalogue::open(&import.pack().unwrap()).unwrap();
    assert_eq!(catalogue.name(catalogue.find("I10.x").unwrap()), Some("高血压"));
    serde_json::to_string(&(&import.problems, &import.doubts, &import.quality)).unwrap();
}

#[test]
fn a_guess_can_be_changed() {
    let bytes = messy();
    let book = Book::open(&bytes, &Limits::default()).unwrap();
    let mut guess: Guess = serde_json::from_str(&serde_json::to_string(&guess(&book).unwrap()).unwrap()).unwrap();
    guess.tables.truncate(1);
    guess.tables[0].columns.remove(&Field::Main);
    let import = import_dip(&book, &guess, &options(), &Editions::default()).unwrap();
    let labels: Vec<&str> = import.draft.groups().iter().map(|g| g.label.as_str()).collect();
    assert_eq!(labels, ["C34.1", "I10.x"]);
}

#[test]
fn a_gbk_table_with_whole_codes_and_means() {
    let mut text = String::from("病种代码,病种名称,分值,次均费用\r\n");
    for n in 0..30 {
        text.push_str(&format!("A{n:02}.0,甲,{},{}\r\n", 100 + n, (100 + n) * 50));
    }
    text.push_str("E11：SS,糖尿病,900,45000\r\nKBBZ,空白,10,\r\nB00.0,乙,100,500000\r\nB01.0,丙,,1\r\n???,丁,5,5\r\n");
    let (bytes, ..) = encoding_rs::GBK.encode(&text);
    let (guess, import) = imported(&bytes, &Editions::default());
    assert_eq!(guess.tables[0].columns.get(&Field::MeanCost), Some(&3));
    assert_eq!((import.quality.rows, import.quality.taken, import.quality.out_of_line), (35, 34, 1));
    let odd = import.doubts.iter().find(|d| matches!(d.kind, DoubtKind::ScoreOutOfLine { .. })).unwrap();
    assert_eq!((odd.group.as_str(), odd.row), ("B00.0", 34));
    assert_eq!(odd.kind, DoubtKind::ScoreOutOfLine { found: "0.20".into(), usual: "20.00".into() });
    let none = import.doubts.iter().find(|d| d.kind == DoubtKind::NoScore).unwrap();
    assert_eq!(none.group, "B01.0");
    assert!(matches!(import.problems[0].reason, Reason::Grammar(_)));
    assert_eq!((import.problems[0].row, import.problems[0].text.as_str()), (36, "???"));
    assert_eq!(group(&import, "Z99.900", "11.1100"), "KBBZ");
}

#[test]
fn codes_are_checked_against_the_editions() {
    let dictionary = |codes: &[&str]| {
        Dictionary::new(Column::pack(codes.iter().map(|c| (*c, 0))).unwrap().unpack().unwrap()).unwrap()
    };
    let (diagnoses, operations) = (dictionary(&["I10.x00"]), dictionary(&["88.5500"]));
    let editions = Editions { diagnoses: Some(&diagnoses), operations: Some(&operations), clinical: None };
    let text = "病种编码\t分值\nI10.x:88.5500\t5\nI11.9:88.5600\t6\nI12.9:88.5600\t6\n";
    let (_, import) = imported(text.as_bytes(), &editions);
    let unknown: Vec<(u32, String)> = import
        .doubts
        .iter()
        .filter_map(|d| match &d.kind {
            DoubtKind::UnknownCode { code } => Some((d.row, code.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(unknown, [(3, "88.5600".into()), (3, "I11.9".into()), (4, "I12.9".into())]);
    assert_eq!((import.quality.unknown_codes, import.quality.taken, import.quality.checked), (3, 3, true));
}

#[test]
fn columns_are_found_without_a_header() {
    let (guess, import) = imported(b"1,I10.x:88.5500,ab,205\n2,I11.9,cd,7\n", &Editions::default());
    assert_eq!(guess.tables[0].columns.get(&Field::Score), Some(&3));
    assert_eq!(import.quality.taken, 2);
}

#[test]
fn the_grammar_of_the_third_edition_is_noticed() {
    let text = "病种编码\t主要诊断编码\t主要手术操作编码\t相关手术操作编码\t分值\nBX-20\tC34.1\t32.4100|32.2100\t99.2500+99.2800x005|92.2000\t5\n";
    let (guess, import) = imported(text.as_bytes(), &Editions::default());
    assert_eq!(guess.grammar, Grammar::BarPlus);
    assert_eq!(group(&import, "C34.100", "32.2100|92.2000"), "BX-20");
    assert_eq!(group(&import, "C34.100", "32.2100|99.2500"), "UNGROUPED");
}

/// The shipped catalogue, written as a table, comes back group for group.
#[test]
fn the_shipped_catalogue_survives_a_round_trip() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/dip/mz-dip2-2024/groups.tsv");
    let text = std::fs::read_to_string(rules).unwrap();
    let (_, import) = imported(text.as_bytes(), &Editions::default());
    assert_eq!((import.quality.taken, import.problems.len()), (3_393, 0), "{:?}", import.problems.first());
    for (line, group) in text.lines().skip(1).zip(import.draft.groups()) {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!((group.label.as_str(), group.base_level), (cells[0], cells[2] == "1"));
        assert_eq!(group.score, Rate::parse(cells[1]));
    }
}

#[test]
fn weights_of_a_city() {
    let text = "DRG编码,DRG名称,基准点数,点值\nBR15,脑出血,85.5,\"1,012.50\"\nBR13,脑出血,90,1012.5\nbr13,重复,1,\nZZ,坏,1,\nBZ19,其他,,\n";
    let book = Book::open(text.as_bytes(), &Limits::default()).unwrap();
    let guess = guess(&book).unwrap();
    let import =
        import_drg(&book, &guess, &DrgOptions { region: "city-2025".into(), ..DrgOptions::default() }, None).unwrap();
    assert_eq!((import.quality.taken, import.quality.duplicates, import.problems.len()), (3, 1, 2));
    let weights = WeightBook::open(&import.pack().unwrap()).unwrap();
    let city = weights.region("city-2025").unwrap();
    assert_eq!(
        (city.unit, weights.weight(city, "BR15"), weights.weight(city, "BZ19")),
        (Unit::Points, Rate::parse("85.5"), None)
    );
    assert_eq!(city.prices[0].yuan, Rate::parse("1012.5").unwrap());
}

#[test]
fn coefficients_and_groups_by_the_day() {
    let text = "DRG编码,权重,等级系数（三甲）,等级系数（二级）,病组类型\nBR15,1,1.1,0.9,普通病组\n\
                BR13,2,1.1,0.85,普通病组\nTR19,0.0455,1.1,,床日病组\nBR11,3,约1,0.9,\n";
    let book = Book::open(text.as_bytes(), &Limits::default()).unwrap();
    let guess = guess(&book).unwrap();
    assert_eq!(guess.tables[0].coefficients, [2, 3]);
    let options = DrgOptions { region: "city-2025".into(), price: Rate::parse("6200"), ..DrgOptions::default() };
    let import = import_drg(&book, &guess, &options, None).unwrap();
    let problems: Vec<_> = import.problems.iter().map(|p| (p.row, p.field, p.text.as_str())).collect();
    assert_eq!(problems, [(5, Some(Field::Coefficient), "约1")]);
    let weights = WeightBook::open(&import.pack().unwrap()).unwrap();
    let city = weights.region("city-2025").unwrap();
    let of = |level: &str, group: &str| city.level(level).and_then(|level| level.of(group)).map(|r| r.to_string());
    assert_eq!((of("三甲", "BR13").as_deref(), of("二级", "BR13").as_deref()), (Some("1.1"), Some("0.85")));
    assert_eq!((of("二级", "TR19"), city.level("三甲").unwrap().usual), (None, Rate::parse("1.1")));
    assert_eq!((city.is_by_day("TR19"), city.is_by_day("BR15")), (true, false));
}

/// The code of a diagnosis alone beside columns of operations, and a running number that looks like a diagnosis.
#[test]
fn a_code_beside_operations_is_not_the_whole_group() {
    let check = |text: &str, expected: [&str; 3]| {
        let (_, import) = imported(text.as_bytes(), &Editions::default());
        assert_eq!(import.problems, [], "{text}");
        let catalogue = Catalogue::open(&import.pack().unwrap()).unwrap();
        let columns = Columns::from_header(b"dx\tops").unwrap();
        let mut grouper = Grouper::new(&catalogue);
        let found = ["", "49.0400", "49.0400|54.1900"].map(|operations| {
            let line = format!("K61.000\t{operations}");
            let grouping = grouper.group_row(&columns.row(line.as_bytes()));
            grouping.label(&catalogue).to_owned()
        });
        assert_eq!(found, expected, "{text}");
    };
    check(
        "病种编码,主要手术操作编码,相关手术操作编码,分值\nK61.0,49.0400,,726\nK61.0,49.0400,54.1900,900\nK61.0,,,300\n",
        ["K61.0", "K61.0:49.0400", "K61.0:49.0400_54.1900"],
    );
    check(
        "病种编码,主要诊断编码,主要手术操作编码,分值\nB001,K61.0,49.0400,726\nB002,K61.0,,300\n",
        ["B002", "B001", "B001"],
    );
    check(
        "病种编码,主要诊断编码,主要手术操作编码,分值\nK61.0,K61.0,49.0400,726\nK61.0,K61.0,,300\n",
        ["K61.0", "K61.0:49.0400", "K61.0:49.0400"],
    );
}

#[test]
fn point_values_and_coefficients_have_their_source() {
    let mut book = Workbook::new();
    let rows: [&[&[&str]]; 3] = [
        &[&["病种编码", "分值"], &["K61.0", "300"]],
        &[
            &["险种", "预算点值（元）", "来源", "发布日期"],
            &["职工", "5.5", "某市医保局公告", "2025年3月1日"],
            &["居民", "4.8", "", ""],
            &["离休", "约6", "", ""],
            &["职工", "5", "", ""],
        ],
        &[&["医疗机构等级", "医疗机构系数", "日期"], &["三级", "1.02", "2025/3/1"], &["二级", "0.85", "去年"]],
    ];
    for table in rows {
        let sheet = book.add_worksheet();
        for (r, row) in (0..).zip(table) {
            for (c, text) in (0..).zip(*row) {
                sheet.write_string(r, c, *text).unwrap();
            }
        }
    }
    let (_, import) = imported(&book.save_to_buffer().unwrap(), &Editions::default());
    let problems: Vec<_> = import.problems.iter().map(|p| (p.row, p.field, &p.reason)).collect();
    assert_eq!(
        problems,
        [
            (4, Some(Field::Price), &Reason::NotANumber),
            (5, Some(Field::Label), &Reason::Group(DraftError::Repeated)),
            (3, Some(Field::Date), &Reason::NotADate),
        ]
    );
    let catalogue = Catalogue::open(&import.pack().unwrap()).unwrap();
    let points: Vec<String> = catalogue
        .points
        .iter()
        .map(|p| format!("{} {} {:?} {} {}", p.label, p.yuan, p.kind, p.source, p.date.is_some()))
        .collect();
    assert_eq!(points.len(), 2, "{points:?}");
    assert_eq!(points[0], "职工 5.5 Budget 某市医保局公告 true");
    assert!(points[1].starts_with("居民 4.8 Budget ") && points[1].ends_with(" false"), "{points:?}");
    let coefficients: Vec<_> =
        catalogue.coefficients.iter().map(|c| (c.label.as_str(), c.coefficient.to_string())).collect();
    assert_eq!(coefficients, [("三级", "1.02".to_owned())]);
}

/// A pack of such a group would not open.
#[test]
fn related_operations_need_a_main_one() {
    let text = "主要诊断编码\t相关手术操作编码\t分值\nC34.1\t99.2500+99.2821\t5\nI10.x\t\t5\n";
    let (_, import) = imported(text.as_bytes(), &Editions::default());
    let reasons: Vec<&Reason> = import.problems.iter().map(|p| &p.reason).collect();
    assert_eq!(reasons, [&Reason::Group(DraftError::NoMain)]);
    assert_eq!(import.quality.taken, 1);
    Catalogue::open(&import.pack().unwrap()).unwrap();
}

#[test]
fn nothing_taken_is_no_pack() {
    let (_, import) = imported("病种编码,分值\n???,1\n".as_bytes(), &Editions::default());
    assert!(import.pack().is_err());
}
