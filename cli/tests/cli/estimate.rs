use std::fs;

use serde_json::Value;

use crate::common::{CASE, anxin, compile_into, done, refused};

fn without_region() -> String {
    let bare = CASE.replacen("\"region\": \"shanwei\",", "", 1);
    assert_ne!(bare, CASE);
    bare
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_file_and_standard_input_give_the_same_answer() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("case.json");
    fs::write(&file, CASE).unwrap();
    let from_file = done(&["estimate", file.to_str().unwrap()], "");
    assert_eq!(done(&["estimate", "-"], CASE), from_file);
    let answer = json(&from_file);
    assert_eq!(answer["estimate"]["region"], "441500");
    assert_eq!(answer["estimate"]["settlement"]["medfee_sumamt"], "12000.00");
}

#[test]
fn the_region_of_the_command_line_goes_first() {
    let in_case = done(&["estimate", "-"], CASE);
    for region in ["shanwei", "441500"] {
        assert_eq!(done(&["estimate", "--region", region, "-"], &without_region()), in_case);
    }
    let elsewhere = json(&done(&["estimate", "--region", "guigang", "-"], CASE));
    assert_eq!(elsewhere["estimate"]["region"], "450800");
    let refusal = refused(&["estimate", "-"], &without_region());
    assert_eq!((refusal["code"].as_str(), refusal["field"].as_str()), (Some("AX1001"), Some("region")));
    let refusal = refused(&["estimate", "--region", "atlantis", "--lang", "en", "-"], CASE);
    assert_eq!((refusal["code"].as_str(), refusal["field"].as_str()), (Some("AX1003"), Some("region")));
    assert!(refusal["accepted"].as_str().unwrap().contains("shanwei"));
}

#[test]
fn as_of_moves_the_visit_to_another_day() {
    let moved = json(&done(&["estimate", "--as-of", "2026-04-01", "-"], CASE));
    assert_eq!(moved["estimate"]["rule_date"], "2026-04-01");
    let refusal = refused(&["estimate", "--as-of", "2026-03-01", "-"], CASE);
    assert_eq!(
        (refusal["code"].as_str(), refusal["field"].as_str()),
        (Some("AX1010"), Some("visit.inpatient.discharged"))
    );
    let usage = anxin(&["estimate", "--as-of", "2026-02-30", "-"]).write_stdin(CASE).assert().code(2);
    assert!(String::from_utf8_lossy(&usage.get_output().stderr).contains("YYYY-MM-DD"));
}

#[test]
fn lists_are_compared_or_chained() {
    let list = format!("[{CASE},{}]", without_region());
    let compared = json(&done(&["estimate", "--compare", "--region", "shanwei", "-"], &list));
    assert_eq!(compared["compare"]["answers"].as_array().unwrap().len(), 2);
    let year = json(&done(&["estimate", "--year", "--region", "shanwei", "-"], &list));
    let admissions = |i: usize| year["year"]["answers"][i]["settlement"]["year_to_date"]["admissions"].as_u64();
    assert_eq!([admissions(0), admissions(1)], [Some(1), Some(2)]);

    assert_eq!(refused(&["estimate", "-"], &list)["accepted"], "one case; a list goes with --year or --compare");
    assert_eq!(refused(&["estimate", "--year", "-"], CASE)["accepted"], "a list of cases");
    assert_eq!(refused(&["estimate", "--year", "-"], &list)["field"], "[1].region");
    let five = format!("[{}]", [CASE; 5].join(","));
    let refusal = refused(&["estimate", "--compare", "-"], &five);
    assert_eq!((refusal["code"].as_str(), refusal["field"].as_str()), (Some("AX1014"), Some("")));
    anxin(&["estimate", "--compare", "--year", "-"]).assert().code(2);
}

