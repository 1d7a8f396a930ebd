//! 预缴金: 多退少补 by every settlement, and never more out than came in.

use serde_json::{Value, json};

use super::till::{Till, line};
use crate::bank::Base;

const DISEASE: &str = r#"[{ "diag_type": "1", "diag_srt_no": "1", "diag_code": "J18.900", "diag_name": "肺炎" }]"#;

/// A stay with a bill of 9000.00 and so much prepaid on admission.
pub struct Stay {
    pub till: Till,
    pub psn_no: String,
    pub mdtrt_id: String,
}

impl Stay {
    pub async fn new(base: Base, prepaid: &[(&str, &str)]) -> Stay {
        let till = Till::open(base).await;
        if base == Base::Sqlite {
            till.finer_level().await;
        }
        let psn_no = till.identify("father1").await;
        let diseases: Value = serde_json::from_str(DISEASE).unwrap();
        let admission = json!({
            "mdtrtinfo": {
                "psn_no": psn_no, "insutype": "390", "begntime": "2026-10-28 10:00:00", "med_type": "21",
                "ipt_no": "ZY-1",
            },
            "diseinfo": diseases, "prepayinfo": lines(prepaid),
        });
        let mdtrt_id = till.done("2401", admission).await["result"]["mdtrt_id"].as_str().unwrap().to_owned();
        let stay = Stay { till, psn_no, mdtrt_id };
        stay.charge("1").await;
        stay
    }

    async fn charge(&self, sn: &str) {
        let fees = json!({ "feedetail": [line(sn, &self.mdtrt_id, &self.psn_no, "9000.00")] });
        self.till.done("2301", fees).await;
    }

    pub async fn discharge(&self) {
        let diseases: Value = serde_json::from_str(DISEASE).unwrap();
        let discharge = json!({
            "dscginfo": { "mdtrt_id": self.mdtrt_id, "psn_no": self.psn_no, "endtime": "2026-11-02 08:30:00" },
            "diseinfo": diseases,
        });
        self.till.done("2402", discharge).await;
    }

    pub fn more(&self, prepaid: &[(&str, &str)]) -> Value {
        json!({ "adminfo": { "mdtrt_id": self.mdtrt_id, "psn_no": self.psn_no }, "prepayinfo": lines(prepaid) })
    }

    pub fn ask(&self) -> Value {
        json!({ "data": {
            "psn_no": self.psn_no, "med_type": "21", "medfee_sumamt": "9000.00", "mdtrt_id": self.mdtrt_id,
            "acct_used_flag": "0", "insutype": "390",
        } })
    }

    pub async fn settle(&self) -> Value {
        self.till.done("2303", self.ask()).await;
        self.till.done("2304", self.ask()).await["setlinfo"].clone()
    }

    /// What the funds would pay.
    pub async fn pays(&self) -> i64 {
        fen(&self.till.done("2303", self.ask()).await["setlinfo"]["fund_pay_sumamt"])
    }

    pub fn back(&self, paid: &Value) -> Value {
        json!({ "data": { "psn_no": self.psn_no, "mdtrt_id": self.mdtrt_id, "setl_id": paid["setl_id"] } })
    }
}

fn lines(prepaid: &[(&str, &str)]) -> Value {
    prepaid.iter().map(|(sn, amount)| json!({ "prepay_sn": sn, "prepay_amt": amount })).collect()
}

fn fen(text: &Value) -> i64 {
    text.as_str().unwrap().replace('.', "").parse().unwrap()
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

#[actix_web::test]
async fn too_much_goes_back_and_what_is_missing_is_due() {
    let stay = Stay::new(Base::Sqlite, &[("YJ-1", "5000.00")]).await;
    let till = &stay.till;
    till.done("2403", stay.more(&[("YJ-2", "4000.00"), ("YJ-3", "-500.00")])).await;
    assert_eq!(till.refused("2403", stay.more(&[("YJ-4", "-8500.01")])).await.0, "AX5024", "more than is there");
    assert_eq!(till.refused("2403", stay.more(&[("YJ-1", "1.00")])).await.0, "AX5024", "the number stands already");
    let field = till.refused("2403", stay.more(&[("YJ-5", "0.00")])).await;
    assert_eq!(field, ("AX5002".into(), "input.prepayinfo[0].prepay_amt".into()));
    assert_eq!(till.refused("2403", stay.more(&[("used:1", "1.00")])).await.0, "AX5002");
    let undo = json!({ "data": { "mdtrt_id": stay.mdtrt_id, "psn_no": stay.psn_no } });
    assert_eq!(till.refused("2404", undo).await.0, "AX5011", "money of theirs is here");
    stay.discharge().await;

    let told = till.done("2303", stay.ask()).await["setlinfo"].clone();
    let cash = fen(&told["psn_cash_pay"]);
    assert!((1..850_000).contains(&cash), "{told}");
    let expected = json!({ "prepay_sumamt": "8500.00", "prepay_refd": yuan(850_000 - cash), "prepay_due": "0.00" });
    assert_eq!(told["prepayinfo"], expected, "{told}");
    let settle = till.message("2304", stay.ask());
    let paid = till.send(&settle).await.json()["output"]["setlinfo"].clone();
    assert_eq!(paid["prepayinfo"], expected);
    assert_eq!(till.refused("2403", stay.more(&[("YJ-6", "-0.01")])).await.0, "AX5024", "all of it is used");

    // What was too much went back, so that the cash alone is prepaid again.
    let back = till.done("2305", stay.back(&paid)).await;
    assert_eq!(fen(&back["prepay_back"]), cash, "{back}");
    let even = json!({ "prepay_sumamt": yuan(cash), "prepay_refd": "0.00", "prepay_due": "0.00" });
    assert_eq!(till.done("2303", stay.ask()).await["setlinfo"]["prepayinfo"], even);
    till.done("2403", stay.more(&[("YJ-7", "-1.00")])).await;
    let due = stay.settle().await;
    assert_eq!((&due["prepayinfo"]["prepay_refd"], &due["prepayinfo"]["prepay_due"]), (&json!("0.00"), &json!("1.00")));
}

/// Nobody told the institution what goes back, so that it gave nothing back: all of it is there again.
#[actix_web::test]
async fn a_settlement_that_is_reversed_leaves_all_that_was_prepaid() {
    let stay = Stay::new(Base::Sqlite, &[("YJ-1", "8500.00")]).await;
    let till = &stay.till;
    stay.discharge().await;
    let paid = stay.settle().await;
    let reversal = json!({ "data": { "psn_no": stay.psn_no, "omsgid": paid["medins_setl_id"], "oinfno": "2304" } });
    till.done("2601", reversal).await;
    assert_eq!(till.done("2303", stay.ask()).await["setlinfo"]["prepayinfo"]["prepay_sumamt"], "8500.00");
    till.done("2403", stay.more(&[("YJ-2", "-8500.00")])).await;
    assert!(stay.settle().await.get("prepayinfo").is_none(), "nothing is prepaid any more");
}

/// Of many who take money out at once, no more goes out than came in.
#[actix_web::test]
async fn of_many_who_take_it_out_one_gets_it() {
    let stay = Stay::new(Base::Postgres, &[("YJ-1", "100.00")]).await;
    let till = &stay.till;
    let messages: Vec<Value> =
        (0..8).map(|n| till.message("2403", stay.more(&[(&format!("OUT-{n}"), "-60.00")]))).collect();
    let answers = futures_util::future::join_all(messages.iter().map(|message| till.send(message))).await;
    let done = answers.iter().filter(|answer| answer.json()["infcode"] == 0).count();
    assert_eq!(done, 1);
}
