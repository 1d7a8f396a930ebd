//! Settling as presettled, taking it back, and outcomes that nobody learned (SECURITY A3, B1, B5).

use serde_json::{Value, json};

use super::till::{Till, line, told};
use crate::bank::Base;

/// Insured in another area of the province, so that the rules of that area split the bill.
const PATIENT: &str = "worker1";

/// An outpatient with a bill that is not settled.
pub struct Counter {
    pub till: Till,
    pub psn_no: String,
    pub mdtrt_id: String,
}

impl Counter {
    pub async fn new(base: Base) -> Counter {
        let till = Till::open(base).await;
        let psn_no = till.identify(PATIENT).await;
        let mdtrt_id = till.register(&psn_no).await;
        let counter = Counter { till, psn_no, mdtrt_id };
        counter.consult().await;
        counter.charge(&["1", "2"], "120.00").await;
        counter
    }

    async fn consult(&self) {
        let consultation = json!({
            "mdtrtinfo": {
                "mdtrt_id": self.mdtrt_id, "psn_no": self.psn_no, "med_type": "11", "begntime": self.till.written(),
            },
            "diseinfo": [{ "diag_type": "1", "diag_srt_no": "1", "diag_code": "J06.900", "diag_name": "感冒" }],
        });
        self.till.done("2203", consultation).await;
    }

    pub async fn charge(&self, numbers: &[&str], yuan: &str) {
        let lines: Vec<Value> = numbers.iter().map(|sn| line(sn, &self.mdtrt_id, &self.psn_no, yuan)).collect();
        self.till.done("2204", json!({ "feedetail": lines })).await;
    }

    pub fn ask(&self, yuan: &str) -> Value {
        json!({ "data": {
            "psn_no": self.psn_no, "med_type": "11", "medfee_sumamt": yuan, "mdtrt_id": self.mdtrt_id,
            "acct_used_flag": "1", "insutype": "310",
        } })
    }

    /// Presettles and settles all that is open.
    pub async fn pay(&self, yuan: &str) -> Value {
        self.till.done("2206", self.ask(yuan)).await;
        self.till.done("2207", self.ask(yuan)).await["setlinfo"].clone()
    }

    pub fn back(&self, setl_id: &Value) -> Value {
        json!({ "data": { "psn_no": self.psn_no, "mdtrt_id": self.mdtrt_id, "setl_id": setl_id } })
    }

    pub fn reversal(&self, omsgid: &Value) -> Value {
        json!({ "data": { "psn_no": self.psn_no, "omsgid": omsgid, "oinfno": "2207" } })
    }

    /// What is in the patient's own account and wallet.
    pub async fn money(&self) -> i64 {
        let accounts = self.till.bank.get(PATIENT, "wallet/accounts").await.json();
        accounts["accounts"].as_array().unwrap().iter().map(|a| a["posted_fen"].as_i64().unwrap()).sum()
    }
}

fn fen(info: &Value, field: &str) -> i64 {
    let text = info[field].as_str().unwrap_or_else(|| panic!("{field}: {info}"));
    let (yuan, rest) = text.split_once('.').unwrap();
    yuan.parse::<i64>().unwrap() * 100 + rest.parse::<i64>().unwrap()
}

fn adds_up(info: &Value) {
    let of = |fields: &[&str]| fields.iter().map(|field| fen(info, field)).sum::<i64>();
    let total = fen(info, "medfee_sumamt");
    assert_eq!(total, of(&["fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"]));
    assert_eq!(total, of(&["fund_pay_sumamt", "acct_pay", "psn_cash_pay", "hosp_part_amt"]));
    let funds = ["hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay"];
    assert_eq!(fen(info, "fund_pay_sumamt"), of(&funds));
    assert!(fen(info, "acct_mulaid_pay") <= fen(info, "acct_pay"));
}