#[test]
fn bad_input_is_refused_with_its_field() {
    let total = "visit.inpatient.bill.split.total_fen";
    let cases = [
        ("1200000", "-1", "AX1006", total),
        ("1200000", "0.5", "AX1001", total),
        ("1200000", "1e3", "AX1001", total),
        ("1200000", "\"１２００\"", "AX1001", total),
        ("1200000", "100", "AX1007", total),
        ("2026-03-10", "1994-03-10", "AX1010", "visit.inpatient.discharged"),
        ("\"2\"", "\"grassroots\"", "AX1004", "visit.inpatient.level"),
        ("\"level\"", "\"grade\"", "AX1001", "visit.inpatient.grade"),
        ("\"scheme\"", "\"scheme\": \"resident\", \"scheme\"", "AX1001", "scheme"),
    ];
    for (from, to, code, field) in cases {
        let input = CASE.replacen(from, to, 1);
        assert_ne!(input, CASE);
        let refusal = refused(&["estimate", "-"], &input);
        assert_eq!((refusal["code"].as_str(), refusal["field"].as_str()), (Some(code), Some(field)), "{to}");
    }
    assert_eq!(refused(&["estimate", "-"], &" ".repeat(10_000_000))["code"], "AX1002");
    anxin(&["estimate", "-"]).write_stdin(b"{\"region\":\"\xff\"}".as_slice()).assert().code(2).stdout("");
}

#[test]
fn a_file_that_cannot_be_read_is_not_a_refusal() {
    let failed = anxin(&["estimate", "/nowhere/case.json"]).assert().code(1).stdout("");
    assert!(String::from_utf8_lossy(&failed.get_output().stderr).contains("/nowhere/case.json"));
}

#[test]
fn the_table_tells_who_pays_by_which_rule_in_the_asked_language() {
    let answer = json(&done(&["estimate", "-"], CASE));
    let settlement = &answer["estimate"]["settlement"];
    let person: f64 = settlement["psn_part_amt"].as_str().unwrap().parse().unwrap();
    let zh = done(&["estimate", "--format", "table", "-"], CASE);
    let en = done(&["estimate", "--format", "table", "--lang", "en", "-"], CASE);
    assert!(zh.starts_with("汕尾市 · 2026-03-10") && en.starts_with("Shanwei · 2026-03-10"), "{zh}{en}");
    assert!(person > 0.0 && zh.contains("您大约需个人负担 ¥") && en.contains("You bear about ¥"));
    for step in settlement["steps"].as_array().unwrap() {
        assert!(zh.contains(step["texts"]["title"].as_str().unwrap()), "{step}");
    }
    for cite in answer["estimate"]["cites"].as_array().unwrap() {
        let name = cite["number"].as_str().or(cite["title"].as_str()).unwrap();
        assert!(zh.contains(name), "{name}");
    }
    assert!(zh.contains("这是估算，不是结算") && en.contains("An estimate, not a settlement"));
    let uncertain = done(&["estimate", "--region", "qingyuan", "--format", "table", "-"], CASE);
    assert!(uncertain.contains("请注意") && uncertain.contains("之间"), "{uncertain}");
}

#[test]
fn the_columns_of_a_table_stand_under_each_other() {
    let table = done(&["estimate", "--format", "table", "-"], CASE);
    let amounts: Vec<&str> = table.lines().skip_while(|l| !l.contains("谁付")).take_while(|l| !l.is_empty()).collect();
    let ends: Vec<usize> = amounts.iter().filter(|l| l.contains(".00")).map(|l| width(l)).collect();
    assert!(ends.len() > 2 && ends.iter().all(|end| *end == ends[0]), "{ends:?}\n{}", amounts.join("\n"));
}

/// Columns in a terminal: two for a Chinese character, one for anything else here.
fn width(line: &str) -> usize {
    line.trim_end().chars().map(|c| if ('\u{2e80}'..'\u{ffe0}').contains(&c) { 2 } else { 1 }).sum()
}

#[test]
fn the_schema_names_every_part_of_a_case() {
    let schema = json(&done(&["estimate", "--schema"], ""));
    let members = schema["properties"].as_object().unwrap();
    for member in json(CASE).as_object().unwrap().keys() {
        assert!(members.contains_key(member), "{member}");
    }
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn packs_can_be_taken_from_a_folder() {
    let dir = tempfile::tempdir().unwrap();
    compile_into(dir.path());
    let folder = dir.path().to_str().unwrap();
    assert_eq!(done(&["estimate", "--packs", folder, "-"], CASE), done(&["estimate", "-"], CASE));
    fs::remove_file(dir.path().join("benefit-441500.anxpack")).unwrap();
    assert_eq!(refused(&["estimate", "--packs", folder, "-"], CASE)["code"], "AX1003");
}
