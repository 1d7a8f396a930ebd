//! 医保移动支付: paid once by whoever showed their code, asked about, called off and given back.

use serde_json::{Value, json};

use super::till::{Till, told};
use crate::bank::Base;

pub const PATIENT: &str = "worker1";

pub struct Phone {
    pub till: Till,
}

impl Phone {
    pub async fn new(base: Base) -> Phone {
        Phone { till: Till::open(base).await }
    }

    /// A code that somebody shows, as this counter reads it.
    pub async fn shown(&self, who: &str) -> Value {
        let made = self.till.bank.post(who, "wallet/codes", "", json!({})).await.json();
        let ask = json!({ "data": { "ecQrCode": made["code"], "businessType": "01301", "outBizNo": "1" } });
        self.till.done("1162", ask).await["ecToken"].clone()
    }

    fn fees(&self, token: &Value, own: &str, scope: &str, whole: &str) -> Value {
        json!({ "data": {
            "orgCodg": self.till.code, "ecToken": token, "insutype": "310", "medType": "11",
            "begntime": self.till.written(), "medOrgOrd": "ORD-1", "medfeeSumamt": whole,
            "feedetailList": [{
                "feedetlSn": "1", "medListCodg": "001101000010000-110100001", "medinsListCodg": "GHF",
                "detItemFeeSumamt": whole, "cnt": "1", "pric": whole, "fulamtOwnpayAmt": own, "overlmtAmt": "0.00",
                "preselfpayAmt": "0.00", "inscpScpAmt": scope,
            }],
        } })
    }

    pub async fn uploaded(&self, token: &Value) -> Value {
        self.till.done("6201", self.fees(token, "8.00", "112.00", "120.00")).await
    }

    pub fn pay(&self, token: &Value, order: &Value, use_accounts: &str) -> Value {
        json!({ "data": {
            "ecToken": token, "payOrdId": order["payOrdId"], "payToken": order["payToken"], "orgCodg": self.till.code,
            "orgBizSer": "BIZ-1", "acctUsedFlag": use_accounts,
        } })
    }

    pub fn query(&self, order: &Value) -> Value {
        json!({ "data": { "payOrdId": order["payOrdId"], "orgCodg": self.till.code } })
    }

    pub async fn state(&self, order: &Value) -> Value {
        self.till.done("6301", self.query(order)).await["ordStas"].clone()
    }

    pub fn refund(&self, token: &Value, paid: &Value, sn: &str) -> Value {
        json!({ "data": {
            "payOrdId": paid["payOrdId"], "orgCodg": self.till.code, "appRefdSn": sn,
            "appRefdTime": self.till.written(), "totlRefdAmt": paid["feeSumamt"], "psnAcctRefdAmt": paid["psnAcctPay"],
            "fundRefdAmt": paid["fundPay"], "cashRefdAmt": paid["ownPayAmt"], "ecToken": token, "refdType": "ALL",
        } })
    }

    pub async fn money(&self) -> i64 {
        let accounts = self.till.bank.get(PATIENT, "wallet/accounts").await.json();
        accounts["accounts"].as_array().unwrap().iter().map(|a| a["posted_fen"].as_i64().unwrap()).sum()
    }
}

pub fn fen(told: &Value, field: &str) -> i64 {
    told[field].as_str().unwrap_or_else(|| panic!("{field}: {told}")).replace('.', "").parse().unwrap()
}

async fn an_order_is_paid_once_asked_about_and_given_back(base: Base) {
    let phone = Phone::new(base).await;
    let till = &phone.till;
    let before = phone.money().await;
    let token = phone.shown(PATIENT).await;
    let order = phone.uploaded(&token).await;
    assert_eq!(phone.state(&order).await, "1");
    let mut forged = phone.pay(&token, &order, "1");
    forged["data"]["payToken"] = "0".repeat(64).into();
    assert_eq!(till.refused("6202", forged).await, ("AX5010".into(), "input.data.payToken".into()));
    let stranger = phone.shown("resident1").await;
    assert_eq!(till.refused("6202", phone.pay(&stranger, &order, "1")).await.0, "AX5010", "somebody else's code");

    let pay = till.message("6202", phone.pay(&token, &order, "1"));
    let first = till.send(&pay).await;
    let paid = first.json()["output"].clone();
    let parts = ["ownPayAmt", "psnAcctPay", "fundPay", "hospPartAmt"].map(|field| fen(&paid, field));
    assert_eq!((parts.iter().sum::<i64>(), &paid["ordStas"]), (12_000, &json!("6")), "{}", first.json());
    assert_eq!(phone.money().await, before - fen(&paid, "psnAcctPay"));
    assert_eq!(till.send(&pay).await.body, first.body);
    assert_eq!(till.refused("6202", phone.pay(&token, &order, "1")).await.0, "AX5014", "paid once");
    assert_eq!(phone.state(&order).await, "6");

    let mut ask = phone.refund(&token, &paid, "R-1");
    ask["data"]["refdType"] = "PART".into();
    assert_eq!(till.refused("6203", ask).await, ("AX5002".into(), "input.data.refdType".into()));
    let mut parts = phone.refund(&token, &paid, "R-1");
    parts["data"]["fundRefdAmt"] = "0.00".into();
    assert_eq!(till.refused("6203", parts).await, ("AX5015".into(), "input.data.fundRefdAmt".into()));
    let done = till.done("6203", phone.refund(&token, &paid, "R-1")).await;
    assert_eq!(done["refStatus"], "SUCC");
    till.done("6203", phone.refund(&token, &paid, "R-1")).await;
    assert_eq!(till.refused("6203", phone.refund(&token, &paid, "R-2")).await.0, "AX5018", "given back once");
    assert_eq!((phone.money().await, phone.state(&order).await), (before, json!("8")));
}

