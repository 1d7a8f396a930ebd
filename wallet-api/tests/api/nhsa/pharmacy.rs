//! 2101, 2102 and 2103: bought by the code on the pack, settled as told, taken back.

use serde_json::{Value, json};
use wallet_api::nhsa::DEMO_PHARMACY;

use super::settle::Counter;
use super::till::{Till, line, told};
use crate::bank::{Base, number};

const DRUG: &str = "XDEMO00000000000000001";

fn bought(till: &Till, psn_no: &str, packs: &[&str]) -> Value {
    let packs: Vec<Value> = packs.iter().map(|code| json!({ "drug_trac_codg": code })).collect();
    let cnt = packs.len().max(1);
    json!({
        "druginfo": {
            "psn_no": psn_no, "begntime": till.written(), "medfee_sumamt": format!("{}.00", cnt * 30),
            "insutype": "310", "acct_used_flag": "1", "med_type": "41",
        },
        "drugdetail": [{
            "feedetl_sn": "1", "fee_ocur_time": till.written(), "med_list_codg": DRUG, "medins_list_codg": "YP1",
            "det_item_fee_sumamt": format!("{}.00", cnt * 30), "cnt": cnt.to_string(), "pric": "30.00",
            "prd_days": "8", "drugtracinfo": packs, "trdn_flag": "0",
        }],
    })
}

async fn a_purchase_is_settled_by_its_packs(base: Base) {
    let till = Till::pharmacy(base).await;
    let psn_no = till.identify("worker1").await;
    let without = bought(&till, &psn_no, &[]);
    assert_eq!(till.refused("2101", without).await, ("AX9060".into(), "input.drugdetail[0].drugtracinfo".into()));
    let ask = bought(&till, &psn_no, &["81234567890123456789"]);
    assert_eq!(till.refused("2102", ask.clone()).await, ("AX5022".into(), "input.druginfo".into()), "no 2101");
    let told_before = till.done("2101", ask.clone()).await["setlinfo"].clone();
    assert_eq!(till.done("2101", ask.clone()).await["setlinfo"], told_before, "asking changes nothing");
    assert_eq!((&told_before["fund_pay_sumamt"], &told_before["acct_pay"]), (&json!("0.00"), &json!("30.00")));
    let settle = till.message("2102", ask.clone());
    let paid = till.send(&settle).await;
    assert_eq!(till.send(&settle).await.body, paid.body);
    let info = paid.json()["output"]["setlinfo"].clone();
    assert_eq!((&info["acct_pay"], &info["med_type"]), (&json!("30.00"), &json!("41")), "{}", paid.json());
    assert_eq!(till.refused("2102", ask.clone()).await.0, "AX5014", "it is settled");

    let mut other = bought(&till, &psn_no, &["81234567890123456789"]);
    other["druginfo"]["invono"] = "2".into();
    let refused = till.refused("2101", other.clone()).await;
    assert_eq!(refused, ("AX9061".into(), "feedetl_sn 1: drugtracinfo".into()), "sold before");
    let back = json!({ "druginfo": { "psn_no": psn_no, "mdtrt_id": info["mdtrt_id"], "setl_id": info["setl_id"] } });
    assert_eq!(till.done("2103", back).await["medfee_sumamt"], "-30.00");
    assert_eq!(till.refused("2101", other).await.0, "AX9061", "待核");
    let path = "pay/packs/81234567890123456789";
    assert_eq!(till.bank.get("auditor1", path).await.json()["held_back"], true);
}

#[actix_web::test]
async fn a_purchase_is_settled_by_its_packs_on_sqlite() {
    a_purchase_is_settled_by_its_packs(Base::Sqlite).await;
}

#[actix_web::test]
async fn a_purchase_is_settled_by_its_packs_on_postgres() {
    a_purchase_is_settled_by_its_packs(Base::Postgres).await;
}

#[actix_web::test]
async fn a_hospital_is_no_pharmacy_and_a_pharmacy_is_told_what_the_monitor_saw() {
    let till = Till::open(Base::Sqlite).await;
    let psn_no = till.identify("worker1").await;
    let ask = bought(&till, &psn_no, &["81234567890123456789"]);
    assert_eq!(till.refused("2101", ask).await.1, "fixmedins_code");
    let till = Till::pharmacy(Base::Sqlite).await;
    assert_eq!(till.code, DEMO_PHARMACY);
    let psn_no = till.identify("worker1").await;
    let mut long = bought(&till, &psn_no, &["81234567890123456789"]);
    long["drugdetail"][0]["prd_days"] = "90".into();
    let warned = till.answer("2101", long.clone()).await;
    assert_eq!(warned["infcode"], 0, "{warned}");
    assert!(warned["warn_msg"].as_str().unwrap().starts_with("supply_too_long："), "{warned}");
    assert_eq!(told(&till.answer("2102", long).await).0, "AX9062");
    let plain = till.answer("2101", bought(&till, &psn_no, &["81234567890123456780"])).await;
    assert_eq!(plain["warn_msg"], "", "{plain}");
}

/// Lines of a hospital's bill are asked for their packs as well.
#[actix_web::test]
async fn a_hospitals_drug_is_settled_by_its_pack() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let with = |sn: &str, change: &dyn Fn(&mut Value)| {
        let mut line = line(sn, &counter.mdtrt_id, &counter.psn_no, "10.00");
        line["med_list_codg"] = DRUG.into();
        change(&mut line);
        json!({ "feedetail": [line] })
    };
    let place = |field: &str| format!("input.feedetail[0].{field}");
    let pack = json!([{ "drug_trac_codg": "81234567890123456789" }]);
    assert_eq!(till.refused("2204", with("7", &|_| {})).await, ("AX9060".into(), place("drugtracinfo")));
    let half = with("7", &|l| (l["cnt"], l["pric"]) = ("0.5".into(), "20.00".into()));
    assert_eq!(till.refused("2204", half).await, ("AX5002".into(), place("cnt")));
    assert_eq!(till.refused("2204", with("7", &|l| l["trdn_flag"] = "2".into())).await.1, place("trdn_flag"));
    assert_eq!(till.refused("2204", with("7", &|l| l["prd_days"] = "x".into())).await.1, place("prd_days"));
    till.done("2204", with("7", &|l| l["drugtracinfo"] = pack.clone())).await;
    counter.pay("250.00").await;
    till.done("2204", with("8", &|l| l["drugtracinfo"] = pack.clone())).await;
    let again = till.refused("2206", counter.ask("10.00")).await;
    assert_eq!(again, ("AX9061".into(), "feedetl_sn 8: drugtracinfo".into()));
}

/// Whoever was identified in the morning does not pay in the afternoon without showing who they are.
#[actix_web::test]
async fn a_bill_is_settled_while_the_patient_is_there() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    till.later(30);
    till.done("2206", counter.ask("240.00")).await;
    assert_eq!(till.refused("2207", counter.ask("240.00")).await, ("AX5060".into(), "input.data.psn_no".into()));
    let card = json!({ "data": { "mdtrt_cert_type": "03", "mdtrt_cert_no": number("worker1") } });
    assert_eq!(till.done("1101", card).await["baseinfo"]["psn_no"], counter.psn_no.as_str(), "by the social card");
    let paid = counter.pay("240.00").await;
    till.later(60);
    till.done("2208", counter.back(&paid["setl_id"])).await;
}
