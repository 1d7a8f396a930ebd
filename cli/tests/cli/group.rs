use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{anxin, done, refused, rules};

fn cases(name: &str) -> String {
    let bytes = fs::read(rules().join(format!("cases/drg/{name}.tsv.gz"))).unwrap();
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

fn columns(line: &str, from: usize) -> Vec<&str> {
    line.split('\t').skip(from).take(4).collect()
}

/// Every record of a case file, in order, with the group that the file says it has.
fn check(scheme: &str, records: usize) {
    let text = cases(scheme);
    let (code, out) = grouped(&["--scheme", scheme, "--compat", "opendrg", "--threads", "1"], text.as_bytes(), "tsv");
    assert_eq!(code, 3, "the file has records that are refused");
    let mut lines = out.lines();
    assert_eq!(lines.next(), Some("id\tstatus\tmdc\tadrg\tdrg\terror"));
    let mut agree = 0;
    for (expected, found) in text.lines().skip(1).zip(lines.by_ref()) {
        assert_eq!(expected.split('\t').next(), found.split('\t').next(), "the order is kept");
        assert_eq!(columns(found, 1), columns(expected, 11), "{expected}");
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

const CSV: &str = "住院号,性别,年龄,诊断编码,手术操作编码,总费用\nA1,女,61,I63.900|J96.000,,11000\n\"B,2\",1,40,,,5\nC3,1,30,I63.900,,x\n";

#[test]
fn a_csv_in_gbk_is_paid_and_a_bad_row_says_why() {
    let (gbk, ..) = encoding_rs::GBK.encode(CSV);
    let payment = ["--scheme", "guangxi-2022", "--region", "guangxi-2022", "--price", "例均费用（玉林）"];
    let args = [payment.as_slice(), &["--low", "0.4", "--high", "3"]].concat();
    let (code, out) = grouped(&args, &gbk, "csv");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(code, 3);
    assert_eq!(lines[0], "id\tstatus\tmdc\tadrg\tdrg\tweight\tstandard\tband\terror");
    assert_eq!(lines[1], "A1\tgrouped\tMDCB\tBR2\tBR21\t1.1833\t9454.85\tnormal\t");
    assert_eq!(lines[2], "B,2\tcheck_failed\t\t00\t0000\t\t\t\t没有任何诊断。因此未分组。");
    assert!(lines[3].starts_with("C3\tgrouped\tMDCB\tBR2\tBR25\t"), "{}", lines[3]);
    assert!(lines[3].ends_with("\t\t医疗费总额无法读取。"), "{}", lines[3]);
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
fn what_cannot_be_done_is_refused_with_its_field() {
    let check = |args: &[&str], code: &str, field: &str| {
        let refusal = refused(&[&["group"], args, &["-"]].concat(), "gender,dx\n1,I63.900\n");
        assert_eq!((refusal["code"].as_str(), refusal["field"].as_str()), (Some(code), Some(field)), "{refusal}");
    };
    check(&["--scheme", "x"], "AX1019", "scheme");
    check(&["--compat", "x"], "AX1020", "profile");
    check(&["--set", "qy=x"], "AX1020", "choices.qy");
    check(&["--region", "x", "--price", "y"], "AX1003", "payment.region");
    assert_eq!(refused(&["group", "-"], "a,b\n")["field"], "header");
}