async fn a_bill_is_settled_once_and_taken_back(base: Base) {
    let counter = Counter::new(base).await;
    let Counter { till, .. } = &counter;
    let before = counter.money().await;
    let told = till.done("2206", counter.ask("240.00")).await["setlinfo"].clone();
    assert_eq!(counter.money().await, before, "nothing is drawn by asking");
    assert_eq!((&told["setl_id"], &told["medins_setl_id"]), (&json!(null), &json!(null)));
    adds_up(&told);
    let settle = till.message("2207", counter.ask("240.00"));
    let first = till.send(&settle).await;
    let paid = first.json()["output"]["setlinfo"].clone();
    adds_up(&paid);
    assert_eq!(paid["medins_setl_id"], settle["msgid"]);
    for field in ["fund_pay_sumamt", "acct_pay", "psn_cash_pay", "balc"] {
        assert_eq!(paid[field], told[field], "{field}");
    }
    assert_eq!(counter.money().await, before - fen(&paid, "acct_pay"));
    till.later(1);
    assert_eq!(till.send(&settle).await.body, first.body);
    assert_eq!(till.refused("2207", counter.ask("240.00")).await.0, "AX5014", "all lines are settled");
    let cancel = json!({ "data": { "feedetl_sn": "0000", "mdtrt_id": counter.mdtrt_id, "psn_no": counter.psn_no } });
    assert_eq!(till.done("2205", cancel).await["count"], 0, "a line that is settled stays");

    let back = till.message("2208", counter.back(&paid["setl_id"]));
    let given = till.send(&back).await;
    assert_eq!(given.json()["output"]["medfee_sumamt"], "-240.00", "{}", given.json());
    assert_eq!(till.send(&back).await.body, given.body);
    assert_eq!(counter.money().await, before);
    assert_eq!(till.refused("2208", counter.back(&paid["setl_id"])).await.0, "AX5018");
    let again = counter.pay("240.00").await;
    assert_ne!(again["setl_id"], paid["setl_id"]);
    assert_eq!(counter.money().await, before - fen(&again, "acct_pay"));
}

#[actix_web::test]
async fn a_bill_is_settled_once_and_taken_back_on_sqlite() {
    a_bill_is_settled_once_and_taken_back(Base::Sqlite).await;
}

#[actix_web::test]
async fn a_bill_is_settled_once_and_taken_back_on_postgres() {
    a_bill_is_settled_once_and_taken_back(Base::Postgres).await;
}

#[actix_web::test]
async fn what_was_not_foretold_is_not_settled() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let before = counter.money().await;
    assert_eq!(till.refused("2207", counter.ask("240.00")).await.0, "AX5022", "no 2206");
    assert_eq!(till.refused("2206", counter.ask("240.01")).await, ("AX5015".into(), "input.data.medfee_sumamt".into()));
    let mut parts = counter.ask("240.00");
    parts["data"]["inscp_scp_amt"] = "239.00".into();
    assert_eq!(till.refused("2206", parts).await, ("AX5015".into(), "input.data.inscp_scp_amt".into()));
    till.done("2206", counter.ask("240.00")).await;
    let mut without = counter.ask("240.00");
    without["data"]["acct_used_flag"] = "0".into();
    assert_eq!(till.refused("2207", without).await, ("AX5022".into(), "input.data.acct_used_flag".into()));
    counter.charge(&["3"], "1.00").await;
    assert_eq!(till.refused("2207", counter.ask("240.00")).await.0, "AX5015", "a line came after it");
    assert_eq!(till.refused("2207", counter.ask("241.00")).await.0, "AX9031", "it told another bill");
    assert_eq!(counter.money().await, before);
    // A refusal leaves the lines to be settled.
    counter.pay("241.00").await;
}

/// Whoever was told that a settlement failed sends another. The first one may come again by the network alone.
#[actix_web::test]
async fn a_settlement_that_was_refused_stays_refused() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let before = counter.money().await;
    let early = till.message("2207", counter.ask("240.00"));
    let refused = till.send(&early).await;
    assert_eq!(told(&refused.json()).0, "AX5022");
    till.done("2206", counter.ask("240.00")).await;
    assert_eq!(till.send(&early).await.body, refused.body);
    assert_eq!(counter.money().await, before, "nothing was drawn");
}