#[actix_web::test]
async fn an_order_is_paid_once_asked_about_and_given_back_on_sqlite() {
    an_order_is_paid_once_asked_about_and_given_back(Base::Sqlite).await;
}

#[actix_web::test]
async fn an_order_is_paid_once_asked_about_and_given_back_on_postgres() {
    an_order_is_paid_once_asked_about_and_given_back(Base::Postgres).await;
}

#[actix_web::test]
async fn an_order_is_called_off_before_it_is_paid_or_when_its_cash_was_not_taken() {
    let phone = Phone::new(Base::Sqlite).await;
    let till = &phone.till;
    let before = phone.money().await;
    let token = phone.shown(PATIENT).await;
    let order = phone.uploaded(&token).await;
    let off = |order: &Value, word: &Value| json!({ "data": { "payOrdId": order["payOrdId"], "orgCodg": till.code, "revsToken": word, "expContent": "" } });
    assert_eq!(till.done("6401", off(&order, &json!(""))).await["ordStas"], "7");
    assert_eq!(till.refused("6202", phone.pay(&token, &order, "1")).await.0, "AX5011", "called off");

    let order = phone.uploaded(&token).await;
    let paid = till.done("6202", phone.pay(&token, &order, "0")).await;
    assert!(fen(&paid, "ownPayAmt") > 0, "{paid}");
    assert_eq!(till.refused("6401", off(&order, &json!("0"))).await.1, "input.data.revsToken");
    assert_eq!(till.done("6401", off(&order, &paid["revsToken"])).await["ordStas"], "7");
    assert_eq!(phone.money().await, before);

    let order = phone.uploaded(&token).await;
    let paid = till.done("6202", phone.pay(&token, &order, "1")).await;
    assert!(paid.get("revsToken").is_none(), "nothing is left to take: {paid}");
    assert_eq!(till.refused("6401", off(&order, &json!("0"))).await.0, "AX5011");
}

/// 2601 that comes before its 6202 stops it.
#[actix_web::test]
async fn a_reversal_that_overtakes_an_order_stops_it() {
    let phone = Phone::new(Base::Sqlite).await;
    let till = &phone.till;
    let psn_no = till.identify(PATIENT).await;
    let token = phone.shown(PATIENT).await;
    let order = phone.uploaded(&token).await;
    let pay = till.message("6202", phone.pay(&token, &order, "1"));
    let reversal = json!({ "data": { "psn_no": psn_no, "omsgid": pay["msgid"], "oinfno": "6202" } });
    till.done("2601", reversal).await;
    assert_eq!(told(&till.send(&pay).await.json()).0, "AX5017");
    assert_eq!(phone.state(&order).await, "1");
}

#[actix_web::test]
async fn a_bill_that_does_not_add_up_is_not_taken() {
    let phone = Phone::new(Base::Sqlite).await;
    let till = &phone.till;
    let token = phone.shown(PATIENT).await;
    assert_eq!(till.refused("6201", phone.fees(&token, "8.00", "111.00", "120.00")).await.0, "AX5012");
    let mut whole = phone.fees(&token, "8.00", "112.00", "120.00");
    whole["data"]["medfeeSumamt"] = "120.01".into();
    assert_eq!(till.refused("6201", whole).await, ("AX5015".into(), "input.data.medfeeSumamt".into()));
    let mut nobody = phone.fees(&token, "8.00", "112.00", "120.00");
    nobody["data"]["ecToken"] = "0".into();
    assert_eq!(till.refused("6201", nobody).await.0, "AX9035");
    let other = json!({ "data": { "payOrdId": "00000000000000000000", "orgCodg": till.code } });
    assert_eq!(till.refused("6301", other).await.0, "AX5010");
}
