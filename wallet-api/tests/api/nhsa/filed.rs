//! 备案 and 结算清单: what is filed decides the next bill, and what does not agree is not kept.

use std::sync::Arc;

use serde_json::{Value, json};
use wallet_api::Settings;
use wallet_api::nhsa::DEMO_PHARMACY;
use wallet_ledger::{Limits, OwnerId};
use wallet_store::{Clock, SqliteStore, Vault};

use super::prepaid::Stay;
use super::settle::Counter;
use super::till::Till;
use crate::bank::Base;

fn referral(psn_no: &str, to: &str) -> Value {
    json!({ "refmedin": {
        "psn_no": psn_no, "insutype": "390", "diag_code": "J18.900", "diag_name": "肺炎", "reflin_medins_no": to,
        "reflin_medins_name": "别的医院", "mdtrtarea_admdvs": "440100", "refl_date": "2026-10-27",
        "begndate": "2026-10-27", "enddate": "2026-12-31",
    } })
}

fn chosen(psn_no: &str, codes: &[&str], from: &str) -> Value {
    let fixmedins: Vec<Value> = (1..)
        .zip(codes)
        .map(|(n, code)| json!({ "fix_srt_no": n.to_string(), "fixmedins_code": code, "fixmedins_name": "医院" }))
        .collect();
    json!({ "data": {
        "psn_no": psn_no, "biz_appy_type": "01", "begndate": from, "enddate": "2026-12-31", "fixmedins": fixmedins,
    } })
}

/// Takes away what the area wrote down of somebody's filing.
async fn unfiled(till: &Till, name: &str) {
    let file = till.bank.folder.path().join("books.db");
    let area = Settings::read(None, []).unwrap().database.area;
    let store = SqliteStore::open(&file, area.into(), Limits::default(), Clock::Own).await.unwrap();
    let keys = std::fs::read_to_string(till.bank.folder.path().join("fields.keys")).unwrap();
    let desk = store.desk(Arc::new(Vault::parse(&keys).unwrap()));
    let owner = OwnerId(wallet_api::people().into_iter().find(|person| person.name == name).unwrap().subject);
    let mut terms: Value = serde_json::from_str(&desk.insured(owner).await.unwrap().unwrap()).unwrap();
    terms.as_object_mut().unwrap().remove("filing").unwrap();
    desk.put_insured(owner, &terms.to_string()).await.unwrap();
}

/// Another institution sends the patient here, and says by which number.
async fn referred_by_another(stay: &mut Stay) -> Value {
    let here = std::mem::replace(&mut stay.till.code, DEMO_PHARMACY);
    let signed = stay.till.sign_no.replace(String::new());
    stay.till.sign_in().await;
    let psn_no = stay.till.identify("father1").await;
    let number = number(&stay.till.done("2501", referral(&psn_no, here)).await);
    stay.till.code = here;
    stay.till.sign_no.replace(signed);
    number
}

fn number(output: &Value) -> Value {
    output["result"]["trt_dcla_detl_sn"].clone()
}

#[actix_web::test]
async fn a_referral_counts_where_it_leads_and_until_it_is_taken_back() {
    let mut stay = Stay::new(Base::Sqlite, &[]).await;
    unfiled(&stay.till, "father1").await;
    stay.discharge().await;
    let unfiled = stay.pays().await;
    let till = &stay.till;
    let own = till.refused("2501", referral(&stay.psn_no, till.code)).await;
    assert_eq!(own, ("AX5002".into(), "input.refmedin.reflin_medins_no".into()), "to themselves");
    let elsewhere = number(&till.done("2501", referral(&stay.psn_no, "H00000000009")).await);
    assert_eq!(stay.pays().await, unfiled, "it leads elsewhere");
    let back = json!({ "data": { "psn_no": stay.psn_no, "trt_dcla_detl_sn": elsewhere } });
    assert_eq!(till.refused("2504", back.clone()).await.0, "AX5025", "of another kind");
    till.done("2502", back.clone()).await;
    let mut bad = referral(&stay.psn_no, "H00000000009");
    bad["refmedin"]["enddate"] = "2026-10-26".into();
    assert_eq!(till.refused("2501", bad).await.1, "input.refmedin.enddate");
    assert_eq!(till.refused("2501", referral("00000000000000000000", "H00000000009")).await.0, "AX5009");

    let number = referred_by_another(&mut stay).await;
    let referred = stay.pays().await;
    assert!(referred > unfiled, "{referred} after a referral, {unfiled} without");
    let theirs = json!({ "data": { "psn_no": stay.psn_no, "trt_dcla_detl_sn": number } });
    assert_eq!(stay.till.refused("2502", theirs).await.0, "AX5025", "another institution filed it");
    stay.till.execute("UPDATE nhsa_filing SET from_day = '2026-10-29'").await;
    assert_eq!(stay.pays().await, unfiled, "it began after the admission");
}

