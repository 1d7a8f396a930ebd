//! From the counter to the bill, without money.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::till::{Till, line};
use crate::bank::{Base, number};

#[actix_web::test]
async fn a_person_is_found_by_the_card_and_by_number_only_where_the_card_was_shown() {
    let till = Till::open(Base::Sqlite).await;
    let card = json!({ "data": { "mdtrt_cert_type": "02", "mdtrt_cert_no": number("resident1") } });
    let found = till.done("1101", card).await;
    let base = &found["baseinfo"];
    assert_eq!((&base["certno"], &base["brdy"]), (&json!("000*************11"), &json!("1985-03-01")));
    assert_eq!(base["age"], 41);
    let cover = json!({ "insutype": "310", "psn_insu_stas": "1", "insuplc_admdvs": "440100", "balc": "2500.00" });
    assert_eq!(found["insuinfo"], json!([cover]));
    assert!(!found.to_string().contains(number("resident1")));

    let psn_no = base["psn_no"].as_str().unwrap();
    till.register(psn_no).await;
    let mut stranger = till.registration(psn_no);
    stranger["data"]["psn_no"] = "00000000000000000001".into();
    assert_eq!(till.refused("2201", stranger).await, ("AX5009".into(), "input.data.psn_no".into()));
    till.later(24 * 60 + 1);
    till.sign_in().await;
    assert_eq!(till.refused("2201", till.registration(psn_no)).await.0, "AX5009", "identified a day ago");

    for (kind, cert, expected) in
        [("02", "000000199901010099", "AX5009"), ("02", "1", "AX5002"), ("09", number("resident1"), "AX5002")]
    {
        let card = json!({ "data": { "mdtrt_cert_type": kind, "mdtrt_cert_no": cert } });
        assert_eq!(till.refused("1101", card).await.0, expected, "{kind} {cert}");
    }
}

#[actix_web::test]
async fn an_entitlement_is_told_for_today_and_not_guessed_for_other_days() {
    let till = Till::open(Base::Sqlite).await;
    let psn_no = till.identify("resident1").await;
    let ask = |insutype: &str, begins: &str| {
        json!({ "data": {
            "psn_no": psn_no, "insutype": insutype, "fixmedins_code": wallet_api::nhsa::DEMO_CODE, "med_type": "11",
            "begntime": begins,
        } })
    };
    for (insutype, begins, flag) in [
        ("310", "2026-11-02 10:00:00", json!("1")),
        ("390", "2026-11-02 10:00:00", json!("0")),
        ("310", "2026-10-01 10:00:00", json!(null)),
    ] {
        let told = till.done("2001", ask(insutype, begins)).await;
        assert_eq!(told["trtinfo"][0]["trt_enjymnt_flag"], flag, "{insutype} {begins}");
    }
    let mut other = ask("310", "2026-11-02 10:00:00");
    other["data"]["fixmedins_code"] = "H00000000002".into();
    assert_eq!(till.refused("2001", other).await.1, "input.data.fixmedins_code");
}

async fn a_bill_is_kept_and_taken_back(base: Base) {
    let till = Till::open(base).await;
    let psn_no = till.identify("resident1").await;
    let mdtrt_id = till.register(&psn_no).await;
    let consultation = json!({
        "mdtrtinfo": { "mdtrt_id": mdtrt_id, "psn_no": psn_no, "med_type": "11", "begntime": till.written() },
        "diseinfo": [{ "diag_type": "1", "diag_srt_no": "1", "diag_code": "J06.900", "diag_name": "急性上呼吸道感染" }],
    });
    till.done("2203", consultation.clone()).await;
    let fees = till.message(
        "2204",
        json!({ "feedetail": [
        line("1", &mdtrt_id, &psn_no, "12.50"), line("2", &mdtrt_id, &psn_no, "7.50"),
    ] }),
    );
    let first = till.send(&fees).await;
    assert_eq!(first.json()["output"]["result"][1]["inscp_scp_amt"], "7.50");
    assert_eq!(till.send(&fees).await.body, first.body);
    let again = json!({ "feedetail": [line("3", &mdtrt_id, &psn_no, "1.00"), line("2", &mdtrt_id, &psn_no, "7.50")] });
    let refused = till.refused("2204", again).await;
    assert_eq!(refused, ("AX5013".into(), "input.feedetail[1].feedetl_sn".into()));
    let undo = |sn: &str| json!({ "data": { "feedetl_sn": sn, "mdtrt_id": mdtrt_id, "psn_no": psn_no } });
    assert_eq!(till.done("2205", undo("3")).await["count"], 0, "none of a refused message is there");
    let cancel = json!({ "data": { "psn_no": psn_no, "mdtrt_id": mdtrt_id, "ipt_otp_no": "MZ-1" } });
    assert_eq!(till.refused("2202", cancel.clone()).await.0, "AX5011", "there is a bill");
    assert_eq!(till.done("2205", undo("1")).await["count"], 1);
    assert_eq!(till.done("2205", undo("0000")).await["count"], 1);
    till.done("2202", cancel.clone()).await;
    assert_eq!(till.refused("2202", cancel).await.0, "AX5011");
    assert_eq!(till.refused("2203", consultation).await.0, "AX5011");
}

