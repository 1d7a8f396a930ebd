//! The guide, step by step: what it shows is sent, and what it signs by the shell is taken.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;
use wallet_api::nhsa::{DEMO_KEY, MessageKey, holds, signed_text};

use super::reconcile::zipped;
use super::till::Till;
use crate::bank::Base;

fn section() -> String {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/API.md");
    let guide = std::fs::read_to_string(file).unwrap();
    let section = guide.split_once("\n## The national settlement interface\n").unwrap().1;
    section.split("\n## ").next().unwrap().to_owned()
}

fn blocks(kind: &str) -> Vec<String> {
    let (section, fence) = (section(), format!("```{kind}\n"));
    section.split(&fence).skip(1).map(|rest| rest.split_once("```").unwrap().0.to_owned()).collect()
}

/// What stands for an answer, and where the answer has it.
const ANSWERED: &[(&str, &str, &str)] = &[
    ("STAY_SETL_ID", "2304", "/setlinfo/setl_id"),
    ("STAY_FUNDS", "2304", "/setlinfo/fund_pay_sumamt"),
    ("STAY_CASH", "2304", "/setlinfo/psn_cash_pay"),
    ("STAY_ID", "2401", "/result/mdtrt_id"),
    ("EC_TOKEN", "1162", "/ecToken"),
    ("PAY_ORD_ID", "6201", "/payOrdId"),
    ("PAY_TOKEN", "6201", "/payToken"),
    ("MOBILE_FUNDS", "6202", "/fundPay"),
    ("MOBILE_CASH", "6202", "/ownPayAmt"),
    ("SIGN_NO", "9001", "/signinoutb/sign_no"),
    ("PSN_NO", "1101", "/baseinfo/psn_no"),
    ("MDTRT_ID", "2201", "/mdtrt_id"),
    ("SETL_ID", "2207", "/setlinfo/setl_id"),
    ("FILE_QURY_NO", "9101", "/file_qury_no"),
    ("RESULT_NO", "3202", "/fileinfo/file_qury_no"),
];

#[actix_web::test]
async fn a_developer_comes_from_sign_in_to_reconciliation() {
    let till = Till::closed(Base::Sqlite).await;
    let mut known: Vec<(&str, String)> =
        vec![("BEGNTIME", till.written()), ("TODAY", till.time().strftime("%Y-%m-%d").to_string())];
    let mut lines = Vec::new();
    let steps = blocks("json");
    for step in &steps {
        let mut text = step.replace("ZIP_IN_BASE64", &zipped(&lines.join("\n")));
        if text.contains("PAYMENT_CODE") {
            let made = till.bank.post("worker1", "wallet/codes", "", serde_json::json!({})).await.json();
            text = text.replace("PAYMENT_CODE", made["code"].as_str().unwrap());
        }
        for (word, value) in &known {
            text = text.replace(word, value);
        }
        let step: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
        let infno = step["infno"].as_str().unwrap();
        // 贵港 cuts the third level, and the guide says that its figures are of a hospital of the upper one.
        match infno {
            "2401" => till.finer_level().await,
            "6201" => till.execute("UPDATE provider SET level = '3'").await,
            _ => {}
        }
        let output = till.done(infno, step["input"].clone()).await;
        for (word, of, place) in ANSWERED {
            if *of == infno {
                // The first in the list is replaced first: a word may be the end of another.
                known.retain(|(other, _)| other != word);
                known.push((word, output.pointer(place).unwrap().as_str().unwrap().to_owned()));
                known.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
            }
        }
        match infno {
            "9001" => *till.sign_no.borrow_mut() = output["signinoutb"]["sign_no"].as_str().unwrap().to_owned(),
            "2207" => lines.push(line(&known, &output["setlinfo"], 0)),
            "2208" => lines.push(line(&known, &output, 1)),
            "3201" => assert_eq!(output["stmtinfo"]["stmt_rslt"], "000000", "{output}"),
            "3202" => assert_eq!(output["stmtinfo"]["equal"], 2, "{output}"),
            _ => {}
        }
    }
    assert_eq!(steps.len(), 31);
}

fn line(known: &[(&str, String)], told: &Value, refund: u8) -> String {
    let of = |word: &str| &known.iter().find(|(other, _)| *other == word).unwrap().1;
    let [setl_id, medfee, funds, acct] =
        ["setl_id", "medfee_sumamt", "fund_pay_sumamt", "acct_pay"].map(|field| told[field].as_str().unwrap());
    format!("{}\t{}\t{setl_id}\tnull\t{refund}\t{medfee}\t{funds}\t{acct}", of("PSN_NO"), of("MDTRT_ID"))
}

#[test]
fn the_guides_shell_makes_signatures_that_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hospital.pem"), DEMO_KEY).unwrap();
    let shell = &blocks("sh")[0];
    let script = format!("set -eu\n{shell}\nmessage 9001 '{{\"signIn\":{{\"opter_no\":\"op-1\"}}}}'\n");
    let mut bash = Command::new("bash").current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let bash = bash.as_mut().unwrap();
    bash.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let mut told = String::new();
    std::io::Read::read_to_string(bash.stdout.as_mut().unwrap(), &mut told).unwrap();
    assert!(bash.wait().unwrap().success(), "openssl and jq: `cargo xtask setup` installs them");
    let message: Value = serde_json::from_str(&told).unwrap();
    let point = MessageKey::demo().unwrap().point().unwrap();
    assert!(holds(&[point], &signed_text(&message), message["cainfo"].as_str().unwrap()), "{message}");
    assert_eq!(message["msgid"].as_str().unwrap().len(), 30);
}