#[actix_web::test]
async fn what_somebody_chose_binds_their_visits() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let answer = async || till.answer("2206", counter.ask("240.00")).await;
    let before = answer().await["output"]["setlinfo"]["fund_pay_sumamt"].clone();
    let elsewhere = chosen(&counter.psn_no, &["H00000000009"], "2026-11-01");
    let elsewhere = number(&till.done("2505", elsewhere).await);
    assert_ne!(answer().await["output"]["setlinfo"]["fund_pay_sumamt"], before, "they chose another");
    let back = json!({ "data": { "psn_no": counter.psn_no, "trt_dcla_detl_sn": elsewhere } });
    till.done("2506", back.clone()).await;
    till.done("2506", back).await;
    assert_eq!(answer().await["output"]["setlinfo"]["fund_pay_sumamt"], before);
    till.done("2505", chosen(&counter.psn_no, &[till.code], "2026-11-01")).await;
    assert_eq!(answer().await["output"]["setlinfo"]["fund_pay_sumamt"], before, "they chose this one");
}

#[actix_web::test]
async fn a_chronic_disease_is_filed_and_taken_back() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let filing = json!({ "data": {
        "psn_no": counter.psn_no, "insutype": "310", "opsp_dise_code": "M03900", "opsp_dise_name": "高血压",
        "ide_fixmedins_no": till.code, "ide_fixmedins_name": "示范医院", "hosp_ide_date": "2026-11-01",
        "begndate": "2026-11-01", "enddate": "2027-10-31",
    } });
    let number = number(&till.done("2503", filing.clone()).await);
    let back = json!({ "data": { "psn_no": counter.psn_no, "trt_dcla_detl_sn": number } });
    till.done("2504", back).await;
    let mut other = filing;
    other["data"]["insutype"] = "390".into();
    assert_eq!(till.refused("2503", other).await, ("AX5002".into(), "input.data.insutype".into()));
}

fn list(stay: &Stay, paid: &Value) -> Value {
    let own = &paid["psn_part_amt"];
    json!({
        "setlinfo": {
            "mdtrt_id": stay.mdtrt_id, "setl_id": paid["setl_id"], "psn_no": stay.psn_no, "hi_paymtd": "3",
            "adm_time": "2026-10-28 10:00:00", "dscg_time": "2026-11-02 08:30:00", "act_ipt_days": "5",
            "medfee_sumamt": paid["medfee_sumamt"], "fund_pay_sumamt": paid["fund_pay_sumamt"],
            "acct_pay": paid["acct_pay"], "psn_cash_pay": paid["psn_cash_pay"], "psn_selfpay": own,
            "psn_ownpay": "0.00",
        },
        "payinfo": [{ "fund_pay_type": "390100", "fund_payamt": paid["fund_pay_sumamt"] }],
        "diseinfo": [
            { "diag_type": "1", "diag_code": "J18.900", "diag_name": "肺炎", "maindiag_flag": "1" },
            { "diag_type": "1", "diag_code": "I10.x00", "diag_name": "高血压", "maindiag_flag": "0" },
        ],
        "iteminfo": [{
            "med_chrgitm": "09", "amt": "9000.00", "claa_sumfee": "8000.00", "clab_amt": "1000.00",
            "fulamt_ownpay_amt": "0.00", "oth_amt": "0.00",
        }],
    })
}

#[actix_web::test]
async fn a_list_agrees_with_its_settlement_or_is_not_kept() {
    let stay = Stay::new(Base::Sqlite, &[]).await;
    let till = &stay.till;
    stay.discharge().await;
    let paid = stay.settle().await;
    let good = list(&stay, &paid);
    for (place, value, field) in [
        ("/setlinfo/medfee_sumamt", json!("9000.01"), "input.setlinfo.medfee_sumamt"),
        ("/setlinfo/fund_pay_sumamt", json!("0.00"), "input.setlinfo.fund_pay_sumamt"),
        ("/setlinfo/psn_cash_pay", json!("0.00"), "input.setlinfo.psn_cash_pay"),
        ("/setlinfo/psn_ownpay", json!("0.01"), "input.setlinfo.psn_selfpay"),
        ("/setlinfo/dscg_time", json!("2026-11-02 08:31:00"), "input.setlinfo.dscg_time"),
        ("/payinfo/0/fund_payamt", json!("0.01"), "input.payinfo"),
        ("/iteminfo/0/clab_amt", json!("1000.01"), "input.iteminfo[0].amt"),
        ("/diseinfo/1/maindiag_flag", json!("1"), "input.diseinfo"),
        ("/diseinfo/0/maindiag_flag", json!("0"), "input.diseinfo"),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = value;
        assert_eq!(till.refused("4101A", bad).await, ("AX5026".into(), field.into()), "{place}");
    }
    let mut short = good.clone();
    let item = short.pointer_mut("/iteminfo/0").unwrap();
    (item["amt"], item["claa_sumfee"]) = ("8999.00".into(), "7999.00".into());
    assert_eq!(till.refused("4101A", short).await, ("AX5026".into(), "input.iteminfo".into()));
    let mut other = good.clone();
    other["setlinfo"]["setl_id"] = "00000000000000000000".into();
    assert_eq!(till.refused("4101A", other).await.0, "AX5016");

    let message = till.message("4101A", good.clone());
    let kept = till.send(&message).await;
    assert_eq!(kept.json()["infcode"], 0, "{}", kept.json());
    assert_eq!(till.send(&message).await.body, kept.body);
    let again = till.done("4101A", good.clone()).await;
    assert_ne!(again["setl_list_id"], kept.json()["output"]["setl_list_id"], "another version");
    till.done("2305", stay.back(&paid)).await;
    assert_eq!(till.refused("4101A", good).await.0, "AX5018", "it was taken back");
}
