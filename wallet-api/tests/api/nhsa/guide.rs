//! The guide, step by step: what it shows is sent, and what it signs by the shell is taken.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use wallet_api::nhsa::{DEMO_KEY, MessageKey, holds, signed_text};

use super::reconcile::zipped;
use super::settle::Counter;
use super::till::Till;
use crate::bank::Base;

fn section(name: &str) -> String {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/API.md");
    let guide = std::fs::read_to_string(file).unwrap();
    let section = guide.split_once(&format!("\n## {name}\n")).unwrap().1;
    section.split("\n## ").next().unwrap().to_owned()
}

const INTERFACE: &str = "The national settlement interface";

fn blocks(name: &str, kind: &str) -> Vec<String> {
    let (section, fence) = (section(name), format!("```{kind}\n"));
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
    let steps = blocks(INTERFACE, "json");
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

/// A request as the guide writes it for a shell.
struct Curl {
    path: String,
    who: &'static str,
    key: String,
    /// With one, or where it is said, it is a POST.
    body: Option<Value>,
    posts: bool,
}

impl Curl {
    fn read(command: &str) -> Curl {
        let within = |from: &str, to: &str| {
            command.split_once(from).map(|(_, rest)| rest.split(to).next().unwrap_or_default().to_owned())
        };
        let who = match within("Bearer $", "\"").as_deref() {
            Some("ASKER") => "area1",
            Some("APPROVER") => "area2",
            Some("TILL") => "hospital1",
            other => panic!("{other:?}: {command}"),
        };
        let body = within(" -d '", "'").map(|body| serde_json::from_str(&body).unwrap());
        let posts = body.is_some() || command.contains(" -X POST ");
        let path = within("http://127.0.0.1:8080/api/v1/", " ").unwrap();
        Curl { path, who, key: within("idempotency-key: ", "'").unwrap_or_default(), body, posts }
    }

    async fn sent(&self, till: &Till) -> Value {
        let answered = match self.posts {
            true => till.bank.post(self.who, &self.path, &self.key, self.body.clone().unwrap_or_default()).await,
            false => till.bank.get(self.who, &self.path).await,
        };
        assert!([200, 201].contains(&answered.status), "{}: {}", self.path, answered.json());
        answered.json()
    }
}

#[actix_web::test]
async fn two_operators_decide_a_difference_and_pay_in_advance_as_the_guide_says() {
    let counter = Counter::new(Base::Sqlite).await;
    let (till, before) = (&counter.till, counter.money().await);
    counter.pay("240.00").await;
    assert_ne!(counter.money().await, before);
    let (name, mut file) = ("Differences and 预付金", String::new());
    let today = till.time().strftime("%Y-%m-%d").to_string();
    for step in blocks(name, "json") {
        let text = step.replace("EMPTY_ZIP_IN_BASE64", &zipped("")).replace("TODAY", &today);
        let step: Value = serde_json::from_str(&text.replace("FILE_QURY_NO", &file)).unwrap();
        let output = till.done(step["infno"].as_str().unwrap(), step["input"].clone()).await;
        file = output["file_qury_no"].as_str().unwrap_or_default().to_owned();
    }
    let (mut known, mut told) = (Vec::<(&str, String)>::new(), Vec::new());
    let shell = blocks(name, "sh").concat().replace("\\\n", "");
    for command in shell.lines() {
        let command = known.iter().fold(command.to_owned(), |text, (word, id)| text.replace(word, id));
        let curl = Curl::read(&command);
        let answer = curl.sent(till).await;
        let (word, place) = match (curl.path.rsplit('/').next(), curl.posts) {
            (Some("differences"), _) => ("DIFFERENCE", "/differences/0/id"),
            (Some("corrections"), _) => ("CORRECTION", "/corrections/0/id"),
            (Some("advances"), true) => ("ADVANCE", "/id"),
            _ => ("", ""),
        };
        let id = answer.pointer(place).and_then(Value::as_str).filter(|_| !word.is_empty());
        known.extend(id.map(|id| (word, id.to_owned())));
        told.push(answer);
    }
    let [own, all, asked, decided, _, paid, advances] = told.as_slice() else { panic!("{} requests", told.len()) };
    let (own, all) = (&own["differences"][0], &all["differences"][0]);
    assert_eq!((&own["id"], &all["class"]), (&all["id"], &json!("only_area")));
    assert_eq!(asked["corrections"][0]["state"], "asked");
    assert_eq!(decided["corrections"][0]["state"], "done");
    assert_eq!(counter.money().await, before, "all of it is back where it came from");
    assert_eq!((&paid["state"], &advances["advances"][0]["amount_fen"]), (&json!("done"), &json!(300_000)));
}

#[test]
fn the_guides_shell_makes_signatures_that_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hospital.pem"), DEMO_KEY).unwrap();
    let shell = &blocks(INTERFACE, "sh")[0];
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
