//! An inpatient from admission to settlement.

use serde_json::{Value, json};

use super::till::{Till, line};
use crate::bank::Base;

#[actix_web::test]
async fn a_stay_is_settled_after_discharge_and_not_before() {
    let till = Till::open(Base::Sqlite).await;
    till.finer_level().await;
    let psn_no = till.identify("father1").await;
    let diseases = json!([{ "diag_type": "1", "diag_srt_no": "1", "diag_code": "J18.900", "diag_name": "肺炎" }]);
    let admission = json!({
        "mdtrtinfo": {
            "psn_no": psn_no, "insutype": "390", "begntime": "2026-10-28 10:00:00", "med_type": "21", "ipt_no": "ZY-1",
        },
        "diseinfo": diseases,
    });
    let mdtrt_id = till.done("2401", admission).await["result"]["mdtrt_id"].clone();
    let visit = mdtrt_id.as_str().unwrap();
    let fees = |sn: &str| json!({ "feedetail": [line(sn, visit, &psn_no, "9000.00")] });
    assert_eq!(till.refused("2204", fees("1")).await.0, "AX5011", "an outpatient's");
    till.done("2301", fees("1")).await;
    let ask = json!({ "data": {
        "psn_no": psn_no, "med_type": "21", "medfee_sumamt": "9000.00", "mdtrt_id": mdtrt_id, "acct_used_flag": "0",
        "insutype": "390",
    } });
    assert_eq!(till.refused("2303", ask.clone()).await.0, "AX5011", "still here");
    let discharge = |time: &str| {
        json!({
            "dscginfo": { "mdtrt_id": mdtrt_id, "psn_no": psn_no, "endtime": time }, "diseinfo": diseases,
        })
    };
    let early = till.refused("2402", discharge("2026-10-28 09:59:59")).await;
    assert_eq!(early, ("AX5002".into(), "input.dscginfo.endtime".into()));
    let change = |begntime: &str| json!({ "adminfo": { "mdtrt_id": mdtrt_id, "psn_no": psn_no, "begntime": begntime, "adm_bed": "12" } });
    let earlier = till.refused("2403", change("2026-10-27 10:00:00")).await;
    assert_eq!(earlier, ("AX5002".into(), "input.adminfo.begntime".into()));
    till.done("2403", change("2026-10-28 11:00:00")).await;
    let early = till.refused("2402", discharge("2026-10-28 10:30:00")).await;
    assert_eq!(early.1, "input.dscginfo.endtime", "it began later");
    till.done("2402", discharge("2026-11-02 08:00:00")).await;
    assert_eq!(till.refused("2403", change("2026-10-28 12:00:00")).await.0, "AX5011", "left already");
    let stay = json!({ "data": { "mdtrt_id": mdtrt_id, "psn_no": psn_no } });
    assert_eq!(till.refused("2404", stay.clone()).await.0, "AX5011", "left already");
    till.done("2405", stay.clone()).await;
    assert_eq!(till.refused("2404", stay.clone()).await.0, "AX5011", "there is a bill");
    till.done("2402", discharge("2026-11-02 08:30:00")).await;

    let told = till.done("2303", ask.clone()).await["setlinfo"].clone();
    let paid = till.done("2304", ask.clone()).await["setlinfo"].clone();
    let fen = |field: &str| paid[field].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    assert!(fen("hifp_pay") > 0 && fen("act_pay_dedc") > 0, "{paid}");
    assert_eq!(fen("medfee_sumamt"), fen("fund_pay_sumamt") + fen("psn_cash_pay"), "{paid}");
    assert_eq!((&paid["acct_pay"], &paid["hifp_pay"]), (&json!("0.00"), &told["hifp_pay"]));
    assert_eq!(till.refused("2405", stay).await.0, "AX5011", "settled");
    let back = json!({ "data": { "psn_no": psn_no, "mdtrt_id": mdtrt_id, "setl_id": paid["setl_id"] } });
    assert_eq!(till.done("2305", back).await["medfee_sumamt"], "-9000.00");
    let again: Value = till.done("2303", ask).await["setlinfo"].clone();
    assert_eq!(again["act_pay_dedc"], told["act_pay_dedc"], "the year is as it was");
}