#[actix_web::test]
async fn a_bill_is_kept_line_by_line_and_taken_back() {
    a_bill_is_kept_and_taken_back(Base::Sqlite).await;
}

#[actix_web::test]
async fn a_bill_is_kept_line_by_line_and_taken_back_on_postgres() {
    a_bill_is_kept_and_taken_back(Base::Postgres).await;
}

#[actix_web::test]
async fn lines_that_do_not_add_up_and_visits_of_others_are_refused() {
    let till = Till::open(Base::Sqlite).await;
    let (one, two) = (till.identify("resident1").await, till.identify("resident2").await);
    let mdtrt_id = till.register(&one).await;
    let fees = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut line = line("1", &mdtrt_id, &one, "12.50");
        change(&mut line);
        json!({ "feedetail": [line] })
    };
    let place = |field: &str| format!("input.feedetail[0].{field}");
    let check = async |input: serde_json::Value, code: &str, field: &str| {
        assert_eq!(till.refused("2204", input).await, (code.into(), place(field)));
    };
    check(fees(&|l| l["overlmt_amt"] = "0.01".into()), "AX5012", "det_item_fee_sumamt").await;
    check(fees(&|l| l["cnt"] = "2".into()), "AX5012", "det_item_fee_sumamt").await;
    check(fees(&|l| l["pric"] = "12.5e0".into()), "AX5002", "pric").await;
    check(fees(&|l| l["psn_no"] = two.as_str().into()), "AX5010", "mdtrt_id").await;
    check(fees(&|l| l["mdtrt_id"] = "1".into()), "AX5010", "mdtrt_id").await;
    let mut more = fees(&|_| {});
    more["feedetail"] = vec![line("1", &mdtrt_id, &one, "1.00"); 101].into();
    assert_eq!(till.refused("2204", more).await, ("AX5002".into(), "input.feedetail".into()));
}

#[actix_web::test]
async fn a_file_is_there_for_its_institution_until_its_time_is_over() {
    let till = Till::open(Base::Sqlite).await;
    let code = wallet_api::nhsa::DEMO_CODE;
    let up =
        |content: String| json!({ "fsUploadIn": { "in": content, "filename": "明细.zip", "fixmedins_code": code } });
    let put = till.done("9101", up(STANDARD.encode("对账"))).await;
    assert_eq!(put["dld_endtime"], "2026-11-03 09:00:00");
    let down = |no: &str, name: &str| json!({ "fsDownloadIn": { "file_qury_no": no, "filename": name, "fixmedins_code": code } });
    let no = put["file_qury_no"].as_str().unwrap();
    assert_eq!(till.done("9102", down(no, "明细.zip")).await["out"], STANDARD.encode("对账"));
    assert_eq!(till.refused("9102", down(no, "别的.zip")).await.0, "AX5019");
    assert_eq!(till.refused("9102", down("1", "明细.zip")).await.0, "AX5019");
    assert_eq!(till.refused("9101", up("*".into())).await.0, "AX5002");
    assert_eq!(till.refused("9101", up(STANDARD.encode(vec![0; 524_289]))).await.0, "AX5020");
    till.later(24 * 60);
    till.sign_in().await;
    assert_eq!(till.refused("9102", down(no, "明细.zip")).await.0, "AX5019");
}

#[actix_web::test]
async fn a_code_is_read_once_and_by_it_a_person_is_known_to_settle_a_bill() {
    let till = Till::open(Base::Sqlite).await;
    let show = async |key: &str| {
        let shown = till.bank.post("resident1", "wallet/codes", key, json!({})).await;
        assert_eq!(shown.status, 201, "{}", shown.json());
        shown.json()["code"].as_str().unwrap().to_owned()
    };
    let read = |code: &str, business: &str| json!({ "data": { "ecQrCode": code, "businessType": business, "outBizNo": "B1" } });
    let by = |token: &serde_json::Value| json!({ "data": { "mdtrt_cert_type": "01", "mdtrt_cert_no": token } });

    let code = show("one").await;
    let message = till.message("1162", read(&code, "01301"));
    let told = till.send(&message).await.json();
    assert_eq!(told["infcode"], 0, "{told}");
    let token = &told["output"]["ecToken"];
    assert_eq!(till.send(&message).await.json()["output"], told["output"], "the same reading");
    assert_eq!(till.refused("1162", read(&code, "01301")).await.0, "AX9033", "a second one");
    let found = till.done("1101", by(token)).await;
    assert_eq!(found["baseinfo"]["certno"], json!(null));
    till.register(found["baseinfo"]["psn_no"].as_str().unwrap()).await;
    // Nothing that was answered is kept where the token could be read.
    let file = std::fs::read(till.bank.folder.path().join("books.db")).unwrap();
    let log = std::fs::read(till.bank.folder.path().join("books.db-wal")).unwrap_or_default();
    let secret = token.as_str().unwrap().as_bytes();
    assert!([file, log].iter().all(|bytes| bytes.windows(secret.len()).all(|part| part != secret)));

    let report = till.done("1162", read(&show("two").await, "01303")).await;
    assert_eq!(till.refused("1101", by(&report["ecToken"])).await.0, "AX9035", "for a report only");
    assert_eq!(till.refused("1162", read(&show("three").await, "99999")).await.1, "input.data.businessType");
}
