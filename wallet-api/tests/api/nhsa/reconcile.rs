//! Whether the two sides' books agree (SECURITY B10).

use std::io::{Cursor, Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use wallet_api::nhsa::DEMO_CODE;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::settle::Counter;
use super::till::Till;
use crate::bank::Base;

pub fn zipped(text: &str) -> String {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("detail.txt", SimpleFileOptions::default()).unwrap();
    zip.write_all(text.as_bytes()).unwrap();
    STANDARD.encode(zip.finish().unwrap().into_inner())
}

fn unzipped(base64: &Value) -> String {
    let bytes = STANDARD.decode(base64.as_str().unwrap()).unwrap();
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_index(0).unwrap().read_to_string(&mut text).unwrap();
    text
}

pub async fn put(till: &Till, content: String) -> Value {
    let input = json!({ "fsUploadIn": { "in": content, "filename": "detail.zip", "fixmedins_code": DEMO_CODE } });
    till.done("9101", input).await["file_qury_no"].clone()
}

pub fn detail(file: &Value, medfee: &str, funds: &str, count: usize) -> Value {
    json!({ "data": {
        "setl_optins": "440100", "file_qury_no": file, "stmt_begndate": "2026-11-02", "stmt_enddate": "2026-11-02",
        "medfee_sumamt": medfee, "fund_pay_sumamt": funds, "fixmedins_setl_cnt": count.to_string(),
    } })
}

fn totals(medfee: &Value, funds: &Value, acct: &Value, count: usize) -> Value {
    json!({ "data": {
        "insutype": "310", "clr_type": "11", "setl_optins": "440100", "stmt_begndate": "2026-11-01",
        "stmt_enddate": "2026-11-30", "medfee_sumamt": medfee, "fund_pay_sumamt": funds, "acct_pay": acct,
        "fixmedins_setl_cnt": count.to_string(),
    } })
}

/// A line as the institution writes what it was answered.
pub fn line(counter: &Counter, setl_id: &Value, refund: u8, amounts: [&Value; 3]) -> String {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let [medfee, funds, acct] = amounts.map(text);
    let (psn, visit) = (&counter.psn_no, &counter.mdtrt_id);
    format!("{psn}\t{visit}\t{}\tnull\t{refund}\t{medfee}\t{funds}\t{acct}", text(setl_id))
}

#[actix_web::test]
async fn totals_and_details_agree_after_a_settlement_and_a_refund() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let one = counter.pay("240.00").await;
    let back = till.done("2208", counter.back(&one["setl_id"])).await;
    counter.charge(&["3"], "10.00").await;
    let two = counter.pay("250.00").await;
    let (funds, acct) = (&two["fund_pay_sumamt"], &two["acct_pay"]);
    let equal = till.done("3201", totals(&two["medfee_sumamt"], funds, acct, 3)).await;
    assert_eq!(equal["stmtinfo"]["stmt_rslt"], "000000", "{equal}");
    let unequal = till.done("3201", totals(&json!("250.01"), funds, acct, 3)).await;
    assert_eq!(unequal["stmtinfo"]["stmt_rslt"], "000001");
    assert!(unequal["stmtinfo"]["stmt_rslt_dscr"].as_str().unwrap().contains("250.00"), "{unequal}");

    let of = |info: &'static str| move |value: &Value| value[info].clone();
    let amounts = |value: &Value| [of("medfee_sumamt")(value), of("fund_pay_sumamt")(value), of("acct_pay")(value)];
    let lines = [(&one, 0), (&back, 1), (&two, 0)].map(|(told, refund)| {
        let [medfee, funds, acct] = amounts(told);
        line(&counter, &told["setl_id"], refund, [&medfee, &funds, &acct])
    });
    let file = put(till, zipped(&lines.join("\n"))).await;
    let told = till.done("3202", detail(&file, "250.00", funds.as_str().unwrap(), 3)).await;
    assert_eq!(told["stmtinfo"], json!({ "equal": 3, "differs": 0, "only_institution": 0, "only_area": 0 }));

    // One is left out, one is changed by a fen, and one is made up.
    let (zero, made_up) = (json!("0.00"), json!("99999"));
    let other = [
        lines[0].clone(),
        lines[2].replace("\t250.00\t", "\t250.01\t"),
        line(&counter, &made_up, 0, [&zero, &zero, &zero]),
    ];
    let file = put(till, zipped(&other.join("\n"))).await;
    let both = format!("{}", fen(&one["fund_pay_sumamt"]) + fen(funds));
    let refused = till.refused("3202", detail(&file, "490.01", "0.00", 3)).await;
    assert_eq!(refused, ("AX5002".into(), "input.data.fund_pay_sumamt".into()), "not the file's own sum");
    let told = till.done("3202", detail(&file, "490.01", &yuan(&both), 3)).await;
    assert_eq!(told["stmtinfo"], json!({ "equal": 1, "differs": 1, "only_institution": 1, "only_area": 1 }));
    let down = json!({ "fsDownloadIn": {
        "file_qury_no": told["fileinfo"]["file_qury_no"], "filename": "result.zip", "fixmedins_code": DEMO_CODE,
    } });
    let result = unzipped(&till.done("9102", down).await["out"]);
    let of = |id: &Value| result.lines().find(|line| line.starts_with(id.as_str().unwrap())).unwrap().to_owned();
    assert!(of(&one["setl_id"]).ends_with("\tequal\t240.00\t240.00"), "{result}");
    assert!(of(&two["setl_id"]).ends_with("\tdiffers\t250.01\t250.00"), "{result}");
    assert!(of(&made_up).ends_with("\tonly_institution\t0.00\tnull"), "{result}");
    assert!(of(&back["setl_id"]).ends_with("\tonly_area\tnull\t-240.00"), "{result}");
}

