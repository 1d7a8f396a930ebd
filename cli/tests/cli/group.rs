use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{anxin, done, refused, rules};

fn cases(name: &str) -> String {
    let bytes = fs::read(rules().join(format!("cases/{name}.tsv.gz"))).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
    text
}

/// Groups a file into another; the exit code and what came out.
fn grouped(args: &[&str], input: &[u8], ending: &str) -> (i32, String) {
    let dir = TempDir::new().unwrap();
    let (from, to): (PathBuf, PathBuf) = (dir.path().join(format!("in.{ending}")), dir.path().join("out.tsv"));
    fs::write(&from, input).unwrap();
    let (from, to) = (from.to_str().unwrap(), to.to_str().unwrap());
    let output = anxin(&[&["group"], args, &[from, to]].concat()).output().unwrap();
    let code = output.status.code().unwrap();
    (code, fs::read_to_string(to).unwrap_or_else(|_| String::from_utf8(output.stderr).unwrap()))
}

fn columns(line: &str, from: usize, many: usize) -> Vec<&str> {
    line.split('\t').skip(from).take(many).collect()
}

/// Every record of a case file, in order, with the group that the file says it has.
fn check(scheme: &str, records: usize) {
    let text = cases(&format!("drg/{scheme}"));
    let (code, out) = grouped(&["--scheme", scheme, "--compat", "opendrg", "--threads", "1"], text.as_bytes(), "tsv");
    assert_eq!(code, 3, "the file has records that are refused");
    let mut lines = out.lines();
    assert_eq!(lines.next(), Some("id\tstatus\tmdc\tadrg\tdrg\terror"));
    let mut agree = 0;
    for (expected, found) in text.lines().skip(1).zip(lines.by_ref()) {
        assert_eq!(expected.split('\t').next(), found.split('\t').next(), "the order is kept");
        assert_eq!(columns(found, 1, 4), columns(expected, 11, 4), "{expected}");
        agree += 1;
    }
    assert_eq!((agree, lines.next()), (records, None));
    let two = grouped(&["--scheme", scheme, "--compat", "opendrg", "--threads", "2"], text.as_bytes(), "tsv");
    assert!(two == (3, out), "two threads give what one gives");
}

#[test]
fn the_national_case_file_comes_out_as_expected() {
    check("chs-drg-1.1", 30_000);
}

#[test]
fn the_guangxi_case_file_comes_out_as_expected() {
    check("guangxi-2022", 19_955);
}

/// Every stay of the case file, in order; its group and path stand in the columns from `group_at`.
fn check_dip(args: &[&str], group_at: usize, paid: bool) {
    let text = cases("dip/meizhou-2024");
    let (code, out) = grouped(&[&["--scheme", "mz-dip2-2024"], args].concat(), text.as_bytes(), "tsv");
    assert_eq!(code, 3, "the file has stays without a diagnosis");
    let mut lines = out.lines();
    let header = "id\tstatus\tgroup\tpath\tband\tdeviation_k\tcase_score\tpay_standard\terror";
    assert_eq!(lines.next(), Some(header));
    let mut agree = 0;
    for (expected, found) in text.lines().skip(1).zip(lines.by_ref()) {
        assert_eq!(columns(found, 0, 1), columns(expected, 1, 1), "the order is kept");
        assert_eq!(columns(found, 2, 2), columns(expected, group_at, 2), "{expected}");
        assert!(!paid || columns(found, 4, 4) == columns(expected, 14, 4), "{found}\n{expected}");
        let status = match columns(expected, group_at + 1, 1)[0] {
            "INVALID_DX" => "check_failed",
            "UNGROUPED" => "ungrouped",
            _ => "grouped",
        };
        assert_eq!(columns(found, 1, 1), [status]);
        assert_eq!(found.ends_with('\t'), status != "check_failed", "an error, or none: {found}");
        agree += 1;
    }
    assert_eq!((agree, lines.next()), (1_457, None));
}

#[test]
fn the_dip_case_file_comes_out_as_expected() {
    check_dip(&["--threads", "2"], 10, true);
}