/// The institution cannot tell a settlement that did not arrive from one whose answer was lost: 2601 ends both.
#[actix_web::test]
async fn a_settlement_of_unknown_outcome_is_taken_back() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let before = counter.money().await;
    till.done("2206", counter.ask("240.00")).await;
    let settle = till.message("2207", counter.ask("240.00"));
    assert_eq!(till.send(&settle).await.json()["infcode"], 0);
    assert_ne!(counter.money().await, before);
    let stranger = till.identify("resident1").await;
    let mut others = counter.reversal(&settle["msgid"]);
    others["data"]["psn_no"] = stranger.into();
    assert_eq!(till.refused("2601", others).await.0, "AX5016");
    till.done("2601", counter.reversal(&settle["msgid"])).await;
    assert_eq!(counter.money().await, before);
    assert_eq!(till.refused("2601", counter.reversal(&settle["msgid"])).await.0, "AX5018");
    let paid = counter.pay("240.00").await;
    assert_eq!(till.refused("2208", counter.back(&json!("0"))).await.0, "AX5016");
    till.done("2208", counter.back(&paid["setl_id"])).await;
    let gone = counter.reversal(&paid["medins_setl_id"]);
    assert_eq!(till.refused("2601", gone).await.0, "AX5018", "2208 took it back before");
    assert_eq!(counter.money().await, before);
}

#[actix_web::test]
async fn a_reversal_that_overtakes_its_settlement_stops_it() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let before = counter.money().await;
    till.done("2206", counter.ask("240.00")).await;
    let settle = till.message("2207", counter.ask("240.00"));
    till.done("2601", counter.reversal(&settle["msgid"])).await;
    assert_eq!(told(&till.send(&settle).await.json()).0, "AX5017");
    assert_eq!(counter.money().await, before);
    for (omsgid, oinfno, field) in
        [("1", "2207", "input.data.omsgid"), (settle["msgid"].as_str().unwrap(), "2204", "input.data.oinfno")]
    {
        let mut bad = counter.reversal(&omsgid.into());
        bad["data"]["oinfno"] = oinfno.into();
        assert_eq!(till.refused("2601", bad).await, ("AX5002".into(), field.into()));
    }
    counter.pay("240.00").await;
}

/// Of many messages for one bill one settles it.
#[actix_web::test]
async fn a_bill_that_many_settle_is_settled_once() {
    let counter = Counter::new(Base::Postgres).await;
    let till = &counter.till;
    let before = counter.money().await;
    till.done("2206", counter.ask("240.00")).await;
    let messages: Vec<Value> = (0..8).map(|_| till.message("2207", counter.ask("240.00"))).collect();
    let answers = futures_util::future::join_all(messages.iter().map(|message| till.send(message))).await;
    let done = answers.iter().filter(|a| a.status == 200 && a.json()["infcode"] == 0).collect::<Vec<_>>();
    assert_eq!(done.len(), 1);
    let paid = fen(&done[0].json()["output"]["setlinfo"], "acct_pay");
    assert_eq!(counter.money().await, before - paid);
}

#[actix_web::test]
async fn a_suspended_institution_begins_nothing_and_ends_what_it_began() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let paid = counter.pay("240.00").await;
    let file = till.bank.folder.path().join("books.db");
    let url = format!("sqlite:{}", file.display());
    let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url).await.unwrap();
    let suspend = "UPDATE nhsa_institution SET suspended_from = 1";
    sqlx::Executor::execute(&mut connection, suspend).await.unwrap();
    for (infno, input) in [("2201", till.registration(&counter.psn_no)), ("2207", counter.ask("240.00"))] {
        assert_eq!(till.refused(infno, input).await.0, "AX5008", "{infno}");
    }
    till.done("2208", counter.back(&paid["setl_id"])).await;
}

/// The same by two operators of the area, from a day on.
#[actix_web::test]
async fn what_two_operators_suspend_begins_nothing_from_that_day_on() {
    let counter = Counter::new(Base::Sqlite).await;
    let till = &counter.till;
    let paid = counter.pay("240.00").await;
    let ask = json!({ "kind": "ended", "code": till.code, "from": "2026-11-03", "reason": "解除协议" });
    let asked = till.bank.post("area1", "pay/clearing/standings", "s", ask).await.json();
    let path = format!("pay/clearing/standings/{}/approval", asked["id"].as_str().unwrap());
    assert_eq!(till.bank.post("area2", &path, "k", Value::Null).await.status, 200);
    till.register(&counter.psn_no).await;
    till.later(24 * 60 - 1);
    till.sign_in().await;
    assert_eq!(till.refused("2201", till.registration(&counter.psn_no)).await.0, "AX5008");
    till.done("2208", counter.back(&paid["setl_id"])).await;
}