fn fen(value: &Value) -> i64 {
    value.as_str().unwrap().replace('.', "").parse().unwrap()
}

fn yuan(fen: &str) -> String {
    let fen: i64 = fen.parse().unwrap();
    format!("{}.{:02}", fen / 100, fen % 100)
}

#[actix_web::test]
async fn a_file_or_a_time_that_cannot_be_read_is_refused() {
    let till = Till::open(Base::Sqlite).await;
    let file = put(&till, zipped("1\t2\t3")).await;
    let refused = till.refused("3202", detail(&file, "0.00", "0.00", 1)).await;
    assert_eq!(refused, ("AX5021".into(), "input.data.file_qury_no".into()));
    let refused = till.refused("3202", detail(&json!("1"), "0.00", "0.00", 1)).await;
    assert_eq!(refused.0, "AX5019");
    let zero = json!("0.00");
    for (field, value) in [
        ("stmt_begndate", "2026-11-31"),
        ("stmt_enddate", "2026-10-31"),
        ("setl_optins", "440200"),
        ("clr_type", "1"),
        ("fixmedins_setl_cnt", "-1"),
        ("acct_pay", "1e3"),
    ] {
        let mut ask = totals(&zero, &zero, &zero, 0);
        ask["data"][field] = value.into();
        assert_eq!(till.refused("3201", ask).await, ("AX5002".into(), format!("input.data.{field}")));
    }
    let none = till.done("3201", totals(&zero, &zero, &zero, 0)).await;
    assert_eq!(none["stmtinfo"]["stmt_rslt"], "000000");
}

/// 3203, 3204 and 3205: a month is declared with the sums of both sides, withdrawn, and declared again.
#[actix_web::test]
async fn a_month_is_declared_with_the_sums_of_both_sides() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let paid = counter.pay("240.00").await;
    let (funds, acct) = (paid["fund_pay_sumamt"].clone(), paid["acct_pay"].clone());
    till.later(30 * 24 * 60);
    till.sign_in().await;
    let ask = |funds: &Value| json!({ "data": { "setlym": "202611", "fund_appy_sum": funds, "acct_pay": acct } });
    let refused = till.refused("3203", ask(&json!("1.00"))).await;
    assert_eq!(refused, ("AX5015".into(), "input.data.fund_appy_sum".into()));
    let told = till.done("3203", ask(&funds)).await["result"].clone();
    assert_eq!((&told["clr_stas"], &told["fund_payable"]), (&json!("declared"), &funds));
    let query = json!({ "data": { "clr_appy_evt_id": told["clr_appy_evt_id"] } });
    assert_eq!(till.done("3205", query.clone()).await["result"], told);
    assert_eq!(till.done("3204", query).await["result"]["clr_stas"], "withdrawn");
    assert_eq!(till.done("3203", ask(&funds)).await["result"]["clr_stas"], "declared");
    assert_eq!(till.refused("3203", ask(&funds)).await.0, "AX9063");
}

/// 支付资格: what a person prescribes is not taken while it is suspended.
#[actix_web::test]
async fn a_line_of_somebody_who_is_not_qualified_is_not_taken() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let ask = json!({ "kind": "unqualified", "code": "D440100000001", "from": "2026-11-02", "reason": "记分达到上限" });
    let asked = till.bank.post("area1", "pay/clearing/standings", "s", ask).await.json();
    let path = format!("pay/clearing/standings/{}/approval", asked["id"].as_str().unwrap());
    assert_eq!(till.bank.post("area2", &path, "k", Value::Null).await.status, 200);
    let mut of = super::till::line("7", &counter.mdtrt_id, &counter.psn_no, "1.00");
    of["bilg_dr_codg"] = "D440100000001".into();
    let refused = till.refused("2204", json!({ "feedetail": [of.clone()] })).await;
    assert_eq!(refused, ("AX9064".into(), "input.feedetail[0].bilg_dr_codg".into()));
    of["bilg_dr_codg"] = "D440100000002".into();
    till.done("2204", json!({ "feedetail": [of] })).await;
}