/// The file's amounts go with the groups of `strict`.
#[test]
fn the_dip_case_file_comes_out_as_expected_with_any_main_operation() {
    check_dip(&["--set", "main_operation=any"], 12, false);
}

const CSV: &str = "住院号,性别,年龄,诊断编码,手术操作编码,总费用\nA1,女,61,I63.900|J96.000,,11000\n\"B,2\",1,40,,,5\nC3,1,30,I63.900,,x\n";

#[test]
fn a_csv_in_gbk_is_paid_and_a_bad_row_says_why() {
    let (gbk, ..) = encoding_rs::GBK.encode(CSV);
    let payment = ["--scheme", "guangxi-2022", "--region", "guangxi-2022", "--price", "例均费用（玉林）"];
    let args = [payment.as_slice(), &["--low", "0.4", "--high", "3"]].concat();
    let (code, out) = grouped(&args, &gbk, "csv");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(code, 3);
    assert_eq!(lines[0], "id\tstatus\tmdc\tadrg\tdrg\tweight\tstandard\tband\tremark\terror");
    assert_eq!(lines[1], "A1\tgrouped\tMDCB\tBR2\tBR21\t1.1833\t9454.85\tnormal\t\t");
    assert_eq!(lines[2], "B,2\tcheck_failed\t\t00\t0000\t\t\t\t\t没有任何诊断。因此未分组。");
    assert!(lines[3].starts_with("C3\tgrouped\tMDCB\tBR2\tBR25\t"), "{}", lines[3]);
    assert!(lines[3].ends_with("\t\t\t医疗费总额无法读取。"), "{}", lines[3]);
    assert_eq!(lines.len(), 4);
}

#[test]
fn the_trace_says_why_and_changes_no_group() {
    let text = "id,gender,age,dx,proc\nA1,2,61,I63.900|J96.000,\n";
    let out = done(&["group", "--trace", "-"], text);
    let row: Vec<&str> = out.lines().nth(1).unwrap().split('\t').collect();
    assert_eq!(row[..5], ["A1", "grouped", "MDCB", "BR2", "BR21"]);
    assert!(row[5].contains("主要诊断 I63.900 属于 MDCB。"), "{}", row[5]);
    assert!(row[5].contains("J96.000 是严重并发症或合并症（MCC），计入。"), "{}", row[5]);
}

#[test]
fn one_record_is_explained_and_schemes_are_listed() {
    let record = r#"{ "gend": "2", "age": 61, "diagnoses": [{ "diag_code": "I63.900" }], "operations": [] }"#;
    let table = done(&["group", "--scheme", "guangxi-2022", "--record", "-"], record);
    assert!(table.contains("入组 BR25") && table.contains("历史版本"), "{table}");
    let json: Value = serde_json::from_str(&done(&["group", "--record", "-", "--format", "json"], record)).unwrap();
    assert_eq!(json["group"]["drg"]["code"], "BR25");
    let schemes = done(&["group", "--schemes"], "");
    for id in ["chs-drg-1.1", "chs-drg-2.0", "guangxi-2022", "--compat opendrg", "* --set qy=off"] {
        assert!(schemes.contains(id), "{id}: {schemes}");
    }
}

