//! What one institution sent is not there for another (SECURITY B13, D1).

use std::process::Command;

use serde_json::{Value, json};
use wallet_api::nhsa::{DEMO_CODE, MessageKey};

use super::settle::Counter;
use super::till::{OPERATOR, Till, line, told};
use crate::bank::Base;

const OTHER: &str = "H00000000002";

/// Another hospital that is let in by the settings.
async fn other(till: &Till) -> MessageKey {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).display().to_string();
    let run = |arguments: &[&str]| assert!(Command::new("openssl").args(arguments).status().unwrap().success());
    run(&["genpkey", "-algorithm", "SM2", "-out", &file("key.pem")]);
    run(&["pkey", "-pubout", "-in", &file("key.pem"), "-out", &file("public.pem")]);
    let public = std::fs::read_to_string(file("public.pem")).unwrap();
    let members = format!(
        "[[institution]]\ncode = \"{OTHER}\"\nowner = \"{:032x}\"\nname = \"别的医院\"\n[[institution.key]]\n\
         valid_from = \"2026-01-01 00:00:00\"\nvalid_until = \"2027-01-01 00:00:00\"\npem = '''\n{public}'''\n",
        77
    );
    std::fs::write(file("institutions.toml"), members).unwrap();
    let mut settings = crate::bank::settings(Base::Sqlite, folder.path(), &till.bank.key).await;
    settings.database.url = format!("sqlite:{}", till.bank.folder.path().join("books.db").display());
    settings.nhsa.institutions = file("institutions.toml").into();
    crate::bank::open_at(&settings, till.hands.clock()).await;
    MessageKey::from_pem(&std::fs::read_to_string(file("key.pem")).unwrap()).unwrap()
}

#[actix_web::test]
async fn what_one_institution_sent_is_not_there_for_another() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let key = other(till).await;
    let paid = counter.pay("240.00").await;
    let upload = json!({ "fsUploadIn": { "in": "", "filename": "a.zip", "fixmedins_code": DEMO_CODE } });
    let file = till.done("9101", upload).await["file_qury_no"].clone();
    let own_sign_no = till.sign_no.borrow().clone();

    let send = async |infno: &str, input: Value, sign_no: &str| {
        let mut message = till.plain(infno, input);
        message["fixmedins_code"] = OTHER.into();
        message["msgid"] = message["msgid"].as_str().unwrap().replace(DEMO_CODE, OTHER).into();
        message["sign_no"] = sign_no.into();
        till.send(&key.signed(message).unwrap()).await.json()
    };
    let sign_in = json!({ "signIn": { "opter_no": OPERATOR } });
    let signed = send("9001", sign_in, "").await["output"]["signinoutb"]["sign_no"].as_str().unwrap().to_owned();
    assert_ne!(signed, own_sign_no);
    let refused = async |infno: &str, input: Value, code: &str| {
        let answer = send(infno, input, &signed).await;
        assert_eq!(told(&answer).0, code, "{infno}: {answer}");
    };
    assert_eq!(told(&send("9002", json!({}), &own_sign_no).await).0, "AX5006", "the other's working day");
    // Whoever the other one identified is nobody here.
    refused("2201", till.registration(&counter.psn_no), "AX5009").await;
    let card = json!({ "data": { "mdtrt_cert_type": "02", "mdtrt_cert_no": crate::bank::number("worker1") } });
    assert_eq!(send("1101", card, &signed).await["infcode"], 0);
    let lines = json!({ "feedetail": [line("9", &counter.mdtrt_id, &counter.psn_no, "1.00")] });
    refused("2204", lines, "AX5010").await;
    refused("2206", counter.ask("240.00"), "AX5010").await;
    refused("2208", counter.back(&paid["setl_id"]), "AX5010").await;
    refused("2601", counter.reversal(&paid["medins_setl_id"]), "AX5002").await;
    let down =
        |code: &str| json!({ "fsDownloadIn": { "file_qury_no": file, "filename": "a.zip", "fixmedins_code": code } });
    refused("9102", down(OTHER), "AX5019").await;
    refused("9102", down(DEMO_CODE), "AX5002").await;
    let totals = json!({ "data": {
        "insutype": "310", "clr_type": "11", "setl_optins": "440100", "stmt_begndate": "2026-11-01",
        "stmt_enddate": "2026-11-30", "medfee_sumamt": "0.00", "fund_pay_sumamt": "0.00", "acct_pay": "0.00",
        "fixmedins_setl_cnt": "0",
    } });
    assert_eq!(send("3201", totals, &signed).await["output"]["stmtinfo"]["stmt_rslt"], "000000");
}