#[test]
fn a_stay_is_explained_by_its_catalogue() {
    let record = r#"{ "diagnoses": [{ "diag_code": "K61.000" }], "operations": [{ "oprn_oprt_code": "49.0400" }] }"#;
    let told = done(&["group", "--scheme", "mz-dip2-2024", "--record", "-"], record);
    for text in ["非本市，仅演示", "肛门脓肿，核心病种。", "病例中没有其主要手术操作。", "本目录没有：综合病种、"]
    {
        assert!(told.contains(text), "{text}: {told}");
    }
    let case = format!(r#"{{ "scheme": "mz-dip2-2024", "record": {record}, "payment": {{ "coefficient": "1" }} }}"#);
    let json: Value = serde_json::from_str(&done(&["group", "--record", "-", "--format", "json"], &case)).unwrap();
    assert_eq!(
        (&json["group_dip"]["path"], &json["group_dip"]["score"]["case_score"]),
        (&"CORE".into(), &"726.0000".into())
    );
    let table = "dx,ops,总费用,机构系数,点值\nK61.000,49.0400,6000,0.8,x\nK61.000,49.0400,6000,0.8,10\n";
    let (code, out) = grouped(&["--scheme", "mz-dip2-2024", "--trace"], table.as_bytes(), "csv");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(code, 3);
    assert!(lines[1].ends_with("\t点值无法读取。"), "{out}");
    assert!(lines[2].starts_with("\tgrouped\tK61.0:49.0400/") && lines[2].contains("\t5808.00\t入组 "), "{out}");
}

#[test]
fn what_a_catalogue_cannot_do_is_refused_with_its_field() {
    let check = |args: &[&str], code: &str, field: &str| {
        let refusal = refused(&[&["group", "--scheme", "mz-dip2-2024"], args, &["-"]].concat(), "dx\nI10.x00\n");
        assert_eq!((refusal["code"].as_str(), refusal["field"].as_str()), (Some(code), Some(field)), "{refusal}");
    };
    check(&["--compat", "opendrg"], "AX1020", "profile");
    check(&["--set", "mood=any"], "AX1020", "choices.mood");
    check(&["--region", "guangxi-2022", "--price", "x"], "AX1001", "payment");
    check(&["--sheet", "1"], "AX1001", "--sheet");
}

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("说明").unwrap();
    fill(book.add_worksheet().set_name("病例").unwrap());
    book.save_to_buffer().unwrap()
}

#[test]
fn a_sheet_is_grouped_by_the_names_of_its_columns() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "出院病例").unwrap();
        sheet.write_row(1, 0, ["住院号", "诊断编码", "手术操作编码", "总费用"]).unwrap();
        sheet.write_row(2, 0, ["A1", "K61.000"]).unwrap();
        // Its format shows the zeros that the number has lost.
        let shown = rust_xlsxwriter::Format::new().set_num_format("00.0000");
        sheet.write_with_format(2, 2, 49.04, &shown).unwrap();
        sheet.write(2, 3, 1530.5).unwrap();
        sheet.write_row(4, 0, ["A\t2", "K61.000", "49.0400|49.1200"]).unwrap();
    });
    let (code, out) = grouped(&["--scheme", "mz-dip2-2024", "--sheet", "病例"], &bytes, "xlsx");
    let found: Vec<Vec<&str>> = out.lines().skip(1).map(|line| columns(line, 0, 3)).collect();
    assert_eq!((code, found.len()), (0, 2), "{out}");
    assert_eq!(found[0], ["A1", "grouped", "K61.0:49.0400/49.0400x008/49.0400x009/49.0401/49.3900x015"]);
    assert_eq!(found[1], ["A 2", "grouped", "K61.0:49.0400/49.0400x008/49.0400x009/49.0401_49.1200"]);
    assert_eq!(grouped(&["--scheme", "mz-dip2-2024", "--sheet", "2"], &bytes, "xlsx").1, out);
    let (code, told) = grouped(&["--sheet", "病案"], &bytes, "xlsx");
    assert!(code == 2 && told.contains("说明, 病例"), "{told}");
}

#[test]
fn a_code_that_a_spreadsheet_has_changed_is_never_guessed() {
    let bytes = workbook(|sheet| {
        sheet.write_row(0, 0, ["诊断编码", "手术操作编码"]).unwrap();
        sheet.write(1, 0, "K61.000").unwrap();
        sheet.write(1, 1, 49.04).unwrap();
    });
    let (code, told) = grouped(&["--scheme", "mz-dip2-2024", "--sheet", "病例"], &bytes, "xlsx");
    assert_eq!(code, 2);
    assert!(told.contains("row 2") && told.contains("49.04") && told.contains("49.0400"), "{told}");
    let old = [b"\xD0\xCF\x11\xE0".as_slice(), &[0; 600]].concat();
    let (code, told) = grouped(&[], &old, "xls");
    assert!(code == 2 && told.contains("save it as .xlsx"), "{told}");
    assert_eq!(refused(&["group", "-", "out.xlsx"], "")["accepted"], "*.tsv, *.csv");
}

#[test]
fn what_cannot_be_done_is_refused_with_its_field() {
    let check = |args: &[&str], code: &str, field: &str| {
        let refusal = refused(&[&["group"], args, &["-"]].concat(), "gender,dx\n1,I63.900\n");
        assert_eq!((refusal["code"].as_str(), refusal["field"].as_str()), (Some(code), Some(field)), "{refusal}");
    };
    check(&["--scheme", "x"], "AX1019", "scheme");
    let known = refused(&["group", "--scheme", "x", "-"], "gender,dx\n1,I63.900\n")["accepted"].to_string();
    assert!(known.contains("chs-drg-2.0") && known.contains("mz-dip2-2024"), "{known}");
    check(&["--compat", "x"], "AX1020", "profile");
    check(&["--set", "qy=x"], "AX1020", "choices.qy");
    check(&["--region", "x", "--price", "y"], "AX1003", "payment.region");
    assert_eq!(refused(&["group", "-"], "a,b\n")["field"], "header");
}

#[test]
fn charges_that_stand_twice_are_told_beside_their_stay() {
    let dir = TempDir::new().unwrap();
    let fees = dir.path().join("fees.csv");
    let lines = "费用明细流水号,住院号,项目编码,项目名称,费用发生时间,数量,单价,金额\n\
        1,A1,250101,血常规,2024-03-02 08:00:00,1,20,20\n2,A1,250101,血常规,2024-03-02 08:00:00,1,20.00,20.00\n\
        3,C3,250101,血常规,2024-03-02 08:00:00,1,20,20\n4,C3,250101,血常规,2024-03-03 08:00:00,1,20,20\n";
    let (gbk, ..) = encoding_rs::GBK.encode(lines);
    fs::write(&fees, &gbk).unwrap();
    let (_, out) = grouped(&["--fees", fees.to_str().unwrap()], CSV.as_bytes(), "csv");
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].ends_with("\tdrg\tfees\terror"), "{}", lines[0]);
    assert!(lines[1].ends_with("\t疑似重复收费：血常规 2024-03-02 08:00:00 ×2\t"), "{}", lines[1]);
    assert!(lines[3].starts_with("C3\t") && !lines[3].contains("重复"), "{}", lines[3]);
    fs::write(&fees, "a,b\n").unwrap();
    let (code, told) = grouped(&["--fees", fees.to_str().unwrap()], CSV.as_bytes(), "csv");
    assert!(code == 2 && told.contains("--fees.header"), "{told}");
}

/// Headers as a hospital's own export has them, and as the page reads them.
#[test]
fn codes_in_several_columns_are_grouped_as_if_they_stood_in_one() {
    let several = "病案号,性别,年龄,科室,其他诊断编码1,主要诊断编码,其他诊断编码2,主要手术操作编码\n\
        A1,女,61,神经内科,J96.000,I63.900,,\nB2,女,61,神经内科,J96.000,,,\n";
    let one = "id\tgender\tage\tdx\tproc\nA1\t2\t61\tI63.900|J96.000\t\nB2\t2\t61\t\t\n";
    let (code, out) = grouped(&["--scheme", "guangxi-2022"], several.as_bytes(), "csv");
    assert_eq!((code, out.as_str()), (3, grouped(&["--scheme", "guangxi-2022"], one.as_bytes(), "tsv").1.as_str()));
    assert!(out.contains("A1\tgrouped\tMDCB\tBR2\tBR21\t"), "{out}");
    assert!(out.contains("B2\tcheck_failed\t"), "no other diagnosis is taken for the principal: {out}");
    let (_, dip) = grouped(
        &["--scheme", "mz-dip2-2024"],
        "病案号,主要诊断编码,其他诊断编码1\nA1,K61.000,I10.x00\n".as_bytes(),
        "csv",
    );
    assert!(dip.contains("A1\tgrouped\tK61.0"), "{dip}");
}
